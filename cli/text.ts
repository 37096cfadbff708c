/** A number with its digits in groups of three, the same on every machine. */
export const formatNumber = (value: number): string => value.toLocaleString("en-US");

/** A number of things: "1 client", "2,000 clients". */
export const count = (number: number, noun: string): string =>
  `${formatNumber(number)} ${noun}${number === 1 ? "" : "s"}`;

/** A name or value in quotation marks, with escapes as in JSON; what is longer than `most` is cut off. */
export const quoted = (text: string, most = Infinity): string => JSON.stringify(text.slice(0, most));

/** An order that does not depend on the machine's language. */
export const compareText = (left: string, right: string): number =>
  left < right ? -1 : left > right ? 1 : 0;

/** The elements of a list that are text; none if it is no list. */
export const textsIn = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];

/** The value of a JSON text; undefined if it is none. The parser's own message would quote the text, which may hold secrets. */
export function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** Whether a text matches a pattern in which `*` is any text and `?` any character. Its time is at most the product of both lengths. */
export function matchesGlob(pattern: string, text: string): boolean {
  let at = 0;
  let sign = 0;
  let star = -1;
  let retry = 0;
  while (at < text.length) {
    if (pattern[sign] === "*") {
      star = sign++;
      retry = at;
    } else if (sign < pattern.length && (pattern[sign] === "?" || pattern[sign] === text[at])) {
      sign++;
      at++;
    } else if (star !== -1) {
      // Let the last star match one character more.
      sign = star + 1;
      at = ++retry;
    } else return false;
  }
  while (pattern[sign] === "*") sign++;
  return sign === pattern.length;
}
