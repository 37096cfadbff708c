/** Digits in threes, the same on every machine. */
export const amount = (value: number): string => value.toLocaleString("en-US");

/** So many of a thing: "1 client", "2,000 clients". */
export const count = (number: number, noun: string): string =>
  `${amount(number)} ${noun}${number === 1 ? "" : "s"}`;
