import { distinct } from "../../provider/whitelist";
import { coversAddresses, sameAddresses, sameOrigins } from "./same";

describe("address lists that mean the same", () => {
  test.each<[string[], string[]]>([
    [[], []],
    [[], ["*.*.*.*"]],
    [[], ["*"]],
    [[], ["0.0.0.0/0"]],
    [[], ["203.0.113.7", "*.*.*.*", "nonsense"]],
    [[], ["0.0.0.0/1", "128.0.0.0/1"]],
    [[], [""]],
    [["203.0.113.*"], ["203.0.113.0/24"]],
    [["203.0.113.*"], ["203.0.113.77/24"]],
    [["203.0.113.*"], ["203.0.113.0/25", "203.0.113.128/25"]],
    [["203.0.*.*"], ["203.0.0.0/16"]],
    [["203.*.*.*"], ["203.0.0.0/8"]],
    [["203.0.113.7"], ["203.0.113.7/32"]],
    [["203.0.113.7"], [" 203.0.113.7 ", ""]],
    [
      ["203.0.113.7", "198.51.100.1"],
      ["198.51.100.1", "203.0.113.7", "203.0.113.7"],
    ],
    [["203.0.113.0/24", "203.0.113.7"], ["203.0.113.0/24"]],
    [["2001:DB8::1"], ["2001:db8::1", " 2001:db8::1"]],
    [
      ["nonsense", "rubbish"],
      ["rubbish", "nonsense"],
    ],
  ])("%j and %j", (left, right) => {
    expect(sameAddresses(left, right)).toBe(true);
    expect(sameAddresses(right, left)).toBe(true);
  });
});

describe("address lists that differ", () => {
  test.each<[string[], string[]]>([
    [[], ["203.0.113.7"]],
    [["203.0.113.7"], ["203.0.113.8"]],
    [["203.0.113.*"], ["203.0.113.0/25"]],
    [["203.0.113.*"], ["203.0.114.*"]],
    [["203.0.113.*"], ["203.0.113.*", "203.0.114.0"]],
    [["203.0.113.0/25"], ["203.0.113.0/25", "203.0.113.128/32"]],
    [["0.0.0.0/1"], []],
    [["128.0.0.0/1"], []],
    // Texts that cannot be read: never the same as no restriction, as a range, or as other texts that spell alike.
    [["nonsense"], []],
    [["nonsense"], ["rubbish"]],
    [["2001:db8::1"], ["203.0.113.7"]],
    [["203.0.113.7", "nonsense"], ["203.0.113.7"]],
    [["a b"], ["a", "b"]],
    [["3405803783-3405803783"], ["203.0.113.7"]],
  ])("%j and %j", (left, right) => {
    expect(sameAddresses(left, right)).toBe(false);
    expect(sameAddresses(right, left)).toBe(false);
  });
});

describe("one address list covers another", () => {
  test.each<[string[], string[]]>([
    [[], []],
    [[], ["203.0.113.7"]],
    [[], ["nonsense"]],
    [["*.*.*.*"], []],
    [["203.0.113.7"], ["203.0.113.7/32"]],
    [["203.0.113.*"], ["203.0.113.0", "203.0.113.255"]],
    [["203.0.113.0/25", "203.0.113.128/25"], ["203.0.113.*"]],
    [
      ["203.0.113.*", "198.51.100.1"],
      ["198.51.100.1", "203.0.113.16/28"],
    ],
    [["2001:db8::1", "203.0.113.7"], ["2001:DB8::1"]],
  ])("%j covers %j", (wide, narrow) => {
    expect(coversAddresses(wide, narrow)).toBe(true);
  });

  test.each<[string[], string[]]>([
    [["203.0.113.7"], []],
    [["203.0.113.7"], ["*.*.*.*"]],
    [["203.0.113.7"], ["203.0.113.6"]],
    [["203.0.113.7"], ["203.0.113.8"]],
    [["203.0.113.0/25"], ["203.0.113.*"]],
    [["203.0.113.128/25"], ["203.0.113.*"]],
    [["203.0.113.0/26", "203.0.113.128/25"], ["203.0.113.*"]],
    [["203.0.113.7"], ["203.0.113.7", "198.51.100.1"]],
    [["nonsense"], []],
    [["nonsense"], ["203.0.113.7"]],
    // What cannot be read may be what lets the caller in.
    [["203.0.113.7"], ["2001:db8::1"]],
    [["203.0.113.7"], ["203.0.113.7", "2001:db8::1"]],
  ])("%j does not cover %j", (wide, narrow) => {
    expect(coversAddresses(wide, narrow)).toBe(false);
  });
});

describe("origin lists that mean the same", () => {
  test.each<[string[], string[]]>([
    [[], []],
    [[], ["*"]],
    [[], ["acme.com", " * "]],
    [[], ["", " "]],
    [["acme.com"], ["ACME.com."]],
    [["*.acme.com"], ["*.Acme.COM"]],
    [["bücher.de"], ["xn--bcher-kva.de"]],
    [["*.bücher.de"], ["*.XN--BCHER-KVA.de"]],
    [
      ["acme.com", "acme.org"],
      ["acme.org", "acme.com", "acme.com"],
    ],
    [["https://acme.com"], [" HTTPS://acme.com", ""]],
  ])("%j and %j", (left, right) => {
    expect(sameOrigins(left, right)).toBe(true);
    expect(sameOrigins(right, left)).toBe(true);
  });
});

describe("origin lists that differ", () => {
  test.each<[string[], string[]]>([
    [[], ["acme.com"]],
    [["acme.com"], ["*.acme.com"]],
    [["acme.com"], ["www.acme.com"]],
    [["acme.com"], ["https://acme.com"]],
    [["acme.com"], ["acme.com", "acme.org"]],
    [["a b"], ["a", "b"]],
    [["*.com"], []],
    [["strasse.de"], ["straße.de"]],
  ])("%j and %j", (left, right) => {
    expect(sameOrigins(left, right)).toBe(false);
    expect(sameOrigins(right, left)).toBe(false);
  });
});

test("of entries that mean the same the first is kept", () => {
  expect(distinct(["b", "A", "a", "B", "c"], (entry) => entry.toLowerCase())).toEqual(["b", "A", "c"]);
});
