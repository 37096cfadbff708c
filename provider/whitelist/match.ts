import { domainToUnicode } from "node:url";
import {
  dotted,
  EVERY_ADDRESS,
  isEverything,
  parseAddress,
  readStoredAddress,
  type AddressRange,
} from "./addresses";
import { readable, type CallerAddress, type Page, type PageOfSite } from "./caller";
import { inWords } from "./entry";
import { parseOrigin, type Origin } from "./origins";

/** Why an entry that looks right does not let the caller in, or may not. */
export const NEAR_MISSES = [
  "apex",
  "parent",
  "subdomain",
  "sibling",
  "look-alike",
  "scheme",
  "port",
  "header",
  "one-part-off",
  "other-kind",
  "inactive",
  "unreadable",
] as const;

/**
 * Why an entry that looks right does not let the caller in, or may not: a word for programs.
 *
 * @useDeclaredType
 */
export type NearMissKind = (typeof NEAR_MISSES)[number];

/** An entry that looks right and does not match, or may not. */
export interface NearMiss {
  /** The entry, as it is listed. */
  readonly entry: string;
  /** Why it does not match, as a word. */
  readonly kind: NearMissKind;
  /** What keeps it from matching, as a sentence. */
  readonly why: string;
}

/**
 * What one entry makes of a caller: it lets the caller in; or it may, which is not documented; or it does not. Then
 * it may be near, for reasons.
 */
export interface Match {
  readonly entry: string;
  readonly covers: "yes" | "maybe" | "no";
  readonly misses: readonly Omit<NearMiss, "entry">[];
}

const PARTS = ["first", "second", "third", "fourth"] as const;

/** What one entry of `allowedIpAddresses` makes of a caller. */
export function matchAddress(entry: string, caller: CallerAddress): Match {
  const none: Match = { entry, covers: "no", misses: [] };
  if (entry === EVERY_ADDRESS && caller.value !== undefined) return { ...none, covers: "yes" };
  const parsed = parseAddress(entry);
  if (!parsed.ok) {
    const range = readStoredAddress(entry);
    const may =
      range === undefined ? entry.toLowerCase() === caller.text.toLowerCase() : holds(range, caller.value);
    const why = `It ${inWords(parsed)}. No such form is documented.`;
    return { entry, covers: may ? "maybe" : "no", misses: [{ kind: "unreadable", why }] };
  }
  if (caller.value === undefined) return none;
  if (holds(parsed.value, caller.value)) return { ...none, covers: "yes" };
  const why = onePartOff(parsed.value, caller.value, caller.text);
  return why === undefined ? none : { ...none, misses: [{ kind: "one-part-off", why }] };
}

const holds = (range: AddressRange, address: number | undefined): boolean =>
  address === undefined ? isEverything([range]) : range.first <= address && address <= range.last;

/** Says so where another number in one part of the address would be allowed. */
function onePartOff({ first, last }: AddressRange, address: number, text: string): string | undefined {
  for (const [index, part] of PARTS.entries()) {
    const unit = 256 ** (3 - index);
    const given = Math.floor(address / unit) % 256;
    const base = address - given * unit;
    const least = Math.max(0, Math.ceil((first - base) / unit));
    const most = Math.min(255, Math.floor((last - base) / unit));
    if (least > most) continue;
    const wanted = least === most ? String(least) : `${least} to ${most}`;
    const covered = first === last ? "" : ` It covers ${dotted(first)} to ${dotted(last)}.`;
    return `The ${part} part of ${text} is ${given}, and it wants ${wanted}.${covered}`;
  }
  return undefined;
}

type Miss = Match["misses"][number];

/** What one entry of `allowedOrigins` makes of a page. */
export function matchOrigin(entry: string, page: Page): Match {
  const parsed = parseOrigin(entry);
  if (!parsed.ok) return matchUnreadable(entry, inWords(parsed), page);
  if (page.host === undefined) return { entry, covers: "no", misses: [] };
  const { reaches, misses } = compareHosts(parsed.value, page.host);
  if (!reaches) return { entry, covers: "no", misses };
  const doubts = [...misses, ...doubtsAbout(page)];
  return { entry, covers: doubts.length > 0 ? "maybe" : "yes", misses: doubts };
}

interface Comparison {
  /** Whether the entry allows the host, or may: then `misses` are doubts. */
  readonly reaches: boolean;
  readonly misses: readonly Miss[];
}

