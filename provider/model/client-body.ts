import { ACCOUNT_PROPERTIES, PROPERTIES, type ClientArgs, type Existing, type PropertyName } from "./client";
import { omittedIn } from "./omitted";
import { knownType, roles } from "./wire";

/** A client as it is written: the fields of the API's ClientResource that we set, over what was there. */
export type ClientBody = Readonly<Record<string, unknown>>;

/** What the server computes: never sent back, so that a masked secret cannot become the secret. */
const COMPUTED = ["apiKey", "apiSecret", "ownerId"];

/** What of a client's object may be sent back. Roles are texts in requests, in whatever form they are answered. */
export const writable = (current: ClientBody): ClientBody =>
  Object.fromEntries(
    Object.entries(current)
      .filter(([key, value]) => !COMPUTED.includes(key) && value !== undefined)
      .map(([key, value]) => [key, key === "grantedRoles" ? (roles.safeParse(value).data ?? value) : value]),
  );

/** Both kinds of whitelist: a client has one at a time. */
export const WHITELISTS = ["allowedOrigins", "allowedIpAddresses"] as const;

export const isWhitelist = (name: PropertyName): boolean => WHITELISTS.some((list) => list === name);

/** The properties that a change of these writes: a client has one kind of whitelist, so both lists go together. */
export const withOtherList = (changed: readonly PropertyName[]): readonly PropertyName[] =>
  changed.some(isWhitelist) ? [...new Set([...changed, ...WHITELISTS])] : changed;

export function newBody(args: ClientArgs, roleIds: readonly string[] | undefined): ClientBody {
  const declared: Existing = args;
  const fields = ACCOUNT_PROPERTIES.map((name): [string, unknown] => {
    const property = PROPERTIES[name];
    const value = declared[name];
    return [property.field ?? name, property.sent === undefined ? value : property.sent(value, roleIds)];
  });
  const given = fields.filter(([, value]) => value !== undefined);
  return { ...Object.fromEntries(given), sharedMode: modeOf(args) };
}

/**
 * The body that writes these properties as they are declared, over what the client is now: everything else stays, fields
 * that we do not know too. What an answer leaves out is sent as declared, because an update may reset what it lacks.
 */
export function changedBody(
  args: ClientArgs,
  roleIds: readonly string[] | undefined,
  current: ClientBody,
  written: readonly PropertyName[],
): ClientBody {
  const declared = newBody(args, roleIds);
  const fields = written.flatMap((name): readonly string[] =>
    isWhitelist(name) ? ["sharedMode", name] : [PROPERTIES[name].field ?? name],
  );
  const overlay = Object.entries(declared).filter(([field]) => fields.includes(field));
  // A list that the program leaves out and nobody has seen may be there: saying that there is none would open the key.
  const omitted: readonly string[] = omittedIn(current, {
    clientType: knownType(current["clientType"]) ?? args.type,
    sharedMode: typeof current["sharedMode"] === "string" ? current["sharedMode"] : undefined,
  });
  const unseen = WHITELISTS.filter((list) => omitted.includes(list) && args[list] === undefined);
  const silent = unseen.length === 0 ? [] : ["sharedMode", ...unseen];
  const base = Object.entries(declared).filter(([field]) => !silent.includes(field));
  const now = writable(current);
  // A type that is not known is the server's own word for something, and stays.
  const type = knownType(now["clientType"] ?? args.type) === undefined ? now["clientType"] : args.type;
  return { ...Object.fromEntries(base), ...now, ...Object.fromEntries(overlay), clientType: type };
}

/** Which of the two whitelists is in effect: derived, because a client has one kind at a time. */
const modeOf = ({ type, allowedIpAddresses }: ClientArgs): "Origin" | "IpAddress" =>
  type === "NativeConfidential" || (allowedIpAddresses?.entries ?? []).length > 0 ? "IpAddress" : "Origin";
