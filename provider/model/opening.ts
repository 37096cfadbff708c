import type { ClientPlan } from "./client";
import { WHITELISTS } from "./client-body";
import { UNKNOWN } from "./values";

/** What the warnings of this file need of a client. */
type Whitelisted = Pick<ClientPlan, "type" | "name" | "autoName" | "allowedOrigins" | "allowedIpAddresses">;

/**
 * What is dangerous in the whitelist of a client, if anything. Where the option ignoreChanges keeps a list, the engine has
 * put it into the inputs: they are what the account has, whatever the program leaves out.
 */
export const dangerOfWhitelist = (before: Whitelisted, wanted: Whitelisted): string | undefined =>
  openingOf(before, wanted) ??
  (wanted.type === "JavaScript" && restrictionOf(wanted) === undefined
    ? `client ${JSON.stringify(titleOf(wanted))} is not restricted: everybody who reads the page can use this key anywhere. Declare allowedOrigins, or allowedIpAddresses.`
    : undefined);

/**
 * The words for a client that kept strangers out until now, and is declared without a whitelist. Nothing is wrong with
 * that, but a list that a program leaves out by accident opens the key to the world.
 *
 * @param before the inputs that state has, in which a refresh puts what somebody changed by hand; or what the account has
 */
export function openingOf(before: Whitelisted, wanted: Whitelisted): string | undefined {
  const restriction = restrictionOf(before);
  if (restriction === undefined || restrictionOf(wanted) !== undefined) return undefined;
  const { property, count } = restriction;
  const what = property === "allowedOrigins" ? "origin" : "address";
  const entries = `${count} ${what}${count === 1 ? "" : what === "origin" ? "s" : "es"}`;
  const who =
    wanted.type === "NativeConfidential"
      ? "whoever has its id and secret can use it from everywhere"
      : "everybody can use its key, from every page and every address";
  return (
    `client ${JSON.stringify(titleOf(wanted))} is opened to the world: its ${property} (${entries}) are left out of the program, so ${who}. ` +
    `If that is not meant, declare ${property} again.`
  );
}

/** The list that keeps somebody out. One that is not known yet may. */
function restrictionOf(plan: Whitelisted): { readonly property: string; readonly count: number } | undefined {
  for (const property of WHITELISTS) {
    const list = plan[property];
    if (list === UNKNOWN) return { property, count: 0 };
    if (list !== undefined && !list.restrictsNobody) return { property, count: list.entries.length };
  }
  return undefined;
}

/** Rotating clients have no name of their own before they are made, but what it is made of. */
export const titleOf = ({ name, autoName }: Whitelisted): string =>
  [name, autoName].find((text) => text !== undefined && text !== UNKNOWN) ?? "";
