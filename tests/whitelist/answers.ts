import { whitelistAllows, type Caller, type Whitelist } from "../../provider/whitelist/allows";

export const site = (...allowedOrigins: string[]): Whitelist => ({ type: "JavaScript", allowedOrigins });

export const server = (...allowedIpAddresses: string[]): Whitelist => ({
  type: "NativeConfidential",
  allowedIpAddresses,
});

/** Verdict, entry, and the kinds of near misses, on one line. */
export function short(whitelist: Whitelist, caller: Caller): string {
  const { verdict, entry = "-", nearMisses } = whitelistAllows(whitelist, caller);
  return [verdict, entry, ...nearMisses.map((miss) => `${miss.entry}:${miss.kind}`)].join(" ");
}
