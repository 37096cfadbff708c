import { printable } from "../text";
import { bytesOf, readingsOf, type Reading } from "./encodings";

const HIDDEN = "[redacted]";
const SHORTEST_SECRET = 6;
/** So many bytes in a row of a secret are hidden wherever they stand: a text that was cut shows only a part of it. */
const PIECE = 12;

/** Secrets this process has seen, and those of them that nobody has had to hide yet: ten thousand come one by one. */
const known = new Set<string>();
let waiting: string[] = [];

/** Every piece of every secret, one character a byte, and which bytes there are in them. */
const pieces = new Set<string>();
const inPieces = new Uint8Array(256);
/** Secrets shorter than a piece, as a whole; and how they end, because most texts hold none. */
const short = new Set<string>();
const shortEnds = new Set<string>();

/** Remembers a secret so that {@link redact} hides it wherever it turns up. */
export function keepSecret(secret: string | undefined): void {
  if (secret === undefined || secret.length < SHORTEST_SECRET || known.has(secret)) return;
  known.add(secret);
  waiting.push(secret);
}

function takeApart(secret: string): void {
  // In forms a space is a plus sign, and half of a character is no character; elsewhere both are what they are.
  const spelled = [bytesOf(secret), bytesOf(secret.replaceAll(" ", "+")), Buffer.from(secret)];
  for (const text of new Set(spelled.map((bytes) => bytes.toString("latin1")))) {
    for (let at = 0; at < text.length; at++) inPieces[text.charCodeAt(at)] = 1;
    for (let at = PIECE; at <= text.length; at++) pieces.add(text.slice(at - PIECE, at));
    if (text.length >= PIECE) continue;
    short.add(text);
    shortEnds.add(text.slice(-SHORTEST_SECRET));
  }
}

const JSON_WEB_TOKEN = /(?<![\w-])eyJ[\w-]{5,}\.[\w-]{5,}(?:\.[\w-]*)?/g;
const SCHEME = /\b(bearer|basic)\s+([\w.~+/-]{8,}={0,2})/gi;

/**
 * The same text without secrets: those that are known, in every spelling in which a server or a library may send them back,
 * whole or in part; then what looks like one and stands behind a telling name.
 */
export function redact(text: string): string {
  const clean = hide(text, knownIn(text))
    .replace(JSON_WEB_TOKEN, HIDDEN)
    .replace(SCHEME, (all, scheme: string, value: string) =>
      isCredential(value) ? `${scheme} ${HIDDEN}` : all,
    );
  return hide(clean, namedIn(clean));
}

/** More than this nobody reads, and a server may say any amount. */
const LONGEST_TEXT = 100_000;

/**
 * What may be shown to a person: without secrets, on one line, and with nothing that changes the screen or is not seen on
 * it. Errors, partial failures, warnings and the log pass through here, and nobody who makes a sentence has to think of it.
 */
export const presentable = (text: string): string => printable(redact(shortened(text)));

/** The same for a text of several lines, such as a stack. */
export const presentableLines = (text: string): string =>
  redact(shortened(text)).split("\n").map(printable).join("\n");

const shortened = (text: string): string =>
  text.length > LONGEST_TEXT ? `${text.slice(0, LONGEST_TEXT)}…` : text;

function hide(text: string, spans: readonly Span[]): string {
  let clean = "";
  let done = -1;
  for (const [start, end] of spans) {
    if (start > done) clean += text.slice(Math.max(0, done), start) + HIDDEN;
    done = Math.max(done, end);
  }
  return clean + text.slice(Math.max(0, done));
}

/** Where pieces of known secrets are. Takes time that grows with the text, and not with how many secrets there are. */
function knownIn(text: string): readonly Span[] {
  for (const secret of waiting) takeApart(secret);
  waiting = [];
  if (known.size === 0) return [];
  const spans: Span[] = [];
  const least = short.size === 0 ? PIECE : SHORTEST_SECRET;
  for (const reading of readingsOf(text, least)) findPieces(reading, spans);
  return spans.sort(([left], [right]) => left - right);
}

/** The length of what is to be hidden and ends there; `run` bytes before it occur in secrets at all. */
function lengthOfPiece(read: string, end: number, run: number): number {
  if (run >= PIECE && pieces.has(read.slice(end - PIECE, end))) return PIECE;
  if (short.size === 0 || !shortEnds.has(read.slice(end - SHORTEST_SECRET, end))) return 0;
  for (let length = Math.min(run, PIECE - 1); length >= SHORTEST_SECRET; length--)
    if (short.has(read.slice(end - length, end))) return length;
  return 0;
}

function findPieces({ bytes, from, to }: Reading, spans: Span[]): void {
  const read = bytes.toString("latin1");
  let run = 0;
  let [start, end] = [0, 0];
  const keep = (): void => {
    if (end > 0) spans.push([from[start] ?? 0, to[end - 1] ?? 0]);
  };
  for (let at = 1; at <= bytes.length; at++) {
    run = inPieces[bytes[at - 1] ?? 0] === 1 ? run + 1 : 0;
    const length = run < SHORTEST_SECRET ? 0 : lengthOfPiece(read, at, run);
    if (length === 0) continue;
    if (at - length > end) {
      keep();
      start = at - length;
    } else start = Math.min(start, at - length);
    end = at;
  }
  keep();
}

/** From a place in a text to another, which is no longer part of it. */
type Span = readonly [start: number, end: number];

/** JSON members, form and query parameters, headers, settings: up to where the value begins. */
const NAME =
  /(?:api[-_]?secret|client[-_]?secret|access[-_]?token|refresh[-_]?token|password|authorization)(\\*["'])?\s*[:=]\s*/gi;
const QUOTE = /\\{0,7}["']/y;
const PARAMETER = /[^\s"'&#]+/y;
const BARE = /[\w.~+/%-]{8,}={0,2}/y;

/** Where values are that stand behind a telling name. */
function namedIn(text: string): readonly Span[] {
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
