import { isIP } from "node:net";
import { domainToASCII, domainToUnicode } from "node:url";
import { parseAddress } from "./addresses";
import { accept, accidentIn, refuse, withAdvice, type Draft, type Parsed, type Reading } from "./entry";

/** One host, or all subdomains of one, in the form both sides can be compared in. */
export interface Origin {
  /** Lower-case A-labels, no trailing dot. */
  readonly host: string;
  /** Whether the entry was `*.host`. */
  readonly wildcard: boolean;
}

const LONGEST_HOST = 253;
/** An entry that reading does not change: no international name, and no number at its end, which would be an address. */
const PLAIN =
  /^(?:\*\.)?(?!.*xn--)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?\.)*(?!\d+$|0x[0-9a-f]*$)[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?$/;
/** Whitelists may have thousands of entries, nearly all of them plain. */
const isPlain = (text: string): boolean => text.length <= LONGEST_HOST && PLAIN.test(text);
/** No domain can be registered with an underscore, but hosts below one have it. */
const LABEL = /^(?!-)[a-z0-9_-]{1,63}(?<!-)$/;
const SCRIPTS = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Armenian}/u];

/**
 * Reads one whitelist entry of a JavaScript client: a bare host (`acme.com`) or all its subdomains (`*.acme.com`), the
 * two forms of the vendor's "Client Keys" page. Upper case, a trailing dot and international names are accepted.
 */
export const parseOrigin = (text: string): Parsed<Origin> => withAdvice(readOrigin, text);

function readOrigin(text: string): Reading<Origin> {
  if (isPlain(text)) return refuseNoHost(originOf(text).host) ?? refusePublicSuffix(originOf(text));
  const entry = text.trim();
  if (entry === "") return refuse(`is empty: ${WANTED}`);
  const accident = accidentIn(entry);
  if (accident !== undefined) return refuse(`${accident}: ${WANTED}`);
  if (entry.length > LONGEST_HOST + 3)
    return refuse(`is longer than a host name can be (${LONGEST_HOST} characters)`);
  if (entry !== text) return refuse("has spaces around it", entry);
  if (/^\*(\.\*)*$/.test(entry)) {
    return refuse('stands for every origin, which is what no restriction means: leave "allowedOrigins" out');
  }
  const { wildcard, host: name } = originOf(entry);
  const foreign = refuseNoHost(name) ?? refuseUrlParts(entry);
  if (foreign !== undefined) return foreign;
  if (name.includes("*"))
    return refuse(
      "has a wildcard that is not at its start: only *.host is understood",
      wildcardProposal(name),
    );
  const host = parseHost(name, wildcard ? "*." : "");
  return host.ok ? refusePublicSuffix({ host: host.value, wildcard }) : host;
}

const WANTED = "a host such as acme.com is wanted";

const originOf = (entry: string): Origin =>
  entry.startsWith("*.") ? { host: entry.slice(2), wildcard: true } : { host: entry, wildcard: false };

const refusePublicSuffix = (origin: Origin): Reading<Origin> =>
  isPublicSuffix(origin.host)
    ? refuse("is a public suffix: anybody can have a site under it, so name your own domain")
    : accept(origin);

/** Four parts as of an IPv4 address, and nothing behind them that could belong to a name. */
const ADDRESS = /^\d{1,3}(?:\.(?:\d{1,3}|\*|x{1,3})){3}(?![\w.*-])/i;

/** What stands where a host is wanted, and is an address, or nothing that was meant. */
function refuseNoHost(name: string): Draft | undefined {
  const accident = accidentIn(name);
  if (accident !== undefined) return refuse(`${accident}: ${WANTED}`);
  if (/(?:^|\.)undefined(?:\.|$)/i.test(name))
    return refuse('has the label "undefined", which is what JavaScript makes of a value that is missing');
  const bare = name.replace(/^\[|\]$/g, "");
  if (ADDRESS.test(name) || isIP(bare) === 6) return refuseAddress(bare);
  return undefined;
}

function refuseAddress(address: string): Draft {
  if (/^(?:127\.|0\.0\.0\.0(?!\d)|::1?$)/.test(address))
    return refuse("is this machine's own address, and no host name: open the page as localhost", "localhost");
  if (isIP(address) === 6)
    return refuse("is an IPv6 address: allowedOrigins holds host names, and ThinkGeo documents IPv4 only");
  const parsed = parseAddress(address);
  if (parsed.ok) return refuse("is an address: use allowedIpAddresses for it");
  const wrong = refuse("is an address gone wrong, and no host name: use allowedIpAddresses for it");
  return parsed.advice === undefined ? wrong : { ...wrong, advice: `${parsed.advice} there` };
}

