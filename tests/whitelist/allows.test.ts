import fc from "fast-check";
import { allowsAddress, allowsOrigin } from "../../emulator/whitelist";
import { whitelistAllows, type Caller, type Whitelist } from "../../provider/whitelist/allows";
import { NEAR_MISSES } from "../../provider/whitelist/match";
import { server, short, site } from "./answers";

describe("origins", () => {
  test.each([
    [["acme.com"], "https://acme.com", "allowed acme.com"],
    [["x.com", "acme.com"], "https://acme.com", "allowed acme.com"],
    [["Acme.COM."], "https://acme.com", "allowed Acme.COM."],
    [["acme.com"], "HTTPS://ACME.COM.", "allowed acme.com"],
    [["acme.com"], "acme.com", "allowed acme.com"],
    [["acme.com"], "https://acme.com:443", "allowed acme.com"],
    [["acme.com"], "https://acme.com/map.html?x#y", "allowed acme.com"],
    [["bücher.example"], "https://xn--bcher-kva.example", "allowed bücher.example"],
    [["*.acme.com"], "https://app.acme.com", "allowed *.acme.com"],
    [["*.acme.com", "acme.com"], "https://acme.com", "allowed acme.com"],
    [["*.acme.com"], "https://acme.com", "not-documented *.acme.com *.acme.com:apex"],
    [["*.acme.com"], "https://x.y.acme.com", "allowed *.acme.com"],
    [["acme.com"], "http://acme.com", "not-documented acme.com acme.com:scheme"],
    [["acme.com"], "https://acme.com:8443", "not-documented acme.com acme.com:port"],
    [["localhost"], "http://localhost:3000", "not-documented localhost localhost:scheme localhost:port"],
    [["localhost"], "capacitor://localhost", "not-documented localhost localhost:scheme"],
    [["*.acme.com"], "http://acme.com", "not-documented *.acme.com *.acme.com:apex *.acme.com:scheme"],
    [["acme.com"], "https://app.acme.com", "refused - acme.com:subdomain"],
    [["app.acme.com"], "https://acme.com", "refused - app.acme.com:parent"],
    [["*.app.acme.com"], "https://acme.com", "refused - *.app.acme.com:parent"],
    [["api.acme.com"], "https://app.acme.com", "refused - api.acme.com:sibling"],
    [["*.api.acme.com"], "https://app.acme.com", "refused - *.api.acme.com:sibling"],
    [["acme.co.uk"], "https://unlike.co.uk", "refused -"],
    [["acme.com"], "https://evilacme.com", "refused - acme.com:look-alike"],
    [["*.acme.com"], "https://evilacme.com", "refused - *.acme.com:look-alike"],
    [["*.acme.com"], "https://app.evilacme.com", "refused - *.acme.com:look-alike"],
    [["acme.com"], "https://acme.com.evil.net", "refused - acme.com:look-alike"],
    [["acme.com"], "https://acme.com@evil.net", "refused -"],
    [["acme.com"], "https://acne.com", "refused - acme.com:look-alike"],
    [["acme.com"], "https://amce.com", "refused - acme.com:look-alike"],
    [["acme.com"], "https://acrne.com", "refused - acme.com:look-alike"],
    [["acme.com"], "https://acme.net", "refused - acme.com:look-alike"],
    [["acme.com"], "https://аcme.com", "refused - acme.com:look-alike"],
    [["*.acme.com"], "https://app.аcme.com", "refused - *.acme.com:look-alike"],
    [["acme.com"], "https://thinkgeo.com", "refused -"],
    [["acme.com"], "null", "refused -"],
    [["acme.com"], "file:///tmp/map.html", "refused -"],
    [["https://acme.com"], "https://acme.com", "not-documented https://acme.com https://acme.com:unreadable"],
    [["http://acme.com"], "https://acme.com", "refused - http://acme.com:unreadable"],
    [["acme.com:3000"], "https://acme.com:3000", "not-documented acme.com:3000 acme.com:3000:unreadable"],
    [["acme.com:3000"], "https://acme.com:4000", "refused - acme.com:3000:unreadable"],
    [["app*.acme.com"], "https://app1.acme.com", "not-documented app*.acme.com app*.acme.com:unreadable"],
    [["*"], "https://acme.com", "allowed *"],
    [["*"], "null", "allowed *"],
    [["127.0.0.1"], "http://127.0.0.1:80", "not-documented 127.0.0.1 127.0.0.1:unreadable"],
    [["https://acme.com", "acme.com"], "https://acme.com", "allowed acme.com"],
    [[" ", ""], "https://acme.com", "allowed -"],
    [[], "http://localhost:1", "allowed -"],
    [[], "null", "allowed -"],
  ])("%j and %s: %s", (entries, origin, expected) => {
    expect(short(site(...entries), { origin })).toBe(expected);
  });

  test("a request with a Referer only is at best not documented, as for images", () => {
    const referer = "https://acme.com/map/";
    expect(short(site("acme.com"), { referer })).toBe("not-documented acme.com acme.com:header");
    expect(short(site("acne.com"), { referer })).toBe("refused - acne.com:look-alike");
    expect(short(site(), { referer })).toBe("allowed -");
  });

  test("what would make sure is named", () => {
    const apex = whitelistAllows(site("*.acme.com"), { origin: "https://acme.com" });
    expect(apex.reason).toBe(
      'Whether "*.acme.com" in allowedOrigins allows https://acme.com is not documented, so count on a refusal.',
    );
    expect(apex.nearMisses[0]?.why).toContain('list "acme.com", too');
    const alike = whitelistAllows(site("acme.com"), { origin: "https://аcme.com" });
    expect(alike.nearMisses[0]?.why).toBe(
      "xn--cme-5cd.com (аcme.com) only looks like it, and is another host.",
    );
  });
});

