// Control characters, lone surrogates, what ends a line, the marks that turn the direction of text on a screen, and signs
// that no screen shows. The two joiners (U+200C, U+200D) are not among them: Persian and emoji are written with them.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_C}\u00ad\u200b\u2060-\u2064\ufeff]/gu;

/**
 * The same text with every character that could change the screen, or that is not seen on it, written as its number
 * (`\u001b`). What is printable stays as it is, so a text may come here twice.
 */
export const printable = (text: string): string =>
  text.replace(UNPRINTABLE, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);

export const isPrintable = (text: string): boolean => text.search(UNPRINTABLE) === -1;