const EXTENSION = /^(?:[a-z]+-)*extension:\/\//i;

/** A URL, or a piece of one, where a host is wanted: the usual mistake, so the host in it is proposed. */
function refuseUrlParts(entry: string): Draft | undefined {
  if (EXTENSION.test(entry))
    return refuse("is the address of a browser extension, which has no host that could be listed");
  const authority = entry.replace(/^(?:https?:|[a-z0-9+.-]*:\/\/|\/\/)\/*/i, "");
  const [rest = ""] = authority.split(/[/?#\\]/, 1);
  const proposal = rest.replace(/^.*@/, "").replace(/:\d*$/, "");
  const foreign = refuseNoHost(originOf(proposal).host);
  if (foreign !== undefined) return foreign;
  if (authority !== entry || entry.includes("://"))
    return refuse("has a scheme: a bare host is wanted", proposal);
  if (entry.includes("@")) return refuse("has user information before @: a bare host is wanted", proposal);
  if (/[/\\]/.test(entry)) return refuse("has a path: a bare host is wanted", proposal);
  if (/[?#]/.test(entry)) return refuse("has a query or fragment: a bare host is wanted", proposal);
  if (entry.includes(":")) return refuse("has a port: a bare host is wanted", proposal);
  if (/[\s%]/.test(entry)) return refuse("has a space or an escape in it: a bare host is wanted");
  return undefined;
}

const wildcardProposal = (name: string): string | undefined => {
  const rest = name.replace(/^.*\*\.?/, "");
  return rest.includes(".") ? `*.${rest}` : undefined;
};

function parseHost(name: string, prefix: string): Reading<string> {
  const bare = name.replace(/\.$/, "");
  if (bare.split(".").includes("")) {
    const filled = bare
      .split(".")
      .filter((label) => label !== "")
      .join(".");
    return refuse("has an empty label (two dots together, or one at its start)", prefix + filled);
  }
  const ascii = domainToASCII(bare).toLowerCase();
  if (isIP(ascii) !== 0) return refuseAddress(ascii);
  if (ascii === "") return refuse("is not a host name");
  const unicode = domainToUnicode(ascii);
  if (/[^\0-\x7f]/.test(bare) && unicode !== bare.toLowerCase().normalize("NFC")) {
    return refuse("has characters that browsers turn into others", prefix + unicode);
  }
  const labels = ascii.split(".");
  if (ascii.length > LONGEST_HOST)
    return refuse(`is longer than a host name can be (${LONGEST_HOST} characters)`);
  if (!labels.every((label) => LABEL.test(label))) {
    return refuse(
      "has a label that is none: a label is 1 to 63 letters, digits, hyphens and underscores, with no hyphen at either end",
    );
  }
  const isMixed = (label: string): boolean => SCRIPTS.filter((script) => script.test(label)).length > 1;
  if (unicode.split(".").some(isMixed))
    return refuse("mixes alphabets in one label, which makes look-alike names");
  return accept(ascii);
}

/** Suffixes under which anybody can register, private ones (github.io) included. Unknown ones (localhost, corp) are not. */
function isPublicSuffix(host: string): boolean {
  const { parse } = suffixList();
  const found = parse(host, { allowPrivateDomains: true, extractHostname: false, validateHostname: false });
  return found.publicSuffix === host && (found.isIcann === true || found.isPrivate === true);
}

// The list is a megabyte of program text: programs without origins should not pay for it.
// eslint-disable-next-line @typescript-eslint/no-require-imports
const suffixList = (): typeof import("tldts") => require("tldts") as typeof import("tldts");

/** What an entry means, in the form that equal ones share, whether it may be declared or not. */
export function originMeaning(text: string): string {
  if (isPlain(text)) return text;
  const parsed = parseOrigin(text);
  return parsed.ok ? canonicalOrigin(parsed.value) : text.toLowerCase();
}

/** The text that equal origins share. */
export const canonicalOrigin = (origin: Origin): string =>
  origin.wildcard ? `*.${origin.host}` : origin.host;
