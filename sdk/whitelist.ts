import * as pulumi from "@pulumi/pulumi";
import type { Caller, Whitelist, WhitelistAnswer } from "../provider/whitelist/allows";
import { whitelistWarnings } from "../provider/whitelist/warnings";
import type { ClientArgs } from "./args";

/** Warns about whitelists that are right and probably not meant, as soon as their values are known. */
export function warnAboutWhitelist(resource: pulumi.Resource, args: ClientArgs): void {
  const origins = pulumi.output(args.allowedOrigins ?? []);
  origins.apply(async (given) => {
    // What is no list of texts is for the provider to refuse.
    const hosts = Array.isArray(given) ? given.filter((host: unknown) => typeof host === "string") : [];
    const isSecret = await pulumi.isSecret(origins);
    for (const warning of whitelistWarnings(hosts, isSecret)) void pulumi.log.warn(warning, resource);
  });
}

export type { Caller, Verdict, Whitelist, WhitelistAnswer } from "../provider/whitelist/allows";
export type { CallerText } from "../provider/whitelist/caller";
export type { NearMiss, NearMissKind } from "../provider/whitelist/match";

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
