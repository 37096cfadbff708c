import { matchesAll } from "../../policy/pattern";

const matches = (expression: string, text: string): boolean =>
  matchesAll(expression, text, '"except" of a rule');

test.each([
  ["web", "web", true],
  ["web", "web-2", false],
  ["web", "my web", false],
  ["web|api", "web-2", false],
  ["^web$", "web", true],
  [".*", "", true],
  [".", "🗺", true],
  ["web", "web\n", false],
  [String.raw`\p{L}+`, "Büro", true],
  ["WEB", "web", false],
])("%j and %j: %s", (expression, text, answer) => {
  expect(matches(expression, text)).toBe(answer);
});

test.each([
  ["(web", "Unterminated group"],
  ["*", "Nothing to repeat"],
  [String.raw`\-`, "Invalid escape"],
  // Right only between brackets that are put around it, and then it would match the beginning of a text.
  ["a)|(?:b", "Unmatched"],
])("%j is refused", (expression, reason) => {
  expect(() => matches(expression, "web")).toThrow(
    '"except" of a rule is no regular expression of JavaScript (with the flag u): Invalid regular expression',
  );
  expect(() => matches(expression, "web")).toThrow(reason);
});

test("text that is longer than a name can be does not match", () => {
  expect(matches("a*", "a".repeat(256))).toBe(true);
  expect(matches("a*", "a".repeat(257))).toBe(false);
});

test("an expression that would take years is given up, and named", () => {
  const text = `${"a".repeat(60)}!`;
  expect(() => matches("(a+)+", text)).toThrow(
    `"except" of a rule is "(a+)+", which takes too long on "${text}". A repetition within a repetition, such as (a+)+, does that: write it without.`,
  );
});
