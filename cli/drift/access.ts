import {
  isEverything,
  opensToEveryAddress,
  opensToEveryOrigin,
  readAddresses,
  readOrigins,
  type AddressRange,
} from "../../provider/whitelist";
import { rangeText, sizeOf, subtract } from "./ranges";
import type { Access } from "./report";

/** Both whitelists of a client: at most one is in force, and none means that everybody may use the key. */
export interface Whitelists {
  readonly allowedOrigins: readonly string[];
  readonly allowedIpAddresses: readonly string[];
}

/** Who can use a key, and who cannot any more. */
export interface AccessChange {
  readonly opens: Access;
  readonly closes: Access;
}

const NOBODY: Access = { everything: false, entries: [], addresses: 0 };
const EVERYBODY: Access = { everything: true, entries: [], addresses: 0 };

export const isUnrestricted = ({ allowedOrigins, allowedIpAddresses }: Whitelists): boolean =>
  opensToEveryOrigin(allowedOrigins) && opensToEveryAddress(allowedIpAddresses);

/** What one whitelist lets in that another did not, and the other way round. */
export function accessChange(
  property: keyof Whitelists,
  declared: Whitelists,
  actual: Whitelists,
): AccessChange {
  if (isUnrestricted(actual)) return { opens: EVERYBODY, closes: NOBODY };
  const [before, now] = [declared, actual].map((lists) =>
    property === "allowedOrigins" ? originAccess(lists[property]) : addressAccess(lists[property]),
  ) as [Reading, Reading];
  if (isUnrestricted(declared))
    return now.isEmpty
      ? { opens: NOBODY, closes: NOBODY }
      : { opens: NOBODY, closes: { ...now.all, everything: true } };
  return { opens: now.without(before), closes: before.without(now) };
}

interface Reading {
  /** No list of this kind is in force. */
  readonly isEmpty: boolean;
  readonly all: Access;
  readonly hosts: ReadonlySet<string>;
  readonly ranges: readonly AddressRange[];
  readonly without: (other: Reading) => Access;
}

function originAccess(entries: readonly string[]): Reading {
  const hosts = new Set(readOrigins(entries));
  const access = (list: readonly string[]): Access => ({
    everything: false,
    entries: [...list],
    addresses: 0,
  });
  return {
    isEmpty: hosts.size === 0,
    all: access([...hosts]),
    hosts,
    ranges: [],
    without: (other) => access([...hosts].filter((host) => !isCovered(host, other.hosts))),
  };
}

/** Whether a list has the entry itself, or a wildcard above it. That `*.a.com` covers `a.com` is not documented, so it does not. */
function isCovered(entry: string, hosts: ReadonlySet<string>): boolean {
  if (hosts.has(entry)) return true;
  const labels = entry.replace(/^\*\./, "").split(".");
  const first = entry.startsWith("*.") ? 0 : 1;
  return labels.some((_, index) => index >= first && hosts.has(`*.${labels.slice(index).join(".")}`));
}

function addressAccess(entries: readonly string[]): Reading {
  const read = readAddresses(entries);
  const isEmpty = isEverything(read.ranges);
  const ranges = isEmpty ? [] : read.ranges;
  const access = (list: readonly AddressRange[], unread: readonly string[]): Access => ({
    everything: false,
    entries: [...list.map(rangeText), ...unread],
    addresses: list.reduce((sum, range) => sum + sizeOf(range), 0),
  });
  const hosts = new Set(read.unread);
  return {
    isEmpty,
    all: access(ranges, read.unread),
    hosts,
    ranges,
    without: (other) =>
      access(
        subtract(ranges, other.ranges),
        read.unread.filter((entry) => !other.hosts.has(entry)),
      ),
  };
}
