import { isIP, isIPv4, type BlockList } from "node:net";
import { plainAddress } from "./plain-address.ts";

/** The address that a request comes from: the peer, or whom a trusted proxy names in X-Forwarded-For. */
export function callerAddress(
  peer: string | undefined,
  forwardedFor: string | undefined,
  trusted: BlockList,
): string {
  let caller = readAddress(peer ?? "") ?? "unknown";
  // From the right, because everybody can send the header: each entry is as good as the hop that added it.
  for (const hop of (forwardedFor ?? "").split(",").reverse()) {
    if (!isTrusted(caller, trusted)) break;
    const named = readAddress(hop);
    if (named === undefined) break;
    caller = named;
  }
  return isIP(caller) === 6 ? network64(caller) : caller;
}

function isTrusted(address: string, trusted: BlockList): boolean {
  return isIP(address) !== 0 && trusted.check(address, isIPv4(address) ? "ipv4" : "ipv6");
}

/** An address in its one form, without the port that some proxies add. */
function readAddress(text: string): string | undefined {
  const [, bracketed] = /^\[([^\]]+)\](?::\d+)?$/.exec(text.trim()) ?? [];
  const [address = ""] = (bracketed ?? text.trim().replace(/^([\d.]+):\d+$/, "$1")).split("%");
  return isIP(address) === 0 ? undefined : plainAddress(address);
}

/** One household has 2^64 addresses, so callers by IPv6 are counted by their network. */
function network64(address: string): string {
  const [left = [], right = []] = address
    .split("::")
    .map((part) => part.split(":").filter((group) => group !== ""));
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => "0");
  return `${[...left, ...zeros, ...right].slice(0, 4).join(":")}::/64`;
}
