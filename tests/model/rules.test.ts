import fc from "fast-check";
import { nameProblem } from "../../provider/model/rules";

const CONTROL = "must not have control or invisible characters (line breaks, tabs, direction marks)";
const EMPTY = "must not be empty; leave it out to have one made";

test.each([
  "Tile renderer",
  "x",
  "Ä ö ü 地図 خريطة",
  "🗺️👩‍👩‍👧",
  "a".repeat(256),
  'quotes " and \\',
  "<b>&amp;",
  "../x?y#z",
])("%j can be a name", (name) => {
  expect(nameProblem(name)).toBeUndefined();
});

test.each([
  ["", EMPTY],
  ["  \t\n", EMPTY],
  [" x", 'must not have spaces around it; write "x"'],
  ["x\u00a0", 'must not have spaces around it; write "x"'],
  [
    "Key of Calling [toString] on an [Output<T>] is not supported.\n\nTo get the value …",
    "is the text that stands for an Output in a string, where pulumi.interpolate or apply is needed",
  ],
  ["a".repeat(257), "must not be longer than 256 characters (it has 257)"],
  ["a".repeat(1_000_000), "must not be longer than 256 characters (it has 1000000)"],
  ["a\r\nb", CONTROL],
  ["a\tb", CONTROL],
  ["a\u0000b", CONTROL],
  ["a\u001b[31mb", CONTROL],
  ["a\u0085b", CONTROL],
  ["a\u2028b", CONTROL],
  ["a\u2029b", CONTROL],
  ["a\u202eb", CONTROL],
  ["a\u202ab", CONTROL],
  ["a\u200eb", CONTROL],
  ["a\u200fb", CONTROL],
  ["a\u061cb", CONTROL],
  ["a\u2066b", CONTROL],
  ["a\u2069b", CONTROL],
  ["a\u200bb", CONTROL],
  ["a\ufeffb", CONTROL],
  ["a\u00adb", CONTROL],
  ["a\ud83d", CONTROL],
  ["\udc00a", CONTROL],
])("%j cannot: %s", (name, problem) => {
  const { reason, after = "" } = nameProblem(name) ?? { reason: "" };
  expect(reason + after).toBe(problem);
});

test("a name that passes is carried by JSON and an HTTP body as it is", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary", minLength: 1 }), (name) => {
      if (nameProblem(name) !== undefined) return;
      const carried = Buffer.from(JSON.stringify({ name })).toString("utf8");
      expect(JSON.parse(carried)).toEqual({ name });
    }),
    { numRuns: 500 },
  );
});
