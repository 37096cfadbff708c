import { isIPv4 } from "node:net";
import type { Switches } from "./switches";

const octet = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const wildcardAddress = new RegExp(`^${octet}(?:\\.(?:${octet}|\\*)){3}$`);
const hostLabel = /^(?!-)[\p{L}\p{N}_-]{1,63}(?<!-)$/u;

/** The forms that the vendor documents: an address, trailing wildcards, or CIDR. */
export function isAddressEntry(entry: string): boolean {
  if (isIPv4(entry) || entry === "*.*.*.*") return true;
  const [network, bits, ...rest] = entry.split("/");
  if (bits !== undefined)
    return isIPv4(network ?? "") && /^(?:\d|[12]\d|3[0-2])$/.test(bits) && rest.length === 0;
  return wildcardAddress.test(entry) && /^[^*]+(?:\.\*)+$/.test(entry);
}

/** The forms that the vendor documents: a host name, or `*.` and a host name. */
export function isOriginEntry(entry: string): boolean {
  const host = withoutDot(entry.startsWith("*.") ? entry.slice(2) : entry);
  return host.length <= 253 && host.split(".").every((label) => hostLabel.test(label));
}

/** Whether an address may use a client; an empty list lets everyone in. */
export function allowsAddress(entries: readonly string[], address: string): boolean {
  return entries.length === 0 || entries.some((entry) => addressMatches(entry, address));
}

function addressMatches(entry: string, address: string): boolean {
  if (entry === address || entry === "*.*.*.*") return true;
  if (!isIPv4(address)) return false;
  const [network = "", bits] = entry.split("/");
  if (bits !== undefined) {
    if (!isIPv4(network)) return false;
    const block = 2 ** (32 - Number(bits));
    return Math.floor(toNumber(network) / block) === Math.floor(toNumber(address) / block);
  }
  const wanted = entry.split(".");
  const given = address.split(".");
  return wanted.length === 4 && wanted.every((part, index) => part === "*" || part === given[index]);
}

const toNumber = (address: string): number =>
  address.split(".").reduce((sum, part) => sum * 256 + Number(part), 0);

type OriginRules = Pick<Switches, "originMatch" | "wildcardCoversBare">;

/** Whether a web page's origin, as browsers send it, may use a client; an empty list lets every page in. */
export function allowsOrigin(
  entries: readonly string[],
  origin: string | undefined,
  rules: OriginRules,
): boolean {
  if (entries.length === 0) return true;
  const caller = readOrigin(origin);
  return caller !== undefined && entries.some((entry) => originMatches(entry, caller, rules));
}

function originMatches(entry: string, caller: Origin, rules: OriginRules): boolean {
  const isWildcard = entry.startsWith("*.");
  const allowed = readOrigin(`https://${isWildcard ? entry.slice(2) : entry}`);
  if (allowed === undefined) return false;
  if (rules.originMatch !== "host" && caller.port !== allowed.port) return false;
  if (rules.originMatch === "exact" && caller.scheme !== allowed.scheme) return false;
  if (!isWildcard) return caller.host === allowed.host;
  const isBare = caller.host === allowed.host;
  return caller.host.endsWith(`.${allowed.host}`) || (rules.wildcardCoversBare && isBare);
}

interface Origin {
  readonly scheme: string;
  readonly host: string;
  /** Empty for the scheme's own. */
  readonly port: string;
}

function readOrigin(origin: string | undefined): Origin | undefined {
  if (origin === undefined || !URL.canParse(origin)) return undefined;
  const { protocol: scheme, hostname, port } = new URL(origin);
  const host = withoutDot(hostname);
  return host === "" ? undefined : { scheme, host, port };
}

const withoutDot = (host: string): string => (host.endsWith(".") ? host.slice(0, -1) : host);

/** One way in which a server might rewrite a list of addresses or origins that it is given. */
export function normaliseEntries(entries: readonly string[]): string[] {
  return [...new Set(entries.map((entry) => toCidr(withoutDot(entry.toLowerCase()))))].sort();
}

function toCidr(entry: string): string {
  const parts = entry.split(".");
  const fixed = parts.indexOf("*");
  if (parts.length !== 4 || fixed < 1 || !isAddressEntry(entry)) return entry;
  return `${parts.map((part) => (part === "*" ? "0" : part)).join(".")}/${fixed * 8}`;
}
