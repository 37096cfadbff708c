import fc from "fast-check";
import { describeBody, readAnswer } from "../../provider/cloud/answer";
import { anyText } from "./any-text";

/** A value in so many arrays. */
function nested(levels: number, value: unknown): unknown {
  return levels === 0 ? value : [nested(levels - 1, value)];
}

test.each([
  ['{"a":1}', { kind: "json", value: { a: 1 } }],
  ['\uFEFF {"a":1}\r\n', { kind: "json", value: { a: 1 } }],
  ["[]", { kind: "json", value: [] }],
  ["null", { kind: "json", value: null }],
  ['{"a":"\uFEFF"}', { kind: "json", value: { a: "\uFEFF" } }],
  ['"\uFEFF\uFEFF"', { kind: "json", value: "\uFEFF\uFEFF" }],
  ["", { kind: "empty" }],
  [" \r\n", { kind: "empty" }],
  ["\uFEFF", { kind: "empty" }],
  ["<!DOCTYPE html><p>Sign in", { kind: "html" }],
  ["\n<html>", { kind: "html" }],
  ['{"a":', { kind: "other" }],
  ["Bad Gateway", { kind: "other" }],
  [`${"[".repeat(64)}"]"${"]".repeat(64)}`, { kind: "json", value: nested(64, "]") }],
  [`${"[".repeat(65)}${"]".repeat(65)}`, { kind: "deep" }],
  [`${'{"a":'.repeat(65)}1${"}".repeat(65)}`, { kind: "deep" }],
  ["[".repeat(65), { kind: "deep" }],
  ["[".repeat(64), { kind: "other" }],
  [`["${"[".repeat(65)}"]`, { kind: "json", value: ["[".repeat(65)] }],
  [`["\\"${"[".repeat(65)}"]`, { kind: "json", value: [`"${"[".repeat(65)}`] }],
  [`["\\\\",${"[".repeat(64)}`, { kind: "deep" }],
  [`[${"[],".repeat(1_000)}[]]`, { kind: "json", value: Array.from({ length: 1_001 }, () => []) }],
  [`<script>${"[".repeat(65)}`, { kind: "html" }],
])("%j", (text, body) => {
  expect(readAnswer(text)).toEqual(body);
});

test("says in words what a body is, and quotes nothing of it", () => {
  const texts = ["{}", "[".repeat(100), "", "<p>canary", "canary"];
  expect(texts.map((text) => describeBody(readAnswer(text)))).toEqual([
    "JSON, but not the API's",
    "JSON, but not the API's: it is nested more than 64 levels deep",
    "empty",
    "an HTML page",
    "not JSON",
  ]);
});

test("any text is something, and any JSON is read as what it is", () => {
  fc.assert(fc.property(anyText(), (text) => describeBody(readAnswer(text)) !== ""));
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      const text = JSON.stringify(value);
      expect(readAnswer(text)).toEqual({ kind: "json", value: JSON.parse(text) as unknown });
    }),
  );
});

test("JSON without an end is refused before it takes memory or time", () => {
  const started = performance.now();
  for (const text of ["[".repeat(60_000_000), '{"a":'.repeat(12_000_000), `["${'\\"'.repeat(20_000_000)}`])
    expect(["deep", "other"]).toContain(readAnswer(text).kind);
  expect(performance.now() - started).toBeLessThan(5_000);
});

test("a member called __proto__ is data and changes no prototype", () => {
  const body = readAnswer('{"__proto__":{"polluted":true}}');
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  expect(body.kind).toBe("json");
});
