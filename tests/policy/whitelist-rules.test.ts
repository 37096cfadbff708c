import { clientPolicy } from "../../sdk/policy/rule";
import { addressRange, javascriptOrigins, nativeAddresses } from "../../sdk/policy/rules";
import { judge, judgeRotating, UNKNOWN } from "./judge";

describe("thinkgeo-javascript-origins", () => {
  const policy = clientPolicy(javascriptOrigins);
  const OPEN =
    'Client "tiles" has no allowedOrigins, so the pages of every site may use its key: list the sites that use it, as in allowedOrigins: ["acme.com", "*.acme.com"].';
  const BY_ADDRESS =
    'Client "tiles" has allowedIpAddresses and no allowedOrigins, so it is not bound to your sites: list the sites that use it, as in allowedOrigins: ["acme.com", "*.acme.com"].';

  test.each([
    ["no whitelist", {}],
    ["an empty one", { allowedOrigins: [] }],
    ["one that lets everybody in", { allowedOrigins: ["acme.com", "*"] }],
    ["one of addresses that lets everybody in", { allowedIpAddresses: ["0.0.0.0/1", "128.0.0.0/1"] }],
  ])("%s is a violation", (_, props) => {
    expect(judge(policy, { type: "JavaScript", ...props })).toEqual([OPEN]);
    expect(judgeRotating(policy, { type: "JavaScript", ...props })).toEqual([OPEN]);
  });

  test.each([
    ["an origin", { type: "JavaScript", allowedOrigins: ["acme.com"] }],
    ["another type of client", { type: "NativeConfidential" }],
    ["a type that is not known yet", { type: UNKNOWN }],
    ["a whitelist that is not known yet", { type: "JavaScript", allowedOrigins: UNKNOWN }],
    ["an entry that is not known yet", { type: "JavaScript", allowedOrigins: [UNKNOWN] }],
  ])("%s is none", (_, props) => {
    expect(judge(policy, props)).toEqual([]);
  });

  describe("a wildcard above a public suffix", () => {
    const STRANGERS = (places: string): string =>
      `Client "tiles" allows the sites of strangers by ${places}: public suffixes lie below, as s3.amazonaws.com lies below *.amazonaws.com, and anybody can have a site there. List the hosts of your own sites.`;

    test.each([
      [["acme.com", "*.amazonaws.com"], "allowedOrigins[1]"],
      [["*.on.aws", UNKNOWN, "*.acme.com", "*.Railway.app."], "allowedOrigins[0], allowedOrigins[3]"],
    ])("%j is a violation, which names the place", (allowedOrigins, places) => {
      for (const judging of [judge, judgeRotating])
        expect(judging(policy, { type: "JavaScript", allowedOrigins })).toEqual([STRANGERS(places)]);
    });

    test("of your own is none", () => {
      expect(
        judge(policy, { type: "JavaScript", allowedOrigins: ["*.acme.com", "s3.amazonaws.com"] }),
      ).toEqual([]);
    });
  });

  describe("a whitelist of addresses instead", () => {
    const props = { type: "JavaScript", allowedIpAddresses: ["203.0.113.7"] };

    test("does not do by default", () => {
      expect(judge(policy, props)).toEqual([BY_ADDRESS]);
    });

    test("does with allowAddresses", () => {
      expect(judge(policy, props, { config: { allowAddresses: true } })).toEqual([]);
      expect(judge(policy, { type: "JavaScript" }, { config: { allowAddresses: true } })).toEqual([OPEN]);
    });
  });
});

describe("thinkgeo-native-addresses", () => {
  const policy = clientPolicy(nativeAddresses);
  const advice =
    'so its secret works from everywhere: list the servers that use it, as in allowedIpAddresses: ["203.0.113.0/24"].';
  const NONE = `Client "tiles" has no allowedIpAddresses, ${advice}`;
  const ALL = `Client "tiles" has allowedIpAddresses that hold every address, ${advice}`;

  test.each([
    ["no whitelist", {}, NONE],
    ["an empty one", { allowedIpAddresses: [] }, NONE],
    ["every address in two halves", { allowedIpAddresses: ["0.0.0.0/1", "128.0.0.0/1"] }, ALL],
  ])("%s is a violation", (_, props, message) => {
    expect(judge(policy, { type: "NativeConfidential", ...props })).toEqual([message]);
    expect(judgeRotating(policy, { type: "NativeConfidential", ...props })).toEqual([message]);
  });

  test.each([
    ["an address", { type: "NativeConfidential", allowedIpAddresses: ["203.0.113.7"] }],
    [
      "half of all addresses, which is the range's matter",
      { type: "NativeConfidential", allowedIpAddresses: ["0.0.0.0/1"] },
    ],
    ["another type of client", { type: "JavaScript" }],
    ["a type that is not known yet", { type: UNKNOWN }],
    ["a whitelist that is not known yet", { type: "NativeConfidential", allowedIpAddresses: UNKNOWN }],
    ["an entry that is not known yet", { type: "NativeConfidential", allowedIpAddresses: [UNKNOWN] }],
  ])("%s is none", (_, props) => {
    expect(judge(policy, props)).toEqual([]);
  });
});

describe("thinkgeo-address-range", () => {
  const policy = clientPolicy(addressRange);
  const wide = (size: string, places: string, most = "65,536 (/16)"): string =>
    `Client "tiles" allows an unbroken range of ${size} addresses by ${places}: at most ${most} are allowed, so list narrower ranges.`;
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
});
