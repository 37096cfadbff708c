import { sameAddresses, sameOrigins } from "../whitelist";
import { hasUnknown, UNKNOWN } from "./unknown";

type Inputs = Readonly<Record<string, unknown>>;

/**
 * What is dangerous in the whitelist of a client, if anything. Where the option ignoreChanges keeps a list, the engine has
 * put it into the inputs: they are what the account has, whatever the program leaves out.
 */
export const dangerOfWhitelist = (olds: Inputs, news: Inputs): string | undefined =>
  openingOf(olds, news) ??
  (news["type"] === "JavaScript" && restrictionOf(news) === undefined
    ? `client ${JSON.stringify(titleOf(news))} is not restricted: everybody who reads the page can use this key anywhere. Declare allowedOrigins, or allowedIpAddresses.`
    : undefined);

/**
 * The words for a client that kept strangers out until now, and is declared without a whitelist. Nothing is wrong with
 * that, but a list that a program leaves out by accident opens the key to the world.
 *
 * @param olds the inputs that state has, in which a refresh puts what somebody changed by hand
 */
export function openingOf(olds: Inputs, news: Inputs): string | undefined {
  const before = restrictionOf(olds);
  if (before === undefined || restrictionOf(news) !== undefined) return undefined;
  const [property, list] = before;
  const what = property === "allowedOrigins" ? "origin" : "address";
  const entries = `${list.length} ${what}${list.length === 1 ? "" : what === "origin" ? "s" : "es"}`;
  const who =
    news["type"] === "NativeConfidential"
      ? "whoever has its id and secret can use it from everywhere"
      : "everybody can use its key, from every page and every address";
  return (
    `client ${JSON.stringify(titleOf(news))} is opened to the world: its ${property} (${entries}) are left out of the program, so ${who}. ` +
    `If that is not meant, declare ${property} again.`
  );
}

const LISTS = [
  ["allowedOrigins", sameOrigins],
  ["allowedIpAddresses", sameAddresses],
] as const;

/** The list that keeps somebody out. One that is not known yet may. */
function restrictionOf(inputs: Inputs): [property: string, list: readonly unknown[]] | undefined {
  for (const [property, same] of LISTS) {
    const value = inputs[property];
    if (hasUnknown(value)) return [property, []];
    const list: readonly unknown[] = Array.isArray(value) ? value : [];
    const entries = list.filter((entry) => typeof entry === "string");
    if (!same(entries, [])) return [property, list];
  }
  return undefined;
}

/** Rotating clients have no name of their own before they are made, but what it is made of. */
const titleOf = ({ name, autoName }: Inputs): string =>
  [name, autoName].map(String).find((text) => text !== UNKNOWN && text !== "undefined") ?? "";
