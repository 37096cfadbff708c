import { printable } from "../../provider/text";

/**
 * JSON with a line end. What no screen shows, and what a pipeline's runner would obey in its log, is written as its number:
 * the value that a program reads is the same.
 */
export const json = (value: unknown): string =>
  `${JSON.stringify(value, null, 2).split("\n").map(printable).join("\n")}\n`;
