import { hasEntries } from "./values";

/**
 * What an answer about a client may leave out, and nobody may take for empty: a list that is left out restricts for all
 * we know, and a name that is left out may be the one that is looked for. Names of the API's fields.
 */
const FIELDS = [
  "name",
  "clientType",
  "sharedMode",
  "isActive",
  "allowedOrigins",
  "allowedIpAddresses",
  "grantedRoles",
  "apiKey",
] as const;
export type Field = (typeof FIELDS)[number];

/** Lists that a service which leaves out null members may leave out where they are empty. */
export const LISTS: readonly Field[] = ["allowedOrigins", "allowedIpAddresses", "grantedRoles"];

type Raw = Readonly<Record<string, unknown>>;

export const isSaid = (raw: Raw, field: Field): boolean => raw[field] !== undefined && raw[field] !== null;

/** The fields that an answer leaves out and that count: of the whitelists, the one that is in effect. */
export function unsaidIn(
  raw: Raw,
  {
    clientType,
    sharedMode,
  }: { readonly clientType: string | undefined; readonly sharedMode: string | undefined },
): readonly Field[] {
  const mode = sharedMode ?? (clientType === "NativeConfidential" ? "IpAddress" : undefined);
  const counts = (field: Field): boolean => {
    if (field === "allowedOrigins") return mode !== "IpAddress";
    if (field === "allowedIpAddresses") return mode !== "Origin";
    // It tells which of two lists is in effect, and what is one list needs no telling.
    if (field === "sharedMode")
      return mode === undefined && hasEntries(raw["allowedOrigins"]) && hasEntries(raw["allowedIpAddresses"]);
    return true;
  };
  return FIELDS.filter((field) => !isSaid(raw, field) && counts(field));
}
