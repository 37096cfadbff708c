/** Whether a value that comes from outside is what is expected. */
export type Check = (value: unknown) => boolean;

/** A JSON object, as opposed to null, a list or a plain value. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export const isText = (value: unknown): value is string => typeof value === "string";

export const isFlag = (value: unknown): value is boolean => typeof value === "boolean";

/** A number that is not negative. */
export const isCount = (value: unknown): value is number =>
  typeof value === "number" && Number.isFinite(value) && value >= 0;

export const isTextList = (value: unknown): value is string[] => isListOf(value, isText);

export const isListOf = (value: unknown, isItem: Check): value is unknown[] =>
  Array.isArray(value) && value.every(isItem);

export const isOneOf =
  (...known: readonly unknown[]): Check =>
  (value) =>
    known.includes(value);

export const isEither =
  (...checks: readonly Check[]): Check =>
  (value) =>
    checks.some((check) => check(value));

/** What a JSON text says, or undefined where it is no JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
