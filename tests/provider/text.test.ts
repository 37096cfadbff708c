import fc from "fast-check";
import { isPrintable, printable } from "../../provider/text";
import { closest } from "../../provider/text";

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

const OPTIONS = ["JavaScript", "NativeConfidential"];
const PROPERTIES = [
  "type",
  "name",
  "grantedRoles",
  "allowedOrigins",
  "allowedIpAddresses",
  "active",
  "adopt",
];

test.each([
  ["javascript", OPTIONS, "JavaScript"],
  ["Javascrpit", OPTIONS, "JavaScript"],
  [" JavaScript ", OPTIONS, "JavaScript"],
  ["Native", OPTIONS, "NativeConfidential"],
  ["confidential", OPTIONS, "NativeConfidential"],
  ["allowedIps", PROPERTIES, undefined],
  ["allowedIpAdresses", PROPERTIES, "allowedIpAddresses"],
  ["allowedOrigin", PROPERTIES, "allowedOrigins"],
  ["roles", PROPERTIES, "grantedRoles"],
  ["nme", PROPERTIES, "name"],
  ["typ", PROPERTIES, "type"],
  ["  Conf  ", OPTIONS, "NativeConfidential"],
  ["ent", OPTIONS, undefined],
  ["xxtype", PROPERTIES, undefined],
  ["colour", PROPERTIES, undefined],
  ["", PROPERTIES, undefined],
  ["x", PROPERTIES, undefined],
  ["anything", [], undefined],
])("%j among %j is %j", (text, options, found) => {
  expect(closest(text, options)).toBe(found);
});

test("finds every option by one letter too many, too few, or wrong", () => {
  fc.assert(
    fc.property(fc.constantFrom(...OPTIONS), fc.nat(8), fc.constantFrom("", "q", "qq"), (option, at, put) => {
      expect(closest(option.slice(0, at) + put + option.slice(at + 1), OPTIONS)).toBe(option);
    }),
  );
});

test("never answers anything but an option, and takes a long text for none of them", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), (text) => {
      const found = closest(text, PROPERTIES);
      expect(found === undefined || PROPERTIES.includes(found)).toBe(true);
    }),
  );
  expect(closest("allowedOrigins".repeat(10_000), PROPERTIES)).toBeUndefined();
});
