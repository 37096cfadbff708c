import type { PolicyConfigSchema } from "@pulumi/policy";

type JsonSchema = PolicyConfigSchema["properties"][string];

/** Describes each setting of a rule, for the engine, which checks types and ranges. All have a default. */
export type SettingsSchema<S> = {
  readonly [K in keyof S]: JsonSchema & { readonly description: string; readonly default: S[K] };
};

/** A pack is configured wrongly. The engine prints the stack of what a policy throws, which would help nobody here. */
export class SettingsError extends Error {
  constructor(message: string) {
    super(message);
    this.stack = message;
  }
}

/**
 * What is configured for a rule, with defaults where nothing is. A setting that the rule does not have is refused: the
 * engine lets it pass, and a misspelt limit would be no limit.
 */
export function readSettings<S extends object, More extends object = object>(
  rule: string,
  schema: SettingsSchema<S> & SettingsSchema<More>,
  given: Readonly<Record<string, unknown>>,
): S & More {
  const names = Object.keys(schema);
  const unknown = Object.keys(given).find((name) => !names.includes(name));
  if (unknown !== undefined)
    throw new SettingsError(
      `${rule} has no setting "${unknown.slice(0, 80)}": it has ${names.map((name) => `"${name}"`).join(", ")}.`,
    );
  const defaults = Object.entries<JsonSchema>(schema).map(([name, { default: value }]) => [name, value]);
  return { ...Object.fromEntries(defaults), ...given } as S & More;
}
