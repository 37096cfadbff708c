import type { Caller, Whitelist, WhitelistAnswer } from "../provider/whitelist/allows";

export type { Caller, Whitelist, WhitelistAnswer } from "../provider/whitelist/allows";

/**
 * Whether a client's key would work from somewhere, by what ThinkGeo documents of whitelists: for unit tests of
 * whitelists, before anything is deployed. It asks nobody. What cannot be read as an origin or an address throws.
 *
 * ```ts
 * const { verdict } = thinkgeo.whitelistAllows(
 *   { type: "JavaScript", allowedOrigins: ["*.acme.com"] },
 *   { origin: "https://app.acme.com" },
 * ); // "allowed"
 * ```
 */
export function whitelistAllows(whitelist: Whitelist, caller: Caller): WhitelistAnswer {
  // Programs that do not ask should not wait for what reads addresses.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const rules = require("../provider/whitelist/allows") as typeof import("../provider/whitelist/allows");
  return rules.whitelistAllows(whitelist, caller);
}
