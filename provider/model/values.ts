/** The properties of a resource as the engine passes them: inputs, or outputs that state has. */
export type Properties = Readonly<Record<string, unknown>>;

/* How Pulumi marks values (`unknownValue`, `specialSigKey` and `specialSecretSig` of `pulumi.runtime`; tests hold them equal). */

/** Stands for a value that is not known before `up`. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

/** The key by which an object says of what kind a value is that it wraps. */
export const SIGNATURE_KEY = "4dabf18193072939515e22adb298388d";
const SECRET_SIGNATURE = "1b47061264138c4ac30d75fd1eb44270";

/** What an object has that wraps a secret. */
export const SECRET_MARK = { [SIGNATURE_KEY]: SECRET_SIGNATURE };

/** Whether a value is an object that wraps a secret. */
export const isSecretMarked = (value: unknown): boolean =>
  typeof value === "object" && value !== null && (value as Properties)[SIGNATURE_KEY] === SECRET_SIGNATURE;

/** Whether a value, or anything within it, is not known yet. */
export function hasUnknown(value: unknown): boolean {
  if (value === UNKNOWN) return true;
  return typeof value === "object" && value !== null && Object.values(value).some(hasUnknown);
}

/** All properties but some. */
export const without = (properties: Properties, keys: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(properties).filter(([key]) => !keys.includes(key)));

/** Some of the properties, where they have a value. */
export const pick = (properties: Properties, keys: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(keys.flatMap((key) => (properties[key] === undefined ? [] : [[key, properties[key]]])));

/** What was declared, without the text that loads the provider. */
export const withoutProvider = (properties: Properties): Properties => without(properties, ["__provider"]);

/** Whether an option such as `ignoreChanges` names a property as a whole, or something in it. */
export const namesProperty = (paths: readonly string[], name: string): boolean =>
  paths.some((path) => path === "*" || path.replace(/[.[].*$/s, "") === name);

/** With exact optional properties, "absent" and "undefined" are two things, and the engine refuses the second. */
export function withoutUndefined<T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(value).filter(([, entry]) => entry !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}

/** Whether a value is a list, and has something in it. */
export const hasEntries = (list: unknown): boolean => Array.isArray(list) && list.length > 0;
