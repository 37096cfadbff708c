// Control characters, lone surrogates, what ends a line, and the marks that turn the direction of text on a screen.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_C}]/gu;

/** The same text with every character that could change the screen written as its number (`\u001b`). */
export const printable = (text: string): string =>
  text.replace(UNPRINTABLE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

export const isPrintable = (text: string): boolean => text.search(UNPRINTABLE) === -1;
