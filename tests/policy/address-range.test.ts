import { addressRange } from "../../policy/address-range";
import { clientPolicy } from "../../policy/client-rule";
import { judge, judgeRotating, UNKNOWN } from "./judge";

const policy = clientPolicy(addressRange);
const wide = (size: string, places: string, most = "65,536 (/16)"): string =>
  `Client "tiles" lets in an unbroken range of ${size} addresses by ${places}: at most ${most} are allowed, so list narrower ranges.`;
const allowing = (...allowedIpAddresses: string[]) => ({ type: "NativeConfidential", allowedIpAddresses });

test.each([
  ["a /15", ["10.0.0.0/15"], [wide("131,072", "allowedIpAddresses[0]")]],
  ["a wildcard", ["10.*.*.*"], [wide("16,777,216", "allowedIpAddresses[0]")]],
  ["a wide one among others", ["203.0.113.7", "10.0.0.0/8"], [wide("16,777,216", "allowedIpAddresses[1]")]],
  [
    "two that touch",
    ["10.1.0.0/16", "203.0.113.7", "10.0.0.0/16"],
    [wide("131,072", "allowedIpAddresses[0], allowedIpAddresses[2]")],
  ],
  [
    "one address too many",
    ["10.0.0.0/16", "10.1.0.0"],
    [wide("65,537", "allowedIpAddresses[0], allowedIpAddresses[1]")],
  ],
  [
    "two wide ones",
    ["20.0.0.0/8", "10.0.0.0/8"],
    [wide("16,777,216", "allowedIpAddresses[1]"), wide("16,777,216", "allowedIpAddresses[0]")],
  ],
  [
    "a wide one beside an unknown one",
    [UNKNOWN, "10.0.0.0/8"],
    [wide("16,777,216", "allowedIpAddresses[1]")],
  ],
  [
    "all addresses",
    ["0.0.0.0/1", "128.0.0.0/1"],
    [wide("4,294,967,296", "allowedIpAddresses[0], allowedIpAddresses[1]")],
  ],
])("%s", (_, addresses, messages) => {
  expect(judge(policy, allowing(...addresses))).toEqual(messages);
  expect(judgeRotating(policy, allowing(...addresses))).toEqual(messages);
});

test.each([
  ["a /16", ["10.0.0.0/16"]],
  ["two /16 that do not touch", ["10.0.0.0/16", "10.2.0.0/16"]],
  ["nothing", []],
  ["what is not known yet", [UNKNOWN]],
])("%s is no violation", (_, addresses) => {
  expect(judge(policy, allowing(...addresses))).toEqual([]);
});

test("no list, and one that is not known yet, are no violation", () => {
  expect(judge(policy, { type: "JavaScript" })).toEqual([]);
  expect(judge(policy, { type: "JavaScript", allowedIpAddresses: UNKNOWN })).toEqual([]);
});

test.each([
  [24, "203.0.113.0/24", "203.0.112.0/23", "256 (/24)"],
  [32, "203.0.113.7", "203.0.113.6/31", "1 (/32)"],
  [1, "0.0.0.0/1", undefined, ""],
])("widestPrefix %s", (widestPrefix, allowed, refused, most) => {
  expect(judge(policy, allowing(allowed), { config: { widestPrefix } })).toEqual([]);
  if (refused === undefined) return;
  const size = String(2 ** (33 - widestPrefix));
  expect(judge(policy, allowing(refused), { config: { widestPrefix } })).toEqual([
    wide(size, "allowedIpAddresses[0]", most),
  ]);
});

test("no address is in the message, because a program may keep it secret", () => {
  expect(judge(policy, allowing("10.0.0.0/8")).join()).not.toContain("10.0");
});
