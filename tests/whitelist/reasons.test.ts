import { whitelistAllows, type Caller, type Whitelist } from "../../provider/whitelist/allows";
import { server, site } from "./answers";

const reason = (whitelist: Whitelist, caller: Caller): string => whitelistAllows(whitelist, caller).reason;
const origin = "https://acme.com";
const address = "203.0.113.9";

describe("the reason says what decides, and what to do", () => {
  test.each<[string, Whitelist, Caller, string]>([
    [
      "one entry that does not match",
      site("acne.com"),
      { origin },
      "The one entry of allowedOrigins does not allow https://acme.com.",
    ],
    [
      "several entries that do not match",
      server("8.8.8.8", "8.8.4.4"),
      { address },
      "None of the 2 entries of allowedIpAddresses allows 203.0.113.9.",
    ],
    [
      "blank entries are none",
      site(" ", "acne.com", ""),
      { origin },
      "The one entry of allowedOrigins does not allow https://acme.com.",
    ],
    [
      "a port of its own",
      site("acme.com"),
      { origin: "https://acme.com:8443" },
      'Whether "acme.com" in allowedOrigins allows https://acme.com:8443 is not documented, so count on a refusal.',
    ],
    [
      "a page of nowhere",
      site("acme.com"),
      { origin: "null" },
      "It comes from a page without an origin (null), which no entry can name: serve the page from a host.",
    ],
    [
      "a page of nowhere, and an entry for everybody",
      site("acme.com", "*"),
      { origin: "null" },
      '"*" stands for everybody, so everybody who has the key is allowed, from everywhere.',
    ],
    [
      "an IPv6 caller",
      server("203.0.113.0/24"),
      { address: "2001:db8::1" },
      "ThinkGeo documents IPv4 only, so count on a refusal of 2001:db8::1: let the caller leave by an IPv4 address, and list that.",
    ],
    [
      "both lists",
      { type: "JavaScript", allowedOrigins: ["acme.com"], allowedIpAddresses: [address] },
      { origin },
      "Both lists are filled, and a client has origins or IP addresses, not both: leave one of the two out.",
    ],
    [
      "an address where origins are in effect",
      site("acme.com"),
      { address },
      "The whitelist in effect is allowedOrigins: a caller is allowed by its Origin, whatever its address, and one that sends none is not. If it is a page, say its origin.",
    ],
    [
      "a page where addresses are in effect",
      server(address),
      { origin },
      "The whitelist in effect is allowedIpAddresses: a caller is allowed by its address, whatever its page. Say the address of those who look at the page, too.",
    ],
    [
      "no whitelist",
      site(),
      { origin },
      "No whitelist is in effect, so everybody who has the key is allowed, from everywhere.",
    ],
    [
      "no whitelist, and a secret",
      server(),
      { address },
      "No whitelist is in effect, so everybody who has the id and the secret is allowed, from everywhere.",
    ],
    [
      "no whitelist, and a secret in a page",
      server(),
      { origin },
      "No whitelist is in effect, but a NativeConfidential key needs its secret, which a page would show to everybody: use a JavaScript client for pages.",
    ],
    [
      "inactive",
      { ...site("acme.com"), active: false },
      { origin },
      "The client is inactive, so its key does not work anywhere.",
    ],
  ])("%s", (_, whitelist, caller, expected) => {
    expect(reason(whitelist, caller)).toBe(expected);
  });

  test("a page that says its visitor's address, too, is a caller that knows the secret", () => {
    expect(whitelistAllows(server(), { origin, address }).verdict).toBe("allowed");
  });
});

describe("a private address is said to be one, whatever the verdict", () => {
  test.each([
    ["10.1.2.3", true],
    ["127.0.0.1", true],
    ["169.254.1.1", true],
    ["172.16.0.1", true],
    ["172.19.0.1", true],
    ["172.20.0.1", true],
    ["172.29.0.1", true],
    ["172.31.0.1", true],
    ["192.168.0.1", true],
    ["8.8.8.8", false],
    ["100.1.2.3", false],
    ["203.10.1.2", false],
    ["172.15.0.1", false],
    ["172.32.0.1", false],
    ["172.2.0.1", false],
    ["192.167.0.1", false],
    ["192.169.0.1", false],
  ])("%s: %p", (caller, expected) => {
    const note = ` Mind that ${caller} is private: ThinkGeo sees the public address of its network.`;
    for (const entry of ["1.2.3.4", caller, `${caller}/8`]) {
      expect(reason(server(entry), { address: caller }).endsWith(note)).toBe(expected);
    }
  });

  test("a page of a private address is none", () => {
    expect(reason(site("acme.com"), { origin: "http://192.168.0.1" })).not.toContain("private");
  });
});