describe("addresses", () => {
  test.each([
    [["203.0.113.9"], "203.0.113.9", "allowed 203.0.113.9"],
    [["198.51.100.7", "203.0.113.0/24"], "203.0.113.9", "allowed 203.0.113.0/24"],
    [["203.0.113.*"], "203.0.113.255", "allowed 203.0.113.*"],
    [["203.0.113.8/29"], "203.0.113.15", "allowed 203.0.113.8/29"],
    [["203.0.113.9"], "::ffff:203.0.113.9", "allowed 203.0.113.9"],
    [["203.0.113.9"], "203.0.113.8", "refused - 203.0.113.9:one-part-off"],
    [["203.0.113.0/24"], "203.0.114.9", "refused - 203.0.113.0/24:one-part-off"],
    [["203.0.113.8/29"], "203.0.113.16", "refused - 203.0.113.8/29:one-part-off"],
    [["203.0.113.0/24"], "203.1.114.9", "refused -"],
    [["203.0.113.0/24", "8.8.8.8"], "203.0.112.1", "refused - 203.0.113.0/24:one-part-off"],
    [["203.0.113.5/24"], "203.0.113.9", "not-documented 203.0.113.5/24 203.0.113.5/24:unreadable"],
    [["0.0.0.0/0"], "203.0.113.9", "allowed 0.0.0.0/0"],
    [["0.0.0.0/1", "128.0.0.0/1"], "203.0.113.9", "allowed -"],
    [["*.*.*.*"], "203.0.113.9", "allowed *.*.*.*"],
    [["203.0.113.0/24"], "2001:db8::1", "not-documented -"],
    [["2001:db8::1"], "2001:db8::1", "not-documented - 2001:db8::1:unreadable"],
    [["rubbish"], "203.0.113.9", "refused - rubbish:unreadable"],
    [[], "2001:db8::1", "allowed -"],
    [[], "203.0.113.9", "allowed -"],
  ])("%j and %s: %s", (entries, address, expected) => {
    expect(short(server(...entries), { address })).toBe(expected);
    expect(short({ ...server(...entries), type: "JavaScript" }, { address })).toBe(expected);
  });

  test("a near miss says which part is off, and what it wants", () => {
    const why = (entry: string, address: string) =>
      whitelistAllows(server(entry), { address }).nearMisses[0]?.why;
    expect(why("203.0.113.9", "203.0.113.8")).toBe("The fourth part of 203.0.113.8 is 8, and it wants 9.");
    expect(why("203.0.113.0/26", "203.0.113.99")).toBe(
      "The fourth part of 203.0.113.99 is 99, and it wants 0 to 63. It covers 203.0.113.0 to 203.0.113.63.",
    );
    expect(why("10.0.0.0/8", "11.2.3.4")).toBe(
      "The first part of 11.2.3.4 is 11, and it wants 10. It covers 10.0.0.0 to 10.255.255.255.",
    );
  });

  test("a private address is what ThinkGeo never sees, and that is said", () => {
    expect(whitelistAllows(server("10.0.0.0/8"), { address: "10.1.2.3" }).reason).toBe(
      '"10.0.0.0/8" in allowedIpAddresses allows 10.1.2.3. Mind that 10.1.2.3 is private: ThinkGeo sees the public address of its network.',
    );
  });
});

