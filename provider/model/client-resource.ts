import { knownType, type ClientArgs } from "./args";
import { addressKey, distinct, originKey } from "../whitelist";

/** A client as it is written: the fields of the API's ClientResource that we set, over what was there. */
export type ClientResource = Readonly<Record<string, unknown>>;

/** What the server computes: never sent back, so that a masked secret cannot become the secret. */
const COMPUTED = ["apiKey", "apiSecret", "ownerId"];

/** What of a client's object may be sent back. */
export const writable = (current: ClientResource): ClientResource =>
  Object.fromEntries(
    Object.entries(current).filter(([key, value]) => !COMPUTED.includes(key) && value !== undefined),
  );

const WHITELISTS = ["allowedOrigins", "allowedIpAddresses"];

/** The properties that a change of these writes: a client has one kind of whitelist, so both lists go together. */
export const withOtherList = (changed: readonly string[]): readonly string[] =>
  changed.some((key) => WHITELISTS.includes(key)) ? [...new Set([...changed, ...WHITELISTS])] : changed;

/** The body of a new client. Of entries that mean the same the first is sent: a service may refuse repetitions. */
export const resourceOf = (args: ClientArgs, roles: readonly string[] | undefined): ClientResource => ({
  name: args.name,
  clientType: args.type,
  isActive: args.active,
  sharedMode: modeOf(args),
  allowedOrigins: distinct(args.allowedOrigins ?? [], (entry) => originKey([entry])),
  allowedIpAddresses: distinct(args.allowedIpAddresses ?? [], (entry) => addressKey([entry])),
  ...(roles === undefined ? {} : { grantedRoles: roles }),
});

const FIELDS: Readonly<Record<string, readonly string[]>> = {
  name: ["name"],
  active: ["isActive"],
  allowedOrigins: ["sharedMode", "allowedOrigins"],
  allowedIpAddresses: ["sharedMode", "allowedIpAddresses"],
  grantedRoles: ["grantedRoles"],
};

/**
 * The body that changes these properties to what is declared, over what the client is now: everything else stays, fields
 * that we do not know too. What an answer leaves out is sent as declared, because an update may reset what it lacks.
 */
export function changedResource(
  args: ClientArgs,
  roles: readonly string[] | undefined,
  current: ClientResource,
  changed: readonly string[],
): ClientResource {
  const declared = resourceOf(args, roles);
  const fields = withOtherList(changed).flatMap((key) => FIELDS[key] ?? []);
  const overlay = Object.entries(declared).filter(([field]) => fields.includes(field));
  const now = writable(current);
  // A type that is not known is the server's own word for something, and stays.
  const type = knownType(now["clientType"] ?? args.type) === undefined ? now["clientType"] : args.type;
  return { ...declared, ...now, ...Object.fromEntries(overlay), clientType: type };
}

/** Which of the two whitelists is in force: derived, because a client has one kind at a time. */
function modeOf(args: ClientArgs): "Origin" | "IpAddress" {
  return args.type === "NativeConfidential" || (args.allowedIpAddresses ?? []).length > 0
    ? "IpAddress"
    : "Origin";
}
