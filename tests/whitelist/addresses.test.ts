import * as pulumi from "@pulumi/pulumi";
import { parseAddress, readStoredAddress, union } from "../../provider/whitelist/addresses";
import { inWords } from "../../provider/whitelist/entry";

const NOT_ONE =
  "is not an IPv4 address (203.0.113.7), a trailing wildcard (203.0.113.*) or CIDR notation (203.0.113.0/24)";
const IPV6 = "looks like IPv6, and ThinkGeo documents IPv4 only";
const LEAVE_OUT =
  'stands for every address, which is what no restriction means: leave "allowedIpAddresses" out';
const HEX = "is written in hexadecimal: use decimal parts (203.0.113.7)";
const SHORT = "is a short form: an IPv4 address has four parts (203.0.113.7)";
const OCTAL = "has a leading zero, which some programs read as octal";
const INSIDE = "has a wildcard inside a number: a wildcard stands for a whole part (203.0.113.*)";
const BEFORE = "has a wildcard before a number: wildcards may only come last (203.0.113.*)";
const NAME = "is a name, not an address: host names belong in allowedOrigins (JavaScript clients only)";
const PREFIX = "has no prefix length from 1 to 32 after its slash";
const MORE = "is an address with something behind it";
const SEVERAL = "holds more than one address: give each an entry of its own";
const X = "has an x where a wildcard is wanted";
const LETTER = "has a part that is no number: an IPv4 address has four parts (203.0.113.7)";
const MISSING = "is what JavaScript makes of a value that is missing: an IPv4 address is wanted";

describe("an entry that is accepted stands for exactly these addresses", () => {
  test.each([
    ["203.0.113.7", "203.0.113.7", "203.0.113.7"],
    ["1.0.0.0", "1.0.0.0", "1.0.0.0"],
    ["255.255.255.255", "255.255.255.255", "255.255.255.255"],
    ["203.0.113.*", "203.0.113.0", "203.0.113.255"],
    ["203.0.*.*", "203.0.0.0", "203.0.255.255"],
    ["203.*.*.*", "203.0.0.0", "203.255.255.255"],
    ["0.*.*.*", "0.0.0.0", "0.255.255.255"],
    ["203.0.113.0/24", "203.0.113.0", "203.0.113.255"],
    ["203.0.113.4/32", "203.0.113.4", "203.0.113.4"],
    ["203.0.113.4/31", "203.0.113.4", "203.0.113.5"],
    ["128.0.0.0/1", "128.0.0.0", "255.255.255.255"],
    ["0.0.0.0/1", "0.0.0.0", "127.255.255.255"],
  ])("%s", (entry, first, last) => {
    expect(parseAddress(entry)).toEqual({
      ok: true,
      value: { first: toNumber(first), last: toNumber(last) },
    });
  });
});

