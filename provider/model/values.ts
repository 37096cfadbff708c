/** The properties of a resource as the engine passes them: inputs, or outputs that state has. */
export type Properties = Readonly<Record<string, unknown>>;

/** How a value that is not known before `up` looks to a provider (`pulumi.runtime.unknownValue`; a test holds them equal). */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** Whether a value, or anything within it, is not known yet. */
export function hasUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}

/** What was declared, without the text that loads the provider. */
export const withoutProvider = (properties: Properties): Properties =>
  Object.fromEntries(Object.entries(properties).filter(([key]) => key !== "__provider"));

/** With exact optional properties, "absent" and "undefined" are two things, and the engine refuses the second. */
export function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/** Whether a value is a list, and has something in it. */
export const hasEntries = (list: unknown): boolean => Array.isArray(list) && list.length > 0;
