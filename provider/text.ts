import { createHash } from "node:crypto";

// Control characters, lone surrogates, what ends a line, the marks that turn the direction of text on a screen, and signs
// that no screen shows. The two joiners (U+200C, U+200D) are not among them: Persian and emoji are written with them.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_C}\u00ad\u200b\u2060-\u2064\ufeff]/gu;

// What runners of pipelines obey in a log: "##[group]" and "##vso[…]" anywhere in a line, "::set-output …::" at its start.
const BRACKET_COMMAND = /#(?=#\w{0,20}\[)/g;
const COLON_COMMAND = /^(\s*):(?=:.*::)/;

/**
 * The same text with every character that could change the screen, that is not seen on it, or that makes a command for a
 * pipeline's runner, written as its number (`\u001b`). What is printable stays as it is, so a text may come here twice.
 */
export const printable = (text: string): string =>
  text
    .replace(UNPRINTABLE, numberOf)
    .replace(BRACKET_COMMAND, numberOf)
    .replace(COLON_COMMAND, (_, blanks: string) => blanks + numberOf(":"));

export const isPrintable = (text: string): boolean => text.search(UNPRINTABLE) === -1;

const numberOf = (sign: string): string => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`;

/** A text with a full stop at its end, unless it ends like a sentence already. */
export const sentence = (text: string): string => (/[.!?…]$/.test(text) ? text : `${text}.`);

export const choiceText = (options: readonly string[]): string =>
  options.map((option) => `"${option}"`).join(" or ");

/** The option that was probably meant, if any is near enough to propose. */
export function closest(text: string, options: readonly string[]): string | undefined {
  const wanted = text.trim().toLowerCase();
  const within = options.find((option) => wanted.length > 3 && option.toLowerCase().includes(wanted));
  if (within !== undefined) return within;
  const scored = options
    .map((option) => ({ option, distance: editDistance(wanted, option.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return scored !== undefined && scored.distance <= Math.max(1, scored.option.length / 3)
    ? scored.option
    : undefined;
}

/** Levenshtein's distance, one row at a time; texts longer than any option are far from all of them. */
function editDistance(from: string, to: string): number {
  if (from.length > 64) return from.length;
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of Array.from(from).entries()) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column++) {
      const change = (row[column - 1] ?? 0) + (to[column - 1] === letter ? 0 : 1);
      next.push(Math.min(change, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}

/** The first digits of a hash of a value, the same in every run. */
export const digest = (value: unknown, digits: number): string =>
  createHash("sha256").update(sortedJson(value)).digest("hex").slice(0, digits);

/** JSON in which the order of a map's keys does not matter. */
export const sortedJson = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    typeof part === "object" && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
