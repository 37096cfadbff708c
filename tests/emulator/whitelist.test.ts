import {
  allowsAddress,
  allowsOrigin,
  isAddressEntry,
  isOriginEntry,
  normaliseEntries,
} from "../../emulator/whitelist";

const rules = { originMatch: "host", wildcardCoversBare: false } as const;

test.each([
  ["203.0.113.7", "203.0.113.7", true],
  ["203.0.113.7", "203.0.113.70", false],
  ["203.0.113.*", "203.0.113.255", true],
  ["203.0.113.*", "203.0.114.1", false],
  ["203.0.*.*", "203.0.9.9", true],
  ["203.*.*.*", "204.0.0.1", false],
  ["*.*.*.*", "192.0.2.1", true],
  ["203.0.113.0/24", "203.0.113.9", true],
  ["203.0.113.0/24", "203.0.112.255", false],
  ["203.0.113.128/25", "203.0.113.127", false],
  ["203.0.113.7/32", "203.0.113.7", true],
  ["128.0.0.0/1", "255.255.255.255", true],
  ["0.0.0.0/0", "192.0.2.1", true],
  ["203.0.113.*", "::1", false],
  ["::1", "::1", true],
  ["rubbish/24", "203.0.113.9", false],
])("address %s against %s: %s", (entry, address, expected) => {
  expect(allowsAddress([entry], address)).toBe(expected);
});

test("an empty list lets every address in, a list one that any entry matches", () => {
  expect(allowsAddress([], "192.0.2.1")).toBe(true);
  expect(allowsAddress(["198.51.100.1", "192.0.2.*"], "192.0.2.1")).toBe(true);
});

test.each([
  ["acme.com", "https://acme.com", true],
  ["acme.com", "http://ACME.com:8080", true],
  ["acme.com", "https://www.acme.com", false],
  ["acme.com", "https://acme.com.evil.net", false],
  ["*.acme.com", "https://www.acme.com", true],
  ["*.acme.com", "https://a.b.acme.com", true],
  ["*.acme.com", "https://acme.com", false],
  ["*.acme.com", "https://notacme.com", false],
  ["Acme.com.", "https://acme.com", true],
  ["bücher.de", "https://xn--bcher-kva.de", true],
  ["localhost", "http://localhost:3000", true],
  ["acme.com", "null", false],
  ["acme.com", undefined, false],
])("origin %s against %s: %s", (entry, origin, expected) => {
  expect(allowsOrigin([entry], origin, rules)).toBe(expected);
});

test("an empty list lets every page in, and calls without a page", () => {
  expect([allowsOrigin([], "https://acme.com", rules), allowsOrigin([], undefined, rules)]).toEqual([
    true,
    true,
  ]);
});

test.each(["203.0.113.7", "203.0.113.*", "203.0.*.*", "203.*.*.*", "*.*.*.*", "203.0.113.0/24", "0.0.0.0/0"])(
  "%s is an address entry",
  (entry) => {
    expect(isAddressEntry(entry)).toBe(true);
  },
);

test.each([
  ...["", "*", "203.*.113.1", "*.0.113.7", "203.0.113", "203.0.113.256", "010.8.8.8", "203.0.113.0/33"],
  ...[
    "203.0.113.0/024",
    "203.0.113.0/24/8",
    "203.0.113.*/24",
    "::1",
    "acme.com",
    " 203.0.113.7",
    "203.0.113.7\n",
  ],
])("%j is no address entry", (entry) => {
  expect(isAddressEntry(entry)).toBe(false);
});

test.each(["acme.com", "*.acme.com", "localhost", "acme.com.", "ACME.com", "bücher.de", "a-b.c_d.com"])(
  "%s is an origin entry",
  (entry) => {
    expect(isOriginEntry(entry)).toBe(true);
  },
);

test.each([
  "",
  "*",
  "*.",
  "a..b",
  "https://acme.com",
  "acme.com:80",
  "acme.com/",
  "w*.acme.com",
  "-a.com",
  "a b.com",
])("%j is no origin entry", (entry) => {
  expect(isOriginEntry(entry)).toBe(false);
});

test("normalising is stable", () => {
  const once = normaliseEntries(["B.com.", "a.com", "b.com", "203.0.113.*", "203.0.113.0/24"]);
  expect(once).toEqual(["203.0.113.0/24", "a.com", "b.com"]);
  expect(normaliseEntries(once)).toEqual(once);
});
