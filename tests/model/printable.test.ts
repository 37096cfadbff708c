import fc from "fast-check";
import { isPrintable, printable } from "../../provider/model/printable";

test.each([
  ["plain ü 地 🗺", "plain ü 地 🗺"],
  ["a\nb\u0000", "a\\u000ab\\u0000"],
  ["\u001b[0m\u009b\u202e\u2066\u2028", "\\u001b[0m\\u009b\\u202e\\u2066\\u2028"],
  ["half \ud83d", "half \\ud83d"],
  ["\u200b\u2060\ufeff\u00ad\u2063", "\\u200b\\u2060\\ufeff\\u00ad\\u2063"],
  ["what is escaped: \\u001b \\n", "what is escaped: \\u001b \\n"],
  [
    "joined: \u{1f469}\u200d\u{1f469}\u200d\u{1f467} \u{1f5fa}\ufe0f می\u200cخواهم",
    "joined: \u{1f469}\u200d\u{1f469}\u200d\u{1f467} \u{1f5fa}\ufe0f می\u200cخواهم",
  ],
])("%j", (text, shown) => {
  expect(printable(text)).toBe(shown);
});

test("what comes out is printable, and what was printable stays", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      expect(isPrintable(printable(text))).toBe(true);
      expect(printable(text) === text).toBe(isPrintable(text));
    }),
  );
});
