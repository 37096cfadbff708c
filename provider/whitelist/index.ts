import { EVERYTHING, isEverything, readStoredAddress, union, type AddressRange } from "./ip";
import { canonicalOrigin, parseOrigin } from "./origin";

export { parseAddress } from "./ip";
export { parseOrigin, canonicalOrigin } from "./origin";
export type { Parsed } from "./parsed";

/**
 * Whether two address lists let the same callers in. No list, an empty one and one that holds every address are the
 * same: no restriction. Entries that cannot be read are compared as text.
 */
export function sameAddresses(left: readonly string[], right: readonly string[]): boolean {
  return addressKey(left) === addressKey(right);
}

/** Whether two origin lists let the same pages in: order, case, duplicates, trailing dots and punycode do not matter. */
export function sameOrigins(left: readonly string[], right: readonly string[]): boolean {
  return originKey(left) === originKey(right);
}

/** Whether every address that the second list lets in is let in by the first. */
export function coversAddresses(wide: readonly string[], narrow: readonly string[]): boolean {
  const rangesOf = (entries: readonly string[]): readonly AddressRange[] =>
    addressKey(entries) === ""
      ? EVERYTHING
      : union(entries.flatMap((entry) => readStoredAddress(entry) ?? []));
  const outer = rangesOf(wide);
  return rangesOf(narrow).every(({ first, last }) =>
    outer.some((range) => range.first <= first && last <= range.last),
  );
}

/** Text that is equal exactly for lists that mean the same. */
export function addressKey(entries: readonly string[]): string {
  const ranges: AddressRange[] = [];
  const unread = new Set<string>();
  for (const entry of entries) {
    const range = readStoredAddress(entry);
    if (range === undefined) unread.add(entry.trim().toLowerCase());
    else ranges.push(range);
  }
  const merged = union(ranges);
  if (isEverything(merged)) return "";
  return [...merged.map((range) => `${range.first}-${range.last}`), ...[...unread].sort()].join(" ");
}

/** Text that is equal exactly for lists that mean the same. */
export function originKey(entries: readonly string[]): string {
  const hosts = new Set<string>();
  for (const entry of entries) {
    const text = entry.trim();
    if (text === "*") return "";
    const parsed = parseOrigin(text);
    hosts.add(parsed.ok ? canonicalOrigin(parsed.value) : text.toLowerCase());
  }
  return [...hosts].sort().join(" ");
}
