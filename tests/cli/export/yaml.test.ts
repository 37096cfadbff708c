import fc from "fast-check";
import { load } from "js-yaml";
import { printYaml } from "../../../cli/export/yaml";
import { asPrettier } from "./prettier";

const written = (value: string): string => printYaml({ key: value }).join("\n").slice("key: ".length);

test.each([
  ["Shop web key", "Shop web key"],
  ["acme.com", "acme.com"],
  ["thinkgeo:Client", "thinkgeo:Client"],
  ["*.acme.com", '"*.acme.com"'],
  ["203.0.113.7", '"203.0.113.7"'],
  ["12345678-1234-4234-8234-123456789012", '"12345678-1234-4234-8234-123456789012"'],
  ["true", '"true"'],
  ["No", '"No"'],
  ["null", '"null"'],
  ["~", '"~"'],
  ["", '""'],
  ["a: b", '"a: b"'],
  ["a #b", '"a #b"'],
  ["a:", '"a:"'],
  ["ends with a space ", '"ends with a space "'],
  ["two\nlines", '"two\\nlines"'],
  ['a "b" \\ c', '"a \\"b\\" \\\\ c"'],
  ["evil \u202e live", '"evil \\u202e live"'],
  ["a\u0085b\u2028c", '"a\\u0085b\\u2028c"'],
  ["\u{e0041}", '"\\U000e0041"'],
  ["🚀", '"🚀"'],
  ["地図", '"地図"'],
])("%j is written as %s", (text, expected) => {
  expect(written(text)).toBe(expected);
});

test("maps, lists and lists of maps, as prettier formats them", async () => {
  const value = {
    none: [],
    list: ["a", "1", { b: "c" }],
    plugins: { providers: [{ name: "thinkgeo", path: "./bin" }, { name: "other" }] },
    active: false,
  };
  const text = `${printYaml(value).join("\n")}\n`;
  expect(load(text)).toEqual(value);
  expect(text).toContain("    - name: thinkgeo\n      path: ");
  expect(await asPrettier(text, "a.yaml")).toBe(text);
});

const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.string({
    unit: fc.constantFrom("a", "1", " ", ":", "#", "-", ".", "'", '"', "{", "\n", "!", "e", "_", "0"),
  }),
  fc.constantFrom(
    "on",
    "OFF",
    "y",
    ".inf",
    "1e3",
    "0x1f",
    "12:30:45",
    "2026-01-01",
    "---",
    "<<",
    "=",
    "? a",
    "- a",
  ),
);

test("whatever a text is, YAML reads the same", () => {
  fc.assert(
    fc.property(text, fc.array(text, { maxLength: 3 }), (key, list) => {
      // A map cannot have this key by assignment, and no name of a resource begins with two underscores.
      fc.pre(key !== "__proto__");
      expect(load(printYaml({ [key]: list, then: key }).join("\n"))).toEqual({ [key]: list, then: key });
    }),
    { numRuns: 2000 },
  );
});