function compareHosts({ host: listed, wildcard }: Origin, host: string): Comparison {
  const miss = (kind: Miss["kind"], why: string, reaches = false) => ({ reaches, misses: [{ kind, why }] });
  const name = readable(host);
  if (host === listed) {
    if (!wildcard) return { reaches: true, misses: [] };
    const why = `Whether it allows ${name} itself, the apex of the wildcard, is not documented: list "${host}", too.`;
    return miss("apex", why, true);
  }
  if (host.endsWith(`.${listed}`)) {
    if (!wildcard)
      return miss(
        "subdomain",
        `It names ${listed} only, and ${name} is a subdomain of it: list "${host}" or "*.${listed}".`,
      );
    // The vendor says "all subdomains of a given domain": those of every depth.
    return { reaches: true, misses: [] };
  }
  if (listed.endsWith(`.${host}`))
    return miss("parent", `It lies under ${name}, and does not name it: list "${host}".`);
  if (areSiblings(listed, host, wildcard))
    return miss("sibling", `It names another host beside ${name}: list "${host}".`);
  const tail = wildcard ? lastLabels(host, listed.split(".").length) : host;
  return looksAlike(listed, host) || looksAlike(listed, tail)
    ? miss("look-alike", `${name} only looks like it, and is another host.`)
    : { reaches: false, misses: [] };
}

/** Two hosts right under one domain that somebody owns: not two owners under co.uk. */
function areSiblings(listed: string, host: string, wildcard: boolean): boolean {
  const parent = parentOf(host);
  const owned = parent.includes(".") && parseOrigin(parent).ok;
  return owned && (wildcard ? listed.endsWith(`.${parent}`) : parentOf(listed) === parent);
}

const parentOf = (host: string): string => host.slice(host.indexOf(".") + 1);

const lastLabels = (host: string, count: number): string => host.split(".").slice(-count).join(".");

/** What is not documented of a page whose host is listed. */
function doubtsAbout({ scheme, port, header }: PageOfSite): Miss[] {
  const doubts: Miss[] = [];
  if (scheme !== "https")
    doubts.push({
      kind: "scheme",
      why: `Entries have no scheme, and whether they allow ${scheme}:// as they do https:// is not documented: serve the page by https to be sure.`,
    });
  if (port !== "")
    doubts.push({
      kind: "port",
      why: `Entries have no port, and whether they allow port ${port} is not documented: serve the page from the scheme's own port to be sure.`,
    });
  if (header === "Referer")
    doubts.push({
      kind: "header",
      why: "Whether Referer counts where a request has no Origin is not documented: make the page send Origin (crossorigin on images) to be sure.",
    });
  return doubts;
}

/** An entry in a form that is not documented, made by hand in the console: what it may have been meant to be. */
function matchUnreadable(entry: string, reason: string, page: Page): Match {
  const why = `It ${reason}. No such form is documented.`;
  const covers = mayMean(entry, page) ? "maybe" : "no";
  return { entry, covers, misses: [{ kind: "unreadable", why }] };
}

function mayMean(entry: string, page: Page): boolean {
  if (page.host === undefined) return entry === "*";
  if (entry.includes("*")) {
    const rest = entry.slice(entry.lastIndexOf("*") + 1).replace(/[:/].*/s, "");
    return page.host.endsWith(rest.toLowerCase());
  }
  const hasScheme = entry.includes("://");
  const text = hasScheme ? entry : `${page.scheme}://${entry}`;
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  const same = url.hostname.toLowerCase().replace(/\.$/, "") === page.host;
  return (
    same && (!hasScheme || url.protocol === `${page.scheme}:`) && (url.port === "" || url.port === page.port)
  );
}

/** Whether two hosts that differ are easily taken for each other: a letter off, another alphabet, another ending, or stuck together. */
export function looksAlike(listed: string, host: string): boolean {
  // evilacme.com, and acme.com.evil.example
  if (host.endsWith(listed) || host.startsWith(`${listed}.`)) return true;
  const [left, right] = [skeleton(listed), skeleton(host)];
  return withoutEnding(left) === withoutEnding(right) || (right.length > 4 && differsLittle(left, right));
}

/** Letters that are drawn alike, as one of them. Few, and the usual ones: this gives a hint, it guards nothing. */
const DRAWN_ALIKE: Readonly<Record<string, string>> = {
  а: "a",
  е: "e",
  о: "o",
  р: "p",
  с: "c",
  у: "y",
  х: "x",
  і: "i",
  ο: "o",
  α: "a",
  ı: "i",
  "0": "o",
  "1": "l",
};

const skeleton = (host: string): string =>
  Array.from(domainToUnicode(host).normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase())
    .map((letter) => DRAWN_ALIKE[letter] ?? letter)
    .join("")
    .replaceAll("rn", "m");

/** A host without its last label: acme for acme.com. */
const withoutEnding = (host: string): string => host.replace(/\.[^.]*$/, "");

/** One letter more, less or other, or two that changed places. */
function differsLittle(left: string, right: string): boolean {
  let start = 0;
  while (start < left.length && left[start] === right[start]) start++;
  const [a, b] = [left.slice(start), right.slice(start)];
  const swapped = a[0] === b[1] && a[1] === b[0] && a.slice(2) === b.slice(2);
  return swapped || a.slice(1) === b.slice(1) || a.slice(1) === b || a === b.slice(1);
}
