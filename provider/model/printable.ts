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
