import { clientPolicies } from "../../../sdk/policy";
import { textOf } from "../../repository";
import { sectionOf, tableIn } from "../markdown";

const page = textOf("docs/reference/policy-rules.md");
const rows = (section: string): string[][] => tableIn(sectionOf(page, `## ${section}`), "rule");

test("the page has every rule, with its level, in the order in which they are applied", () => {
  const rules = clientPolicies.map(({ name, enforcementLevel }) => [`\`${name}\``, enforcementLevel]);
  expect(rules.length).toBeGreaterThan(8);
  expect(rows("Rules").map(([rule, level]) => [rule, level])).toEqual(rules);
});

test("the page has every setting, with its default", () => {
  const settings = clientPolicies.flatMap(({ name, configSchema }) =>
    Object.entries(configSchema?.properties ?? {})
      .filter(([setting]) => setting !== "except")
      .map(([setting, schema]) => [
        `\`${name}\``,
        `\`${setting}\``,
        `\`${JSON.stringify(schema.default).replaceAll(",", ", ")}\``,
      ]),
  );
  const documented = rows("Settings").map(([rule, setting, , value]) => [rule, setting, value]);
  expect(settings.length).toBeGreaterThan(7);
  expect(documented).toEqual([...settings, ["all but `thinkgeo-client-count`", "`except`", '`""`']]);
});

test("every setting has a type, a default and a description, and `except` is where the page says", () => {
  for (const { name, configSchema } of clientPolicies) {
    const properties = configSchema?.properties ?? {};
    expect("except" in properties).toBe(name !== "thinkgeo-client-count");
    for (const schema of Object.values(properties))
      expect(schema).toMatchObject({
        type: expect.any(String) as string,
        description: expect.stringMatching(/\.$/) as string,
        default: expect.anything() as unknown,
      });
  }
});
