import fc from "fast-check";
import { matchesGlob } from "../../cli/text";

test.each([
  ["", "", true],
  ["*", "", true],
  ["?", "", false],
  ["CI *", "CI one", true],
  ["CI *", "ci one", false],
  ["*one", "CI one", true],
  ["C?", "CI", true],
  ["C?", "C", false],
  ["a*b*c", "axxbyyc", true],
  ["a*b*c", "axxcyyb", false],
  ["*ab", "aab", true],
  ["[a]", "a", false],
  [".*", "anything", false],
  ["Web", "Web client", false],
])("%j and %j: %s", (pattern, text, matches) => {
  expect(matchesGlob(pattern, text)).toBe(matches);
});

test("says the same as a regular expression", () => {
  const signs = fc
    .array(fc.constantFrom("a", "b", "*", "?"), { maxLength: 8 })
    .map((parts) => parts.join(""));
  const texts = fc.array(fc.constantFrom("a", "b"), { maxLength: 10 }).map((parts) => parts.join(""));
  fc.assert(
    fc.property(signs, texts, (pattern, text) => {
      const expression = new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`);
      expect(matchesGlob(pattern, text)).toBe(expression.test(text));
    }),
    { numRuns: 2_000 },
  );
});
