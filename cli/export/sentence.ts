/** A text as a sentence: it ends with one sign, whichever it has already. */
export const sentence = (text: string): string => (/[.?!…]$/.test(text) ? text : `${text}.`);
