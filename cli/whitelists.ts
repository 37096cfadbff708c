import type { RemoteClient } from "../provider/model/wire";
import {
  AddressList,
  isUnrestricted,
  OriginList,
  parseAddress,
  rangeText,
  sizeOf,
  type AddressRange,
  type Whitelists,
} from "../provider/whitelist";
import { compareText } from "./text";

/** How the API was seen to write that addresses are not restricted. */
export const ANY_ADDRESS = "*.*.*.*";

/** Which list the account says is in force; null if it does not say. */
export function listInForce({
  sharedMode,
}: Pick<RemoteClient, "sharedMode">): "origins" | "addresses" | null {
  if (sharedMode === "Origin") return "origins";
  return sharedMode === "IpAddress" ? "addresses" : null;
}

/** A set of callers. */
interface Access {
  /** Every caller, or every caller but the entries. */
  readonly everything: boolean;
  readonly entries: string[];
  /** How many IPv4 addresses the entries have. */
  readonly addresses: number;
}

const NOBODY: Access = { everything: false, entries: [], addresses: 0 };
const EVERYBODY: Access = { everything: true, entries: [], addresses: 0 };

/** Which callers one whitelist allows that the other does not, and the other way round. */
export function accessChange(
  property: keyof Whitelists,
  declared: Whitelists,
  actual: Whitelists,
): { readonly opens: Access; readonly closes: Access } {
  if (isUnrestricted(actual)) return { opens: EVERYBODY, closes: NOBODY };
  const [before, now] = [declared[property], actual[property]];
  if (isUnrestricted(declared)) {
    const closes = now.restrictsNobody ? NOBODY : { ...allowedOnlyBy(now), everything: true };
    return { opens: NOBODY, closes };
  }
  return { opens: allowedOnlyBy(now, before), closes: allowedOnlyBy(before, now) };
}

type List = OriginList | AddressList;

/** The callers that one list allows and the other does not. A list that restricts nobody has no part in it. */
function allowedOnlyBy(list: List, other?: List): Access {
  if (list.restrictsNobody) return NOBODY;
  const taken = other?.restrictsNobody === false ? other : undefined;
  if (list instanceof OriginList)
    return accessOf(taken instanceof OriginList ? list.without(taken) : list.hosts, []);
  const { ranges, unread } = taken instanceof AddressList ? list.without(taken) : list;
  return accessOf(unread, ranges);
}

const accessOf = (texts: readonly string[], ranges: readonly AddressRange[]): Access => ({
  everything: false,
  entries: [...ranges.map(rangeText), ...texts],
  addresses: ranges.reduce((sum, range) => sum + sizeOf(range), 0),
});

/** The addresses to declare for those that an account has, sorted; undefined if they restrict nothing. */
export function declareAddresses(live = new AddressList()): readonly string[] | undefined {
  if (live.restrictsNobody) return undefined;
  const entries = new AddressList(inOrder(live.entries.map((entry) => acceptedAddress(entry.trim()))));
  return entries
    .distinct()
    .toSorted((left, right) => firstAddress(left) - firstAddress(right) || compareText(left, right));
}

/** The origins to declare for those that an account has, sorted; undefined if they restrict nothing. */
export function declareOrigins(live = new OriginList()): readonly string[] | undefined {
  if (live.restrictsNobody) return undefined;
  const entries = new OriginList(inOrder(live.entries.map((entry) => entry.trim())));
  return entries.distinct().toSorted((left, right) => compareText(hostOf(left), hostOf(right)));
}

/** Sorted as texts, so that which of several entries with one meaning is declared does not depend on the account's order. */
const inOrder = (entries: readonly string[]): string[] =>
  entries.filter((entry) => entry !== "").sort(compareText);

/** The same addresses in a notation that the provider accepts. If there is none, the entry stays, and will be refused. */
function acceptedAddress(entry: string): string {
  if (entry === "" || parseAddress(entry).ok) return entry;
  const { ranges, unread } = new AddressList([entry]);
  const [range] = ranges;
  if (range === undefined || unread.length > 0) return entry;
  return rangeText(range);
}

const firstAddress = (entry: string): number => new AddressList([entry]).ranges[0]?.first ?? Infinity;

const hostOf = (entry: string): string => new OriginList([entry]).hosts.join();
