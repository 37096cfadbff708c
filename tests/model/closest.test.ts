import fc from "fast-check";
import { closest } from "../../provider/model/closest";

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
