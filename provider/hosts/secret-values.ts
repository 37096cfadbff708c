import { keepSecret } from "../cloud/secrets";
import { readSecretInputs, SECRETS } from "../model/client";
import { SECRET_MARK, UNKNOWN, type Properties } from "../model/values";

/** Properties whose values are words of this package, such as "delete": to hide these would make every message unreadable. */
const OF_FEW_WORDS = ["type", "deletionPolicy", "retire"];

/**
 * Hides from here on, wherever a text passes, what the program has made secret: the engine gives a provider plain values,
 * and names by `secretInputs` which they were.
 */
export function keepSecretInputs(properties: Properties): void {
  for (const key of readSecretInputs(properties)) if (!OF_FEW_WORDS.includes(key)) keepTexts(properties[key]);
}

function keepTexts(value: unknown): void {
  if (typeof value === "string") keepSecret(value === UNKNOWN ? undefined : value);
  else if (typeof value === "object" && value !== null) Object.values(value).forEach(keepTexts);
}

/** The outputs of both resources that are secret whether or not a program has made them so. */
export const SECRET_OUTPUTS: readonly string[] = [...SECRETS, "previousClientSecret"];

/**
 * The same outputs with secrets marked by the provider itself. The SDK marks them too, but not where state came from an
 * import file, which no program has registered. The engine gives them back as plain values.
 */
export const withSecrets = (outputs: Properties): Record<string, unknown> => ({
  ...marked(outputs, SECRET_OUTPUTS),
  // The names of a rotation's clients are made of the declared one.
  ...(hasSecretName(outputs) && membersWithSecretName(outputs)),
});

const marked = (outputs: Properties, keys: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(outputs).map(([key, value]) => [
      key,
      keys.includes(key) && typeof value === "string" ? { ...SECRET_MARK, value } : value,
    ]),
  );

const hasSecretName = (outputs: Properties): boolean => readSecretInputs(outputs).includes("name");

const membersWithSecretName = (outputs: Properties): Record<string, unknown> =>
  Object.fromEntries(
    ["current", "previous"].flatMap((key) => {
      const member = outputs[key];
      return typeof member === "object" && member !== null ? [[key, marked({ ...member }, ["name"])]] : [];
    }),
  );