describe("an entry that is refused says why, and what to write where that can be guessed", () => {
  test.each([
    ["", "is empty: an IPv4 address is wanted"],
    [" \t\n", "is empty: an IPv4 address is wanted"],
    ["1".repeat(64), SHORT],
    ["1".repeat(65), "is too long for an IPv4 address or range"],
    [" 203.0.113.7", 'has spaces around it; write "203.0.113.7"'],
    ["203.0.113.7\n", 'has spaces around it; write "203.0.113.7"'],
    [" 203.0.113.7/24 ", 'has spaces around it; write "203.0.113.0/24"'],
    [" nonsense ", "has spaces around it"],
    ["https://203.0.113.7", "is a URL: an IPv4 address or range is wanted"],
    ["203.0.113.7:443", 'has a port: the whitelist holds addresses only; write "203.0.113.7"'],
    ["203.0.113.9/24:443", 'has a port: the whitelist holds addresses only; write "203.0.113.0/24"'],
    ["0.0.0.0:443", "has a port: the whitelist holds addresses only"],
    ["acme.com:443", "has a port: the whitelist holds addresses only"],
    // CVE-2021-28918 and its family: what one program reads as octal, another reads as decimal.
    ["010.8.8.8", `${OCTAL}; write "10.8.8.8"`],
    ["10.8.8.08", `${OCTAL}; write "10.8.8.8"`],
    ["203.0.113.00", `${OCTAL}; write "203.0.113.0"`],
    ["010.8.8.8/24", `${OCTAL}; write "10.8.8.0/24"`],
    ["010.8.8.*", `${OCTAL}; write "10.8.8.*"`],
    ["0999.8.8.8", OCTAL],
    ["0x7f.0.0.1", HEX],
    ["0X7F000001", HEX],
    ["0x7f.10.0.1", HEX],
    ["127.1", SHORT],
    ["1.2.3", SHORT],
    ["2130706433", SHORT],
    ["10.0.0/8", SHORT],
    ["1.2.3.4.5", "has more than four parts"],
    ["256.0.0.1", "has a part above 255"],
    ["1.2.3.999/24", "has a part above 255"],
    ["300.1.*.*", "has a part above 255"],
    ["300.*.*.*", "has a part above 255"],
    ["1.2.3.4/33", PREFIX],
    ["1.2.3.4/", PREFIX],
    ["1.2.3.4/-1", PREFIX],
    ["1.2.3.0/24/7", PREFIX],
    ["1.2.3.4/0x8", PREFIX],
    ["1.2.3.0/024", 'has a leading zero in its prefix length; write "1.2.3.0/24"'],
    ["1.2.3.4/024", 'has a leading zero in its prefix length; write "1.2.3.0/24"'],
    ["203.0.113.5/24", 'has bits set after its prefix; write "203.0.113.0/24"'],
    ["203.0.113.5/31", 'has bits set after its prefix; write "203.0.113.4/31"'],
    ["203.0.113.0/255.255.255.0", 'is written with a mask; write "203.0.113.0/24"'],
    ["203.0.113.9/255.255.0.0", 'is written with a mask; write "203.0.0.0/16"'],
    ["203.0.113.9/255.255.255.255", 'is written with a mask; write "203.0.113.9/32"'],
    ["203.0.113.9/255.0.255.0", "is written with a mask"],
    ["203.0.113.9/255.255.255.254", 'is written with a mask; write "203.0.113.8/31"'],
    ["203.0.113.9/128.0.0.1", "is written with a mask"],
    ["203.0.113.9/0.0.0.0", "is written with a mask"],
    ["0.0.0.0/0", LEAVE_OUT],
    ["203.0.113.7/0", LEAVE_OUT],
    ["203.0.113.7/00", LEAVE_OUT],
    ["0.0.0.0", LEAVE_OUT],
    ["*.*.*.*", LEAVE_OUT],
    ["*", LEAVE_OUT],
    ["*.*.*.*.*", LEAVE_OUT],
    ["203.*.113.1", BEFORE],
    ["*.0.113.1", BEFORE],
    ["203.*.113.*", BEFORE],
    ["203.0.1*.5", INSIDE],
    ["20*.0.113.*", INSIDE],
    ["203.0.113.**", INSIDE],
    ["1.2.*", 'does not have four parts; write "1.2.*.*"'],
    ["203.*", 'does not have four parts; write "203.*.*.*"'],
    ["1.2.3.4.*", "does not have four parts"],
    ["1.2.3.*.*", "does not have four parts"],
    ["203.0.113.*/24", "mixes a wildcard with CIDR notation: use one of the two"],
    ["203.0.113.1-203.0.113.9", "is a range with a hyphen: write it in CIDR notation (203.0.113.0/24)"],
    ["203.0.113.1 - 203.0.113.9", "is a range with a hyphen: write it in CIDR notation (203.0.113.0/24)"],
    ["a1.2.3.4-5", NAME],
    ["1.2.3.4-5a", LETTER],
    ["acme.com", NAME],
    ["localhost", NAME],
    ["１.2.3.4", NOT_ONE],
    ["203.0.113.7, 203.0.113.8", SEVERAL],
    ["203.0.113.0/24;198.51.100.7", SEVERAL],
    ["203.0.113.7 203.0.113.8", SEVERAL],
    ["203.0.113.1 # office", `${MORE}; write "203.0.113.1"`],
    [`203.0.113.0/24 # office: ${"x".repeat(1000)}`, `${MORE}; write "203.0.113.0/24"`],
    ["203.0.113.*  // see https://wiki.acme.com", `${MORE}; write "203.0.113.*"`],
    ["203.0.113.9/24 (office)", `${MORE}; write "203.0.113.0/24"`],
    ["203.0.113.1,", `${MORE}; write "203.0.113.1"`],
    ["0.0.0.0/0 # all", MORE],
    ["203.0.113.0 /24", NOT_ONE],
    ["203.0.113.0 / 24", NOT_ONE],
    ["203.0.113.x", `${X}; write "203.0.113.*"`],
    ["203.0.XXX.xxx", `${X}; write "203.0.*.*"`],
    ["203.0.x.*", `${X}; write "203.0.*.*"`],
    ["203.x", `${X}; write "203.*.*.*"`],
    ["203.x.113.1", X],
    ["x.x.x.x", X],
    ["203.O.113.1", LETTER],
    ["203.0.113.x/24", LETTER],
    ["undefined", MISSING],
    ["undefined/32", MISSING],
    [
      "null",
      "is what JavaScript makes of a value that is missing, and what pages without an origin send: an IPv4 address is wanted",
    ],
    [
      // eslint-disable-next-line @typescript-eslint/no-base-to-string -- what a program does by mistake
      `${String(pulumi.output("203.0.113.7"))}/32`,
      "is the text that stands for an Output in a string, where pulumi.interpolate or apply is needed: an IPv4 address is wanted",
    ],
    ["1..2.3", NOT_ONE],
    ["203..*.*", NOT_ONE],
    ["/24", NOT_ONE],
    ["+1.2.3.4", NOT_ONE],
    ["::1", IPV6],
    ["::", IPV6],
    ["2001:db8::/32", IPV6],
    ["[2001:db8::1]:443", IPV6],
    ["fe80::1%eth0", IPV6],
    ["::1.2.3.4", IPV6],
    ["::ffff:203.0.113.7", 'is an IPv4 address in IPv6 clothing; write "203.0.113.7"'],
    ["[::ffff:cb00:7107]", 'is an IPv4 address in IPv6 clothing; write "203.0.113.7"'],
    ["0:0:0:0:0:FFFF:0a00:0007", 'is an IPv4 address in IPv6 clothing; write "10.0.0.7"'],
    ["::ffff:cb00:7107%eth0", 'is an IPv4 address in IPv6 clothing; write "203.0.113.7"'],
    ["::ffff:0:cb00:7107", "looks like IPv6, and ThinkGeo documents IPv4 only"],
    ["fe80::ffff:cb00:7107", "looks like IPv6, and ThinkGeo documents IPv4 only"],
    ["::ffff:cb00:71077", "looks like IPv6, and ThinkGeo documents IPv4 only"],
  ])("%j", (entry, reason) => {
    const parsed = parseAddress(entry);
    expect(parsed.ok ? "accepted" : inWords(parsed)).toBe(reason);
  });
});