describe("which whitelist counts", () => {
  const origin = "https://acme.com";
  const address = "203.0.113.9";
  const both = { allowedOrigins: ["acme.com"], allowedIpAddresses: [address] };
  test.each<[string, Whitelist, Caller, string]>([
    ["origins, asked for an address", site("acme.com"), { address }, "refused -"],
    [
      "addresses, asked for an origin",
      { type: "JavaScript", allowedIpAddresses: [address] },
      { origin },
      "refused -",
    ],
    ["origins, asked for both", site("acme.com"), { origin, address: "8.8.8.8" }, "allowed acme.com"],
    [
      "both, one in effect",
      { type: "JavaScript", ...both, inForce: "addresses" },
      { origin },
      "refused - acme.com:other-kind",
    ],
    [
      "both, the other in effect",
      { type: "JavaScript", ...both, inForce: "origins" },
      { address },
      `refused - ${address}:other-kind`,
    ],
    [
      "both, one in effect, asked for both",
      { type: "JavaScript", ...both, inForce: "addresses" },
      { origin, address },
      `allowed ${address}`,
    ],
    [
      "an empty one in effect",
      { type: "JavaScript", allowedIpAddresses: [address], inForce: "origins" },
      { origin },
      "allowed -",
    ],
    ["both, unknown which", { type: "JavaScript", ...both }, { origin }, "not-documented -"],
    [
      "origins of a NativeConfidential client",
      { type: "NativeConfidential", ...both },
      { origin },
      "refused - acme.com:other-kind",
    ],
    ["a page with a secret", { type: "NativeConfidential" }, { origin }, "not-documented -"],
    [
      "inactive, else allowed",
      { ...site("acme.com"), active: false },
      { origin },
      "refused - acme.com:inactive",
    ],
    ["inactive, unrestricted", { ...site(), active: false }, { origin }, "refused -"],
    [
      "inactive, else refused",
      { ...site("acne.com"), active: false },
      { origin },
      "refused - acne.com:look-alike",
    ],
  ])("%s", (_, whitelist, caller, expected) => {
    expect(short(whitelist, caller)).toBe(expected);
  });
});

test.each<[Caller, string]>([
  [{ origin: "" }, '"" is no origin: one such as https://app.acme.com is wanted.'],
  [{ origin: "https://" }, '"https://" is no origin'],
  [{ origin: "two words" }, '"two words" is no origin'],
  [{ address: "acme.com" }, '"acme.com" is no address: one such as 203.0.113.9 is wanted.'],
  [{ address: "203.0.113.0/24" }, '"203.0.113.0/24" is no address'],
  [{ address: "203.0.113.9:443" }, '"203.0.113.9:443" is no address'],
])("%j is refused in a sentence", (caller, message) => {
  expect(() => whitelistAllows(site(), caller)).toThrow(message);
});

test("a caller that is nowhere is refused in a sentence", () => {
  const nowhere = {} as Caller;
  expect(() => whitelistAllows(site(), nowhere)).toThrow("Say where the request comes from");
});

describe("against the emulator, in both of its readings", () => {
  const label = fc.constantFrom("a", "b", "app", "acme");
  const host = fc
    .array(label, { minLength: 1, maxLength: 4 })
    .map((labels) => [...labels, "example"].join("."));
  const originEntry = fc.tuple(fc.boolean(), host).map(([wildcard, name]) => (wildcard ? `*.${name}` : name));
  const part = fc.constantFrom(0, 1, 9, 113, 255);
  const dotted = fc.tuple(part, part, part, part).map((parts) => parts.join("."));
  const addressEntry = fc
    .tuple(dotted, fc.constantFrom("exact", "*.*.*.*", ".*", ".*.*", "/31", "/24", "/8"))
    .map(([address, form]) => {
      const parts = address.split(".");
      if (form === "exact") return address;
      if (form.startsWith("/")) return address + form;
      return form === "*.*.*.*" ? form : parts.slice(0, 4 - form.length / 2).join(".") + form;
    });

  test("what is allowed is allowed there, and what is refused is refused", () => {
    fc.assert(
      fc.property(fc.array(originEntry, { maxLength: 4 }), host, (entries, name) => {
        const origin = `https://${name}`;
        const { verdict, nearMisses } = whitelistAllows(site(...entries), { origin });
        const seen = [true, false].map((bare) =>
          allowsOrigin(entries, origin, { originMatch: "host", wildcardCoversBare: bare }),
        );
        if (verdict !== "not-documented") expect(seen).toEqual(Array(2).fill(verdict === "allowed"));
        for (const { kind, why } of nearMisses)
          expect([NEAR_MISSES.includes(kind), why.endsWith(".")]).toEqual([true, true]);
      }),
      { numRuns: 2000 },
    );
    fc.assert(
      fc.property(fc.array(addressEntry, { maxLength: 4 }), dotted, (entries, address) => {
        const { verdict } = whitelistAllows(server(...entries), { address });
        if (verdict !== "not-documented") expect(allowsAddress(entries, address)).toBe(verdict === "allowed");
      }),
      { numRuns: 2000 },
    );
  });

  test("no text of entries or callers brings it down but with a sentence", () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: "binary" }), { maxLength: 3 }), fc.string(), (entries, text) => {
        for (const whitelist of [site(...entries), server(...entries)]) {
          for (const caller of [{ origin: text }, { address: text }, { referer: text }]) {
            try {
              whitelistAllows(whitelist, caller);
            } catch (error) {
              expect(String(error)).toMatch(
                /^Error: .* is no (?:origin|address): one such as .* is wanted\.\nSee docs/,
              );
            }
          }
        }
      }),
      { numRuns: 500 },
    );
  });
});

test("ten thousand entries take no time", () => {
  const entries = Array.from({ length: 10_000 }, (_, index) => `*.team-${index}.acme.com`);
  const started = performance.now();
  expect(whitelistAllows(site(...entries), { origin: "https://x.team-9999.acme.com" }).verdict).toBe(
    "allowed",
  );
  expect(performance.now() - started).toBeLessThan(3000);
});
