// Marks that make text run backwards on a screen, and controls that JSON lets through.
const UNSEEN = /[\u007f-\u009f\u2028-\u202e\u2066-\u2069]/g;

/** JSON with a line end, and every character that could change the screen written as its number. */
export const json = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).replace(UNSEEN, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`)}\n`;
