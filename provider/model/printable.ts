// Control characters, lone surrogates, and the marks that make text run backwards on a screen or end a line.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/gu;

/** The same text with every character that could change the screen written as its number (`\u001b`). */
export const printable = (text: string): string =>
  text.replace(UNPRINTABLE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

export const isPrintable = (text: string): boolean => text.search(UNPRINTABLE) === -1;
