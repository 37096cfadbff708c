import { existsSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { REPOSITORY, textOf } from "../repository";

/** Where a page's links, images and HTML lead, as they are written; code is left out. */
export function linksIn(page: string): string[] {
  const text = withoutCode(page);
  const inline = /\]\(\s*<?([^)\s>]+)>?(?:\s+"[^"]*")?\s*\)/g;
  const reference = /^ {0,3}\[[^\]]+\]:\s*<?(\S+?)>?(?:\s|$)/gm;
  const html = /<(?:a|img)\s[^>]*(?:href|src)="([^"]*)"/g;
  return [inline, reference, html].flatMap((form) => [...text.matchAll(form)].map(([, link = ""]) => link));
}

/** The anchors that hosts of Markdown give a page's headings: a second heading of the same words gets a number. */
export function anchorsIn(page: string): string[] {
  const seen = new Map<string, number>();
  const headings = [...withoutFences(page).matchAll(/^#{1,6} +(.+?) *#*$/gm)].map(([, heading = ""]) => {
    const words = heading
      .replace(/!?\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/\s/g, "-");
    const before = seen.get(words) ?? 0;
    seen.set(words, before + 1);
    return before === 0 ? words : `${words}-${before}`;
  });
  return [...headings, ...[...page.matchAll(/<a id="([^"]+)">/g)].map(([, id = ""]) => id)];
}

/** Whether a file of this repository, or a heading of one, is where a page's relative link leads. */
export function leadsSomewhere(page: string, link: string): boolean {
  const [path = "", anchor] = decodeURIComponent(link).split("#");
  const target = path === "" ? page : join(dirname(page), path);
  const file = join(REPOSITORY, target);
  if (target.startsWith("..") || !existsSync(file)) return false;
  if (anchor === undefined) return true;
  return !statSync(file).isDirectory() && anchorsIn(textOf(target)).includes(anchor);
}

const withoutFences = (page: string): string => page.replace(/^( *)(```+|~~~+)[^]*?^\1\2 *$/gm, "");

const withoutCode = (page: string): string => withoutFences(page).replace(/(`+)[^`][^]*?\1/g, "");
