import { EVERYTHING, isEverything, readStoredAddress, union, type AddressRange } from "./addresses";
import { originMeaning } from "./origins";

export { isEverything, parseAddress, union, type AddressRange } from "./addresses";
export { parseOrigin } from "./origins";
export { isTextOfOutput, TEXT_OF_OUTPUT, type Parsed } from "./entry";

/**
 * Whether two address lists let the same callers in. No list, an empty one and one that holds every address are the
 * same: no restriction. Entries that cannot be read are compared as text; blank ones are none.
 */
export function sameAddresses(left: readonly string[], right: readonly string[]): boolean {
  return sameText(left, right) || addressKey(left) === addressKey(right);
}

/** Whether two origin lists let the same pages in: order, case, duplicates, trailing dots and punycode do not matter. */
export function sameOrigins(left: readonly string[], right: readonly string[]): boolean {
  return sameText(left, right) || originKey(left) === originKey(right);
}

/** Most lists that are compared are the very same, and need not be read. */
const sameText = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((entry, index) => entry === right[index]);

/** Whether every caller that the second list lets in is let in by the first. */
export function coversAddresses(wide: readonly string[], narrow: readonly string[]): boolean {
  const outer = readAddresses(wide);
  if (isEverything(outer.ranges)) return true;
  const inner = readAddresses(narrow);
  return (
    inner.unread.every((entry) => outer.unread.includes(entry)) &&
    inner.ranges.every(({ first, last }) =>
      outer.ranges.some((range) => range.first <= first && last <= range.last),
    )
  );
}

/** Text that is equal exactly for lists that mean the same. */
export function addressKey(entries: readonly string[]): string {
  const { ranges, unread } = readAddresses(entries);
  return JSON.stringify([ranges.map(({ first, last }) => [first, last]), unread]);
}

/** Text that is equal exactly for lists that mean the same. */
export const originKey = (entries: readonly string[]): string => JSON.stringify(readOrigins(entries));

/** Whether a list of origins keeps nobody out: none, an empty one, or one with `*`, as an account may have it. */
export const opensToEveryOrigin = (entries: readonly string[]): boolean => readOrigins(entries).length === 0;

/** Whether a list of addresses keeps nobody out: none, an empty one, or one that covers all addresses in any spelling. */
export const opensToEveryAddress = (entries: readonly string[]): boolean =>
  isEverything(readAddresses(entries).ranges);

/** The first of each that mean the same, as they are spelled. */
export function distinct(entries: readonly string[], meaningOf: (entry: string) => string): string[] {
  const byMeaning = new Map<string, string>();
  for (const entry of entries) {
    const meaning = meaningOf(entry);
    if (!byMeaning.has(meaning)) byMeaning.set(meaning, entry);
  }
  return [...byMeaning.values()];
}

/** What a list of origins means: its hosts in the form that equal ones share, in order. None: no restriction. */
export function readOrigins(entries: readonly string[]): readonly string[] {
  const hosts = new Set<string>();
  for (const entry of entries) {
    const text = entry.trim();
    if (text === "*") return [];
    if (text !== "") hosts.add(originMeaning(text));
  }
  return [...hosts].sort();
}

/** What a list of addresses means: the fewest ranges, and what cannot be read, both in order and without repetition. */
export function readAddresses(entries: readonly string[]): {
  readonly ranges: readonly AddressRange[];
  readonly unread: readonly string[];
} {
  const ranges: AddressRange[] = [];
  const unread = new Set<string>();
  for (const text of entries.map((entry) => entry.trim().toLowerCase())) {
    if (text === "") continue;
    const range = readStoredAddress(text);
    if (range === undefined) unread.add(text);
    else ranges.push(range);
  }
  const merged = union(ranges);
  const restricts = (merged.length > 0 || unread.size > 0) && !isEverything(merged);
  return restricts ? { ranges: merged, unread: [...unread].sort() } : { ranges: EVERYTHING, unread: [] };
}
