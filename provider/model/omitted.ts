import { hasEntries } from "./values";

/**
 * Fields of the API that an answer about a client may omit. What is omitted is not known, and not empty: the client may have
 * a whitelist all the same, and its name may be the one that is looked for.
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

export const isPresent = (raw: Raw, field: Field): boolean => raw[field] !== undefined && raw[field] !== null;

/** The fields that an answer omits and that count: of the whitelists, only the one that is in effect does. */
export function omittedIn(
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
  return FIELDS.filter((field) => !isPresent(raw, field) && counts(field));
}
