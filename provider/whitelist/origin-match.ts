import { readable, type Page, type PageOfSite } from "./caller";
import { looksAlike } from "./look-alike";
import type { Match } from "./near-miss";
import { parseOrigin, type Origin } from "./origins";
import { inWords } from "./entry";

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
  /** Whether the entry lets in the host, or may: then `misses` are doubts. */
  readonly reaches: boolean;
  readonly misses: readonly Miss[];
}

function compareHosts({ host: listed, wildcard }: Origin, host: string): Comparison {
  const miss = (kind: Miss["kind"], why: string, reaches = false) => ({ reaches, misses: [{ kind, why }] });
  const name = readable(host);
  if (host === listed) {
    if (!wildcard) return { reaches: true, misses: [] };
    const why = `Whether it lets in ${name} itself, the apex of the wildcard, is not documented: list "${host}", too.`;
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
      why: `Entries have no scheme, and whether they let in ${scheme}:// as they do https:// is not documented: serve the page by https to be sure.`,
    });
  if (port !== "")
    doubts.push({
      kind: "port",
      why: `Entries have no port, and whether they let in port ${port} is not documented: serve the page from the scheme's own port to be sure.`,
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
