import { readSettings, type SettingsSchema } from "../../policy/settings";

const SCHEMA: SettingsSchema<{ most: number; names: readonly string[] }> = {
  most: { type: "integer", default: 3, description: "How many." },
  names: { type: "array", default: ["a"], description: "Which." },
};

test("what is not configured has its default", () => {
  expect(readSettings("rule", SCHEMA, {})).toEqual({ most: 3, names: ["a"] });
  expect(readSettings("rule", SCHEMA, { most: 0 })).toEqual({ most: 0, names: ["a"] });
});

test("a setting that there is not is refused, without a stack that would hide the message", () => {
  const read = (): unknown => readSettings("rule", SCHEMA, { mots: 4 });
  expect(read).toThrow('rule has no setting "mots": it has "most", "names".');
  try {
    read();
  } catch (error) {
    expect((error as Error).stack).toBe('rule has no setting "mots": it has "most", "names".');
  }
  expect.assertions(2);
});
