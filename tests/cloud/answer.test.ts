import fc from "fast-check";
import { describeBody, readAnswer } from "../../provider/cloud/answer";
import { anyText } from "./any-text";

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
])("%j", (text, body) => {
  expect(readAnswer(text)).toEqual(body);
});

test("says in words what a body is, and quotes nothing of it", () => {
  expect(["{}", "", "<p>canary", "canary"].map((text) => describeBody(readAnswer(text)))).toEqual([
    "JSON, but not the API's",
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

test("a member called __proto__ is data and changes no prototype", () => {
  const body = readAnswer('{"__proto__":{"polluted":true}}');
  expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  expect(body.kind).toBe("json");
});
