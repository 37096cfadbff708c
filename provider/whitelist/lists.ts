import { EVERYTHING, isEverything, readStoredAddress, subtract, union, type AddressRange } from "./addresses";
import { originMeaning } from "./origins";

/**
 * A whitelist as a value: how its entries are spelled, and whom they allow. No entry, or one that stands for everybody,
 * restricts nobody. Entries are read when their meaning is first asked for, and once: a list may have thousands.
 */
export abstract class EntryList {
  constructor(readonly entries: readonly string[] = []) {}

  /** Text that is equal exactly for lists that allow the same callers. */
  protected abstract readonly key: string;

  /** Whether it keeps nobody out. */
  abstract readonly restrictsNobody: boolean;

  /** Whether two lists let the same callers in, in whatever order and spelling. */
  equals(other: this): boolean {
    return isSameText(this.entries, other.entries) || this.key === other.key;
  }

  /** Text that is equal for entries that allow the same callers. */
  protected abstract meaningOf(entry: string): string;

  /** One entry of each meaning: a service may refuse repetitions. */
  distinct(): string[] {
    return distinct(this.entries, (entry) => this.meaningOf(entry));
  }

  /** The positions of entries that mean what no entry of the other list does. */
  missingFrom(other: this): number[] {
    const meanings = new Set(other.entries.map((entry) => this.meaningOf(entry)));
    return this.entries.flatMap((entry, index) => (meanings.has(this.meaningOf(entry)) ? [] : [index]));
  }

  /** Messages and JSON show the entries as they are spelled. */
  toJSON(): readonly string[] {
    return this.entries;
  }
}

/** Most lists that are compared are the very same, and need not be read. */
const isSameText = (left: readonly string[], right: readonly string[]): boolean =>
  left.length === right.length && left.every((entry, index) => entry === right[index]);

/** The first of each that mean the same, as they are spelled. */
export function distinct(entries: readonly string[], meaningOf: (entry: string) => string): string[] {
  const byMeaning = new Map<string, string>();
  for (const entry of entries) {
    const meaning = meaningOf(entry);
    if (!byMeaning.has(meaning)) byMeaning.set(meaning, entry);
  }
  return [...byMeaning.values()];
}

/** A list of origins. Case, order, repetitions, trailing dots and international spelling do not matter. */
export class OriginList extends EntryList {
  #hosts: readonly string[] | undefined;

  /** The hosts in the form that equal ones share, in order. None: no restriction. */
  get hosts(): readonly string[] {
    return (this.#hosts ??= readHosts(this.entries));
  }

  protected get key(): string {
    return JSON.stringify(this.hosts);
  }

  get restrictsNobody(): boolean {
    return this.hosts.length === 0;
  }

  /** The hosts that this list allows and the other does not. That `*.a.com` covers `a.com` is not documented, so it does not. */
  without(other: OriginList): readonly string[] {
    const listed = new Set(other.hosts);
    return this.hosts.filter((host) => !isCovered(host, listed));
  }

  protected meaningOf(entry: string): string {
    return new OriginList([entry]).key;
  }
}

function readHosts(entries: readonly string[]): readonly string[] {
  const hosts = new Set<string>();
  for (const entry of entries) {
    const text = entry.trim();
    if (text === "*") return [];
    if (text !== "") hosts.add(originMeaning(text));
  }
  return [...hosts].sort();
}

/** Whether hosts hold this one, or a wildcard above it. */
function isCovered(host: string, hosts: ReadonlySet<string>): boolean {
  if (hosts.has(host)) return true;
  const labels = host.replace(/^\*\./, "").split(".");
  const first = host.startsWith("*.") ? 0 : 1;
  return labels.some((_, index) => index >= first && hosts.has(`*.${labels.slice(index).join(".")}`));
}

/** What a list of addresses means. */
interface Addresses {
  /** The fewest ranges that hold them, in order. */
  readonly ranges: readonly AddressRange[];
  /** What cannot be read as an address, in order and without repetition: it is compared as text. */
  readonly unread: readonly string[];
}

/** A list of addresses and ranges. Those that hold the same addresses are the same, however they are written. */
export class AddressList extends EntryList {
  #addresses: Addresses | undefined;

  get #read(): Addresses {
    return (this.#addresses ??= readAddresses(this.entries));
  }

  /** The fewest ranges that hold the same addresses, in order; all there are where it restricts nobody. */
  get ranges(): readonly AddressRange[] {
    return this.#read.ranges;
  }

  /** Entries that cannot be read. */
  get unread(): readonly string[] {
    return this.#read.unread;
  }

  protected get key(): string {
    return JSON.stringify([this.ranges.map(({ first, last }) => [first, last]), this.unread]);
  }

  get restrictsNobody(): boolean {
    return isEverything(this.ranges);
  }

  /** Whether every caller that the other list allows is allowed by this one. */
  covers(other: AddressList): boolean {
    if (this.restrictsNobody) return true;
    return (
      other.unread.every((entry) => this.unread.includes(entry)) &&
      subtract(other.ranges, this.ranges).length === 0
    );
  }

  /** What this list allows and the other does not. */
  without(other: AddressList): Addresses {
    return {
      ranges: subtract(this.ranges, other.ranges),
      unread: this.unread.filter((entry) => !other.unread.includes(entry)),
    };
  }

  protected meaningOf(entry: string): string {
    return new AddressList([entry]).key;
  }
}

function readAddresses(entries: readonly string[]): Addresses {
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

/** Both whitelists of a client: at most one is in effect, and none means that everybody may use the key. */
export interface Whitelists {
  readonly allowedOrigins: OriginList;
  readonly allowedIpAddresses: AddressList;
}

/** Both whitelists of a client as the account has it: the one that its `sharedMode` puts out of force is empty. */
export const whitelistsInForce = (client: {
  readonly sharedMode: string | undefined;
  readonly allowedOrigins: readonly string[];
  readonly allowedIpAddresses: readonly string[];
}): Whitelists => ({
  allowedOrigins: new OriginList(client.sharedMode === "IpAddress" ? [] : client.allowedOrigins),
  allowedIpAddresses: new AddressList(client.sharedMode === "Origin" ? [] : client.allowedIpAddresses),
});

/** Whether everybody who has the key may use it, from everywhere. */
export const isUnrestricted = ({ allowedOrigins, allowedIpAddresses }: Whitelists): boolean =>
  allowedOrigins.restrictsNobody && allowedIpAddresses.restrictsNobody;
