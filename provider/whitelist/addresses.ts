import { isIP, isIPv4 } from "node:net";
import { accept, accidentIn, refuse, withAdvice, type Draft, type Parsed, type Reading } from "./entry";

/** The addresses one entry stands for, as 32-bit numbers, both ends included. */
export interface AddressRange {
  readonly first: number;
  readonly last: number;
}

const LEAVE_OUT =
  'stands for every address, which is what no restriction means: leave "allowedIpAddresses" out';
const LAST_ADDRESS = 0xffff_ffff;
const LONGEST_ENTRY = 64;

/** How the API itself was seen to write that addresses are not restricted. */
export const EVERY_ADDRESS = "*.*.*.*";
export const EVERYTHING: readonly AddressRange[] = [{ first: 0, last: LAST_ADDRESS }];

/**
 * Reads one whitelist entry: an exact IPv4 address, trailing wildcards (`203.0.113.*`) or CIDR notation, the three
 * forms of the vendor's "Client Keys" page. Anything whose meaning depends on the reader (octal, short and hexadecimal
 * forms, host bits) is refused.
 */
export const parseAddress = (text: string): Parsed<AddressRange> => withAdvice(readAddress, text);

function readAddress(text: string): Reading<AddressRange> {
  const entry = text.trim();
  if (entry === "") return refuse("is empty: an IPv4 address is wanted");
  const accident = accidentIn(entry.split("/", 1)[0] ?? "");
  if (accident !== undefined) return refuse(`${accident}: an IPv4 address is wanted`);
  // A comment may be long.
  const start = entry.slice(0, LONGEST_ENTRY);
  const [, address] = WITH_MORE.exec(start) ?? [];
  if (address !== undefined) return refuseMore(address, start.slice(address.length));
  if (entry.length > LONGEST_ENTRY) return refuse("is too long for an IPv4 address or range");
  if (entry !== text) return refuse("has spaces around it", entry);
  if (isSpelledWithX(entry)) return refuse("has an x where a wildcard is wanted", entry.replace(/x+/gi, "*"));
  if (entry.includes("://")) return refuse("is a URL: an IPv4 address or range is wanted");
  if (entry.includes(":")) return refuseColon(entry);
  if (entry.includes("*")) return parseWildcard(entry);
  if (entry.includes("/")) return parseCidr(entry);
  if (/^[\d.]+\s*-\s*[\d.]+$/.test(entry))
    return refuse("is a range with a hyphen: write it in CIDR notation (203.0.113.0/24)");
  if (!isIPv4(entry)) return refuse(...notAnAddress(entry));
  if (entry === "0.0.0.0") return refuse(LEAVE_OUT);
  return accept(rangeOf(entry));
}

