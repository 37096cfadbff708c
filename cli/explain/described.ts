import { isIP } from "node:net";
import { UsageError } from "../verb";
import type { ExplainOptions } from "./options";
import type { Subject } from "./report";

/** A client as --type, --allow and --inactive describe it. */
export function described({ type = "JavaScript", allow, inactive }: ExplainOptions): Subject {
  const isAddress = (entry: string): boolean => type === "NativeConfidential" || looksLikeAddress(entry);
  const allowedIpAddresses = allow.filter(isAddress);
  const allowedOrigins = allow.filter((entry) => !isAddress(entry));
  const [address, origin] = [allowedIpAddresses[0], allowedOrigins[0]];
  if (address !== undefined && origin !== undefined)
    throw new UsageError(
      `ThinkGeo keeps one kind of whitelist a client, and ${JSON.stringify(address)} is an address where ${JSON.stringify(origin)} is an origin.`,
    );
  return {
    from: "options",
    id: null,
    name: null,
    stack: null,
    resource: null,
    type,
    active: !inactive,
    allowedOrigins,
    allowedIpAddresses,
    inForce: null,
  };
}

/** Numbers, dots and what may stand between: whatever is wrong with it, it was not meant to be a host. */
const looksLikeAddress = (entry: string): boolean =>
  (/^[\d.*/-]+$/.test(entry) && /\d/.test(entry)) || entry === "*.*.*.*" || isIP(entry) === 6;
