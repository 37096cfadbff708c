/** Digits in threes, the same on every machine. */
export const amount = (value: number): string => value.toLocaleString("en-US");

/** So many of a thing: "1 client", "2,000 clients". */
export const count = (number: number, noun: string): string =>
  `${amount(number)} ${noun}${number === 1 ? "" : "s"}`;

/** A name or value in quotation marks, as JSON has it. */
export const quoted = (text: string): string => JSON.stringify(text);

/** A text as a sentence: it ends with one sign, whichever it has already. */
export const sentence = (text: string): string => (/[.?!…]$/.test(text) ? text : `${text}.`);

/** An order that does not depend on the machine's language. */
export const compareText = (left: string, right: string): number =>
  left < right ? -1 : left > right ? 1 : 0;
