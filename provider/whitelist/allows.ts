import { UserError } from "../troubleshooting";
import { readCallerAddress, readPage, type CallerAddress, type CallerText, type Page } from "./caller";
import { AddressList, OriginList } from "./lists";
import { matchAddress, type Match, type NearMiss, matchOrigin } from "./match";

/** What of a client decides who may use its key. */
export interface Whitelist {
  /** The client's type. */
  readonly type: "JavaScript" | "NativeConfidential";
  /** As {@link ClientArgs.allowedOrigins}. @default none */
  readonly allowedOrigins?: readonly string[] | undefined;
  /** As {@link ClientArgs.allowedIpAddresses}. @default none */
  readonly allowedIpAddresses?: readonly string[] | undefined;
  /** Whether the client is active: the key of an inactive one works nowhere. @default true */
  readonly active?: boolean | undefined;
  /**
   * Which of the lists is in effect (the API's `sharedMode`), where that is known.
   *
   * @default the one that is filled
   */
  readonly inForce?: "origins" | "addresses" | undefined;
}

/** Where a request comes from: a page (by what it sends as Origin, or as Referer only), an address, or both. */
export type Caller = CallerText &
  (
    | Required<Pick<CallerText, "origin">>
    | Required<Pick<CallerText, "referer">>
    | Required<Pick<CallerText, "address">>
  );

/** What an answer can be. */
export const VERDICTS = ["allowed", "refused", "not-documented"] as const;

/**
 * `not-documented`: ThinkGeo's pages do not say. Count on a refusal, and list what `nearMisses` name.
 *
 * @useDeclaredType
 */
export type Verdict = (typeof VERDICTS)[number];

/** Whether a key would work from somewhere, and why. */
export interface WhitelistAnswer {
  /** Whether it would work. */
  readonly verdict: Verdict;
  /** The entry that lets the caller in, or that may. */
  readonly entry?: string;
  /** Sentences for a person. */
  readonly reason: string;
  /** Why entries that look right do not match, or may not; none where the caller is allowed. */
  readonly nearMisses: readonly NearMiss[];
}

/**
 * Whether a client's key would work from somewhere, by what ThinkGeo documents of whitelists. Pure: nothing is asked
 * of anybody, so that whitelists can be tested before they are deployed. What cannot be read as an origin or an
 * address is an error.
 */
export function whitelistAllows(whitelist: Whitelist, caller: Caller): WhitelistAnswer {
  const page = readPage(caller);
  const address = readCallerAddress(caller.address);
  if (page === undefined && address === undefined)
    throw new UserError(
      "explain-client",
      "Say where the request comes from: an origin, a referer or an address.",
    );
  const answer = judge(whitelist, page, address);
  if (whitelist.active !== false) return answer;
  const would = answer.entry;
  return {
    verdict: "refused",
    reason: "The client is inactive, so its key does not work anywhere.",
    nearMisses:
      would === undefined
        ? answer.nearMisses
        : [
            ...answer.nearMisses,
            { entry: would, kind: "inactive", why: "It counts again once the client is active." },
          ],
  };
}

function judge(
  whitelist: Whitelist,
  page: Page | undefined,
  address: CallerAddress | undefined,
): WhitelistAnswer {
  const origins = filled(whitelist.allowedOrigins);
  const addresses = filled(whitelist.allowedIpAddresses);
  const byPage = page === undefined ? [] : origins.map((entry) => matchOrigin(entry, page));
  const byAddress = address === undefined ? [] : addresses.map((entry) => matchAddress(entry, address));
  if (isOfOrigins(whitelist, origins)) {
    if (addresses.length > 0 && whitelist.inForce === undefined)
      return {
        verdict: "not-documented",
        reason:
          "Both lists are filled, and a client has origins or IP addresses, not both: leave one of the two out.",
        nearMisses: [],
      };
    if (isOpenToPages(origins)) return unrestricted(whitelist, address, origins, isOpenToPages);
    if (page === undefined) return otherKind("origins", byAddress);
    if (page.host === undefined && byPage.every(({ covers }) => covers === "no"))
      return refused(
        "It comes from a page without an origin (null), which no entry can name: serve the page from a host.",
        byPage,
      );
    return answerOf("allowedOrigins", byPage, page.text);
  }
  if (isOpenToAddresses(addresses)) return unrestricted(whitelist, address, addresses, isOpenToAddresses);
  if (address === undefined) return otherKind("addresses", byPage);
  if (address.value !== undefined) return answerOf("allowedIpAddresses", byAddress, address.text);
  return {
    verdict: "not-documented",
    reason: `ThinkGeo documents IPv4 only, so count on a refusal of ${address.text}: let the caller leave by an IPv4 address, and list that.`,
    nearMisses: missesOf(byAddress),
  };
}