describe("what a server may have stored is read where its meaning is plain", () => {
  test.each([
    ["*", "0.0.0.0", "255.255.255.255"],
    ["*.*.*.*", "0.0.0.0", "255.255.255.255"],
    ["0.0.0.0/0", "0.0.0.0", "255.255.255.255"],
    ["203.0.113.9/00", "0.0.0.0", "255.255.255.255"],
    ["203.0.113.9/24", "203.0.113.0", "203.0.113.255"],
    ["10.0.0.0/08", "10.0.0.0", "10.255.255.255"],
    [" 203.0.113.7 ", "203.0.113.7", "203.0.113.7"],
  ])("%s", (entry, first, last) => {
    expect(readStoredAddress(entry)).toEqual({ first: toNumber(first), last: toNumber(last) });
  });

  test.each([
    "",
    "1.2.3.0/24/7",
    "010.0.0.1",
    "::/0",
    "acme.com",
    "1.2.3.4/33",
    "1.2.3.4/024",
    "1.2.3.4/-1",
    "/8",
    "a/8",
    `${" ".repeat(9)}${"0".repeat(65)}`,
  ])("%j has no plain meaning", (entry) => {
    expect(readStoredAddress(entry)).toBeUndefined();
  });
});

test("ranges that touch or overlap become one, in order", () => {
  const ranges = [
    { first: 30, last: 40 },
    { first: 1, last: 5 },
    { first: 6, last: 9 },
    { first: 11, last: 20 },
    { first: 2, last: 3 },
    { first: 12, last: 35 },
  ];
  expect(union(ranges)).toEqual([
    { first: 1, last: 9 },
    { first: 11, last: 40 },
  ]);
  expect(ranges[0]).toEqual({ first: 30, last: 40 });
});

function toNumber(address: string): number {
  return address.split(".").reduce((number, part) => number * 256 + Number(part), 0);
}