/** An address or a range with text behind it that does not belong to it: a comment, or the next entry. */
const WITH_MORE = /^(\d{1,3}(?:\.(?:\d{1,3}|\*)){3}(?:\/\d{1,2})?)\s*(?:[,;#(]|\s(?!\/\s*\d)[^\s-])/;

const refuseMore = (address: string, more: string): Draft =>
  /(?<!\d)\d{1,3}(?:\.\d{1,3}){3}/.test(more)
    ? refuse("holds more than one address: give each an entry of its own")
    : refuse("is an address with something behind it", address);

function isSpelledWithX(entry: string): boolean {
  if (!/x/i.test(entry)) return false;
  const parts = entry.split(".");
  return (
    parts.every((part) => /^(?:\d{1,3}|x{1,3}|\*)$/i.test(part)) && parts.some((part) => /^x/i.test(part))
  );
}

/** Of an address or block that was looked at before. By hand: lists are long, and are read at each comparison. */
function rangeOf(address: string, bits = 32): AddressRange {
  const size = 2 ** (32 - bits);
  const number = numberOf(address);
  const first = number - (number % size);
  return { first, last: first + size - 1 };
}

function parseWildcard(entry: string): Reading<AddressRange> {
  if (entry.includes("/")) return refuse("mixes a wildcard with CIDR notation: use one of the two");
  const parts = entry.split(".");
  const fixed = parts.findIndex((part) => part === "*");
  if (parts.every((part) => part === "*")) return refuse(LEAVE_OUT);
  if (parts.some((part) => part !== "*" && part.includes("*")))
    return refuse("has a wildcard inside a number: a wildcard stands for a whole part (203.0.113.*)");
  if (!parts.slice(fixed).every((part) => part === "*")) {
    return refuse("has a wildcard before a number: wildcards may only come last (203.0.113.*)");
  }
  if (parts.length !== 4) {
    const whole = parts.length < 4 ? [...parts, "*", "*"].slice(0, 4).join(".") : undefined;
    return refuse("does not have four parts", whole);
  }
  const network = parts.map((part) => (part === "*" ? "0" : part)).join(".");
  if (!isIPv4(network))
    return refuse(...notAnAddress(parts.slice(0, fixed).join("."), ".*".repeat(4 - fixed)));
  return accept(rangeOf(network, fixed * 8));
}

function parseCidr(entry: string): Reading<AddressRange> {
  const slash = entry.indexOf("/");
  const address = entry.slice(0, slash);
  const prefix = entry.slice(slash + 1);
  if (!isIPv4(address)) return refuse(...notAnAddress(address, `/${prefix}`));
  if (isIPv4(prefix)) {
    const bits = prefixOfMask(prefix);
    return refuse(
      "is written with a mask",
      bits === undefined ? undefined : `${networkOf(address, bits)}/${String(bits)}`,
    );
  }
  if (!/^\d{1,3}$/.test(prefix) || Number(prefix) > 32) {
    return refuse("has no prefix length from 1 to 32 after its slash");
  }
  const bits = Number(prefix);
  if (bits === 0) return refuse(LEAVE_OUT);
  const network = networkOf(address, bits);
  if (prefix !== String(bits))
    return refuse("has a leading zero in its prefix length", `${network}/${String(bits)}`);
  if (network !== address) return refuse("has bits set after its prefix", `${network}/${prefix}`);
  return accept(rangeOf(address, bits));
}

const networkOf = (address: string, bits: number): string => dotted(rangeOf(address, bits).first);

/** An address as a number of 32 bits. */
export const numberOf = (address: string): number =>
  address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);

/** An address as people write it. */
export const dotted = (address: number): string =>
  [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");

/** The bits of a mask such as 255.255.255.0; undefined if they do not all stand at its start. */
function prefixOfMask(mask: string): number | undefined {
  const bits = 32 - Math.log2(2 ** 32 - numberOf(mask));
  return Number.isInteger(bits) ? bits : undefined;
}

/** IPv6 in any form, or an address with a port: both have a colon. */
function refuseColon(entry: string): Reading<AddressRange> {
  const colon = entry.indexOf(":");
  if (colon === entry.lastIndexOf(":"))
    return refuse("has a port: the whitelist holds addresses only", entry.slice(0, colon));
  const bare = entry.replace(/^\[|\]$/g, "").split("%", 1)[0] ?? "";
  const mapped = mappedAddress(bare);
  if (mapped !== undefined) return refuse("is an IPv4 address in IPv6 clothing", mapped);
  return refuse("looks like IPv6, and ThinkGeo documents IPv4 only");
}

/** The IPv4 address in an IPv6 address such as `::ffff:203.0.113.7`, in whatever way it is written; undefined if there is none. */
function mappedAddress(text: string): string | undefined {
  if (isIP(text) !== 6) return undefined;
  const groups = /^\[::ffff:([\da-f]+):([\da-f]+)\]$/.exec(new URL(`http://[${text}]`).hostname)?.slice(1);
  return groups && dotted(parseInt(groups.map((group) => group.padStart(4, "0")).join(""), 16));
}

/** Why text that should be an address is none; octal, hexadecimal and short forms mean different things to different programs. */
function notAnAddress(text: string, rest = ""): [reason: string, proposal?: string] {
  const parts = text.split(".");
  if (parts.every((part) => /^\d+$/.test(part))) {
    if (parts.length > 4) return ["has more than four parts"];
    if (parts.some((part) => part.length > 1 && part.startsWith("0"))) {
      const decimal = parts.map((part) => part.replace(/^0+(?=\d)/, "")).join(".");
      return ["has a leading zero, which some programs read as octal", decimal + rest];
    }
    if (parts.length < 4 && !rest.startsWith(".*"))
      return ["is a short form: an IPv4 address has four parts (203.0.113.7)"];
    return ["has a part above 255"];
  }
  if (parts.every((part) => /^(0x[\da-f]+|\d+)$/i.test(part)))
    return ["is written in hexadecimal: use decimal parts (203.0.113.7)"];
  if (/[a-z]/i.test(text))
    return parts.length === 4 && parts.filter((part) => /^\d+$/.test(part)).length === 3
      ? ["has a part that is no number: an IPv4 address has four parts (203.0.113.7)"]
      : ["is a name, not an address: host names belong in allowedOrigins (JavaScript clients only)"];
  return [
    "is not an IPv4 address (203.0.113.7), a trailing wildcard (203.0.113.*) or CIDR notation (203.0.113.0/24)",
  ];
}

/**
 * Reads an entry as the server may have stored it: also the forms that {@link parseAddress} refuses but whose
 * meaning is plain, so that they can be compared.
 */
export function readStoredAddress(text: string): AddressRange | undefined {
  const entry = text.trim();
  if (entry.length > LONGEST_ENTRY) return undefined;
  if (entry === "*" || entry === EVERY_ADDRESS) return EVERYTHING[0];
  const slash = entry.indexOf("/");
  const address = entry.slice(0, slash);
  const prefix = entry.slice(slash + 1);
  if (slash !== -1 && isIPv4(address) && /^\d{1,2}$/.test(prefix) && Number(prefix) <= 32)
    return rangeOf(address, Number(prefix));
  const parsed = readAddress(entry);
  return parsed.ok ? parsed.value : undefined;
}

/** The fewest, sorted, non-touching ranges that hold the same addresses. */
export function union(ranges: readonly AddressRange[]): AddressRange[] {
  const merged: { first: number; last: number }[] = [];
  for (const range of ranges.toSorted((a, b) => a.first - b.first)) {
    const open = merged.at(-1);
    if (open !== undefined && range.first <= open.last + 1) open.last = Math.max(open.last, range.last);
    else merged.push({ ...range });
  }
  return merged;
}

export const isEverything = (ranges: readonly AddressRange[]): boolean =>
  ranges.some((range) => range.first === 0 && range.last === LAST_ADDRESS);

/** What is in the first ranges and not in the second; both in order and without overlap. */
export function subtract(from: readonly AddressRange[], taken: readonly AddressRange[]): AddressRange[] {
  const left: AddressRange[] = [];
  let next = 0;
  for (const range of from) {
    let { first } = range;
    while ((taken[next]?.last ?? Infinity) < first) next++;
    for (let index = next; first <= range.last; index++) {
      const cut = taken[index];
      if (cut === undefined || cut.first > range.last) {
        left.push({ first, last: range.last });
        break;
      }
      if (cut.first > first) left.push({ first, last: cut.first - 1 });
      first = Math.max(first, cut.last + 1);
    }
  }
  return left;
}

export const sizeOf = ({ first, last }: AddressRange): number => last - first + 1;

/** A range as one address, a block in CIDR notation, or both ends. */
export function rangeText(range: AddressRange): string {
  const size = sizeOf(range);
  const bits = Math.log2(size);
  if (size === 1) return dotted(range.first);
  return Number.isInteger(bits) && range.first % size === 0
    ? `${dotted(range.first)}/${32 - bits}`
    : `${dotted(range.first)}-${dotted(range.last)}`;
}
