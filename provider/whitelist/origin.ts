import { isIP } from "node:net";
import { domainToASCII, domainToUnicode } from "node:url";
import { accept, type Parsed, refuse, withProposal } from "./parsed";

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
  /^(?:\*\.)?(?!.*xn--)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*(?!\d+$|0x[0-9a-f]*$)[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
/** Whitelists may have thousands of entries, nearly all of them plain. */
const isPlain = (text: string): boolean => text.length <= LONGEST_HOST && PLAIN.test(text);
const LABEL = /^(?!-)[a-z0-9-]{1,63}(?<!-)$/;
const SCRIPTS = [/\p{Script=Latin}/u, /\p{Script=Cyrillic}/u, /\p{Script=Greek}/u, /\p{Script=Armenian}/u];

/**
 * Reads one whitelist entry of a JavaScript client: a bare host (`acme.com`) or all its subdomains (`*.acme.com`), the
 * two forms of the vendor's "Client Keys" page. Upper case, a trailing dot and international names are accepted.
 */
export const parseOrigin = (text: string): Parsed<Origin> => withProposal(readOrigin, text);

function readOrigin(text: string): Parsed<Origin> {
  if (isPlain(text)) return refusePublicSuffix(originOf(text));
  const entry = text.trim();
  if (entry === "") return refuse("is empty: a host such as acme.com is wanted");
  if (entry.length > LONGEST_HOST + 3)
    return refuse(`is longer than a host name can be (${LONGEST_HOST} characters)`);
  if (entry !== text) return refuse("has spaces around it", entry);
  if (/^\*(\.\*)*$/.test(entry)) {
    return refuse('stands for every origin, which is what no restriction means: leave "allowedOrigins" out');
  }
  const dressed = refuseUrlParts(entry);
  if (dressed !== undefined) return dressed;
  const { wildcard, host: name } = originOf(entry);
  if (name.includes("*"))
    return refuse(
      "has a wildcard that is not at its start: only *.host is understood",
      wildcardProposal(name),
    );
  const host = parseHost(name, wildcard ? "*." : "");
  return host.ok ? refusePublicSuffix({ host: host.value, wildcard }) : host;
}

const originOf = (entry: string): Origin =>
  entry.startsWith("*.") ? { host: entry.slice(2), wildcard: true } : { host: entry, wildcard: false };

const refusePublicSuffix = (origin: Origin): Parsed<Origin> =>
  isPublicSuffix(origin.host)
    ? refuse(`is a public suffix: anybody can have a site under ${origin.host}, so name your own domain`)
    : accept(origin);

/** A URL, or a piece of one, where a host is wanted: the usual mistake, so the host in it is proposed. */
function refuseUrlParts(entry: string): Parsed<never> | undefined {
  const authority = entry.replace(/^(?:https?:|[a-z0-9+.-]*:\/\/|\/\/)\/*/i, "");
  const [rest = ""] = authority.split(/[/?#\\]/, 1);
  const proposal = rest.replace(/^.*@/, "").replace(/:\d*$/, "");
  if (entry.includes(":") && isIP(entry.replace(/^\[|\]$/g, "")) === 6) {
    return refuse("is an IPv6 address: allowedOrigins holds host names, and ThinkGeo documents IPv4 only");
  }
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

function parseHost(name: string, prefix: string): Parsed<string> {
  const bare = name.replace(/\.$/, "");
  if (bare.split(".").includes("")) {
    const filled = bare
      .split(".")
      .filter((label) => label !== "")
      .join(".");
    return refuse("has an empty label (two dots together, or one at its start)", prefix + filled);
  }
  const ascii = domainToASCII(bare).toLowerCase();
  if (isIP(ascii) !== 0) return refuse("is an address: use allowedIpAddresses for it");
  if (ascii === "") return refuse("is not a host name");
  const unicode = domainToUnicode(ascii);
  if (/[^\0-\x7f]/.test(bare) && unicode !== bare.toLowerCase().normalize("NFC")) {
    return refuse("has characters that browsers turn into others", prefix + unicode);
  }
  const labels = ascii.split(".");
  if (ascii.length > LONGEST_HOST)
    return refuse(`is longer than a host name can be (${LONGEST_HOST} characters)`);
  const bad = labels.find((label) => !LABEL.test(label));
  if (bad !== undefined) {
    return refuse(
      `has the label "${bad}": a label is 1 to 63 letters, digits and hyphens, with no hyphen at either end`,
    );
  }
  const mixed = unicode.split(".").find((label) => SCRIPTS.filter((script) => script.test(label)).length > 1);
  if (mixed !== undefined) return refuse(`mixes alphabets in "${mixed}", which makes look-alike names`);
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