const isOpenToPages = (entries: readonly string[]): boolean => new OriginList(entries).restrictsNobody;
const isOpenToAddresses = (entries: readonly string[]): boolean => new AddressList(entries).restrictsNobody;

const filled = (list: readonly string[] = []): readonly string[] =>
  list.map((entry) => entry.trim()).filter((entry) => entry !== "");

function isOfOrigins({ type, inForce }: Whitelist, origins: readonly string[]): boolean {
  if (type === "NativeConfidential") return false;
  return inForce === undefined ? origins.length > 0 : inForce === "origins";
}

function answerOf(list: string, matches: readonly Match[], caller: string): WhitelistAnswer {
  const sure = matches.find(({ covers }) => covers === "yes");
  const note = isPrivate(caller)
    ? ` Mind that ${caller} is private: ThinkGeo sees the public address of its network.`
    : "";
  if (sure !== undefined)
    return {
      verdict: "allowed",
      entry: sure.entry,
      reason: `"${sure.entry}" in ${list} allows ${caller}.${note}`,
      nearMisses: [],
    };
  const doubtful = matches.filter(({ covers }) => covers === "maybe");
  const [first] = doubtful;
  if (first === undefined) {
    const none =
      matches.length === 1
        ? `The one entry of ${list} does not allow`
        : `None of the ${matches.length} entries of ${list} allows`;
    return refused(`${none} ${caller}.${note}`, matches);
  }
  return {
    verdict: "not-documented",
    entry: first.entry,
    reason: `Whether "${first.entry}" in ${list} allows ${caller} is not documented, so count on a refusal.${note}`,
    nearMisses: missesOf([...doubtful, ...matches.filter(({ covers }) => covers === "no")]),
  };
}

const refused = (reason: string, matches: readonly Match[]): WhitelistAnswer => ({
  verdict: "refused",
  reason,
  nearMisses: missesOf(matches),
});

const missesOf = (matches: readonly Match[]): NearMiss[] =>
  matches.flatMap(({ entry, misses }) => misses.map((miss) => ({ entry, ...miss })));

/** The list in effect is not of what was asked about. */
function otherKind(inForce: "origins" | "addresses", others: readonly Match[]): WhitelistAnswer {
  const reason =
    inForce === "origins"
      ? "The whitelist in effect is allowedOrigins: a caller is allowed by its Origin, whatever its address, and one that sends none is not. If it is a page, say its origin."
      : "The whitelist in effect is allowedIpAddresses: a caller is allowed by its address, whatever its page. Say the address of those who look at the page, too.";
  const why = `It matches, but it is not in effect: ${inForce} are.`;
  return {
    verdict: "refused",
    reason,
    nearMisses: others
      .filter(({ covers }) => covers !== "no")
      .map(({ entry }) => ({ entry, kind: "other-kind", why })),
  };
}

/** An account may write "everybody" as an entry: `*`, `*.*.*.*`, `0.0.0.0/0`. */
function unrestricted(
  { type }: Whitelist,
  address: CallerAddress | undefined,
  entries: readonly string[],
  opens: (entries: readonly string[]) => boolean,
): WhitelistAnswer {
  const entry = entries.find((one) => opens([one]));
  const together =
    entries.length === 0 ? "No whitelist is in effect" : "The entries together stand for everybody";
  const why = entry === undefined ? together : `"${entry}" stands for everybody`;
  if (type === "JavaScript" || address !== undefined)
    return {
      verdict: "allowed",
      ...(entry === undefined ? {} : { entry }),
      reason: `${why}, so everybody who has the ${type === "JavaScript" ? "key" : "id and the secret"} is allowed, from everywhere.`,
      nearMisses: [],
    };
  return {
    verdict: "not-documented",
    reason: `${why}, but a NativeConfidential key needs its secret, which a page would show to everybody: use a JavaScript client for pages.`,
    nearMisses: [],
  };
}

const isPrivate = (caller: string): boolean =>
  /^(?:10|127|192\.168|169\.254|172\.(?:1[6-9]|2\d|3[01]))\./.test(caller);
