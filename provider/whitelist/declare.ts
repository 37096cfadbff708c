import { parseAddress, rangeText } from "./addresses";
import { AddressList, OriginList } from "./lists";

/** The addresses to declare for those that an account has, sorted; undefined if they restrict nothing. */
export function declareAddresses(live = new AddressList()): readonly string[] | undefined {
  if (live.restrictsNobody) return undefined;
  const entries = new AddressList(inOrder(live.entries.map((entry) => acceptedAddress(entry.trim()))));
  return sortedBy(entries.distinct(), firstAddress);
}

/** The origins to declare for those that an account has, sorted; undefined if they restrict nothing. */
export function declareOrigins(live = new OriginList()): readonly string[] | undefined {
  if (live.restrictsNobody) return undefined;
  const entries = new OriginList(inOrder(live.entries.map((entry) => entry.trim())));
  return sortedBy(entries.distinct(), hostOf);
}

/** Sorted as texts, so that which of several entries with one meaning is declared does not depend on the account's order. */
const inOrder = (entries: readonly string[]): string[] => entries.filter((entry) => entry !== "").sort();

/** By a key, which takes reading the entry; entries of the same key stay in their order. */
function sortedBy(entries: readonly string[], keyOf: (entry: string) => number | string): string[] {
  const keyed = entries.map((entry) => ({ entry, key: keyOf(entry) }));
  return keyed
    .sort((left, right) => (left.key < right.key ? -1 : left.key > right.key ? 1 : 0))
    .map(({ entry }) => entry);
}

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
