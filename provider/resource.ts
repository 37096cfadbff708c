import type { ClientResource } from "./cloud/client";
import { knownType, type ClientArgs } from "./model/args";

/** What the server computes: never sent back, so that a masked secret cannot become the secret. */
const COMPUTED = ["apiKey", "apiSecret", "ownerId"];

/** What of a client's object may be sent back. */
export const writable = (current: ClientResource): ClientResource =>
  Object.fromEntries(Object.entries(current).filter(([key]) => !COMPUTED.includes(key)));

/** The body that makes a client what is declared, over what it is now: fields we do not manage stay. */
export function resourceOf(
  args: ClientArgs,
  roles: readonly string[] | undefined,
  current: ClientResource = {},
): ClientResource {
  return {
    ...writable(current),
    name: args.name,
    // A type that is not known is the server's own word for something, and stays.
    clientType:
      knownType(current["clientType"] ?? args.type) === undefined ? current["clientType"] : args.type,
    isActive: args.active,
    sharedMode: modeOf(args),
    allowedOrigins: args.allowedOrigins ?? [],
    allowedIpAddresses: args.allowedIpAddresses ?? [],
    ...(roles === undefined ? {} : { grantedRoles: roles }),
  };
}

/** Which of the two whitelists is in force: derived, because a client has one kind at a time. */
function modeOf(args: ClientArgs): "Origin" | "IpAddress" {
  return args.type === "NativeConfidential" || (args.allowedIpAddresses ?? []).length > 0
    ? "IpAddress"
    : "Origin";
}
