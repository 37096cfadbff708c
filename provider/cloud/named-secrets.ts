/** From a place in a text to another, which is no longer part of it. */
export type Span = readonly [start: number, end: number];

/** JSON members, form and query parameters, headers, settings: up to where the value begins. */
const NAME =
  /(?:api[-_]?secret|client[-_]?secret|access[-_]?token|refresh[-_]?token|password|authorization)(\\*["'])?\s*[:=]\s*/gi;
const QUOTE = /\\{0,7}["']/y;
const PARAMETER = /[^\s"'&#]+/y;
const BARE = /[\w.~+/%-]{8,}={0,2}/y;

/** Where values are that stand behind a telling name. */
export function namedIn(text: string): readonly Span[] {
  const spans: Span[] = [];
  for (const { 0: all, 1: nameQuote, index } of text.matchAll(NAME)) {
    // A name within a value that is hidden.
    if (index < (spans.at(-1)?.[1] ?? 0)) continue;
    const start = index + all.length;
    const quote = at(start, QUOTE, text);
    const isParameter = all.endsWith("=") && /[?&]/.test(text[index - 1] ?? "");
    if (quote !== "") {
      const end = endOfQuoted(text, start + quote.length, quote);
      // A member of JSON is a value, whatever it looks like.
      if (nameQuote === quote || isCredential(text.slice(start + quote.length, end - quote.length)))
        spans.push([start, end]);
    } else if (isParameter) spans.push([start, start + at(start, PARAMETER, text).length]);
    else {
      const value = at(start, BARE, text);
      if (isCredential(value)) spans.push([start, start + value.length]);
    }
  }
  return spans.filter(([start, end]) => end > start);
}

/** What matches exactly there. */
function at(place: number, sticky: RegExp, text: string): string {
  sticky.lastIndex = place;
  return sticky.exec(text)?.[0] ?? "";
}

/** Behind the closing quote, which has as many backslashes as the opening one; the end of a text that was cut. */
function endOfQuoted(text: string, start: number, quote: string): number {
  const sign = quote.slice(-1);
  const escapes = quote.length - 1;
  for (let at = text.indexOf(sign, start); at !== -1; at = text.indexOf(sign, at + 1)) {
    let backslashes = 0;
    while (at - backslashes > start && text[at - backslashes - 1] === "\\") backslashes++;
    // A backslash that is part of the value is doubled at each depth of quoting.
    if (backslashes % (2 * (escapes + 1)) === escapes) return at + 1;
  }
  return text.length;
}

const CREDENTIAL = /^[\w.~+/%-]{8,}={0,2}$/;
/** Up to three words in small letters, in capitals or as names are put together; a small number, a version, a day. */
const NAME_OR_NUMBER =
  /^(?:[A-Z]?[a-z]{1,20}(?:[A-Z][a-z]{1,20}){0,5}|[A-Z]{1,20})?(?:[-_][A-Za-z]?[a-z]{1,20}){0,2}$|^v?\d{1,4}$|^\d{4}-\d\d-\d\d$/;

/**
 * Whether a text looks like a credential: long enough, of their alphabet, and neither a word (`clientSecret`,
 * `not-found`), nor a number, nor a path or an address of such (`/api/v1/clients`).
 */
export const isCredential = (text: string): boolean =>
  CREDENTIAL.test(text) && !text.split(/[./]+/).every((part) => NAME_OR_NUMBER.test(part));
