import { whitelistAllows, type Caller, type Whitelist } from "../../provider/whitelist/allows";
import { server, short, site } from "./answers";

const whys = (whitelist: Whitelist, caller: Caller): string[] =>
  whitelistAllows(whitelist, caller).nearMisses.map(({ why }) => why);

const both = (allowedOrigins: string[], allowedIpAddresses: string[]): Whitelist => ({
  type: "JavaScript",
  allowedOrigins,
  allowedIpAddresses,
});

describe("why an entry does not match says what would", () => {
  test.each<[string, string, string]>([
    [
      "*.acme.com",
      "https://acme.com",
      'Whether it allows acme.com itself, the apex of the wildcard, is not documented: list "acme.com", too.',
    ],
    [
      "acme.com",
      "https://app.acme.com",
      'It names acme.com only, and app.acme.com is a subdomain of it: list "app.acme.com" or "*.acme.com".',
    ],
    ["app.acme.com", "https://acme.com", 'It lies under acme.com, and does not name it: list "acme.com".'],
    [
      "api.acme.com",
      "https://app.acme.com",
      'It names another host beside app.acme.com: list "app.acme.com".',
    ],
    ["acme.com", "https://evilacme.com", "evilacme.com only looks like it, and is another host."],
    [
      "acme.com",
      "capacitor://acme.com",
      "Entries have no scheme, and whether they allow capacitor:// as they do https:// is not documented: serve the page by https to be sure.",
    ],
    [
      "acme.com",
      "https://acme.com:8443",
      "Entries have no port, and whether they allow port 8443 is not documented: serve the page from the scheme's own port to be sure.",
    ],
    [
      "https://acme.com",
      "https://acme.com",
      'It has a scheme: a bare host is wanted; write "acme.com". No such form is documented.',
    ],
  ])("%s and %s", (entry, origin, why) => {
    expect(whys(site(entry), { origin })).toEqual([why]);
  });

  test("a request that sends Referer only", () => {
    expect(whys(site("acme.com"), { referer: "https://acme.com/map" })).toEqual([
      "Whether Referer counts where a request has no Origin is not documented: make the page send Origin (crossorigin on images) to be sure.",
    ]);
  });

  test("an address that cannot be read", () => {
    expect(whys(server("203.0.113.1-9"), { address: "203.0.113.9" })).toEqual([
      "It is a range with a hyphen: write it in CIDR notation (203.0.113.0/24). No such form is documented.",
    ]);
  });

  test("a client that is inactive", () => {
    const inactive = { ...site("*.acme.com"), active: false };
    expect(whys(inactive, { origin: "https://app.acme.com" })).toEqual([
      "It counts again once the client is active.",
    ]);
  });
});

describe("which are named, and in which order", () => {
  test("entries that may match come before those that do not, and else as they are listed", () => {
    const entries = ["x.acme.com", "*.acme.com", "acne.com", "https://acme.com", "y.acme.com"];
    expect(short(site(...entries), { origin: "https://acme.com" })).toBe(
      "not-documented *.acme.com *.acme.com:apex https://acme.com:unreadable x.acme.com:parent acne.com:look-alike y.acme.com:parent",
    );
  });

  test("an inactive client's misses come before the entry that would let the caller in", () => {
    const inactive = { ...site("x.acme.com", "*.acme.com"), active: false };
    expect(short(inactive, { origin: "https://acme.com" })).toBe(
      "refused - *.acme.com:apex x.acme.com:parent *.acme.com:inactive",
    );
  });

  test("spaces around an entry do not count, and are not shown", () => {
    expect(short(site(" acme.com\n"), { origin: "https://acme.com" })).toBe("allowed acme.com");
    expect(short(server("\t203.0.113.9 "), { address: "203.0.113.9" })).toBe("allowed 203.0.113.9");
  });

  test("a list of blanks is no list", () => {
    expect(short(both(["acme.com"], ["", " "]), { origin: "https://acme.com" })).toBe("allowed acme.com");
    expect(short(both([" "], ["203.0.113.9"]), { address: "203.0.113.9" })).toBe("allowed 203.0.113.9");
  });
});

describe("the list that is not in effect is searched for entries that match", () => {
  const ofOrigins = (...entries: string[]): Whitelist => ({
    ...both(["acme.com"], entries),
    inForce: "origins",
  });
  const ofAddresses = (...entries: string[]): Whitelist => ({
    ...both(entries, ["203.0.113.9"]),
    inForce: "addresses",
  });

  test("and they are said not to be in effect", () => {
    expect(whys(ofOrigins("203.0.113.9"), { address: "203.0.113.9" })).toEqual([
      "It matches, but it is not in effect: origins are.",
    ]);
    expect(whys(ofAddresses("acme.com"), { origin: "https://acme.com" })).toEqual([
      "It matches, but it is not in effect: addresses are.",
    ]);
  });

  test.each([
    [["acme.com", "app.acme.com"], "https://acme.com", "refused - acme.com:other-kind"],
    [["*.acme.com", "acne.com"], "https://acme.com", "refused - *.acme.com:other-kind"],
    [["https://acne.com", "https://acme.com"], "https://acme.com", "refused - https://acme.com:other-kind"],
    [["acme.com", "*"], "null", "refused - *:other-kind"],
  ])("origins %j and %s: %s", (entries, origin, expected) => {
    expect(short(ofAddresses(...entries), { origin })).toBe(expected);
  });

  test.each([
    [["203.0.113.9", "203.0.113.8"], "203.0.113.9", "refused - 203.0.113.9:other-kind"],
    [["8.8.8.8", "8.8.8.8/8"], "203.0.113.9", "refused -"],
    [["203.0.113.9/24"], "203.0.113.9", "refused - 203.0.113.9/24:other-kind"],
    [["2001:db8::1", "2001:db8::2"], "2001:DB8::1", "refused - 2001:db8::1:other-kind"],
    [["2001:DB8::1"], "2001:db8::1", "refused - 2001:DB8::1:other-kind"],
    [["0.0.0.0/0", "203.0.113.9/24", "203.0.113.9"], "2001:db8::1", "refused - 0.0.0.0/0:other-kind"],
  ])("addresses %j and %s: %s", (entries, address, expected) => {
    expect(short(ofOrigins(...entries), { address })).toBe(expected);
  });
});

describe("an entry made by hand may mean the page", () => {
  test.each([
    ["https://acme.com", "null", "no"],
    ["https://Acme.com./map", "https://acme.com", "maybe"],
    ["https://acme.com", "https://acme.com:8443", "maybe"],
    ["https://acme.com:8443", "https://acme.com:8443", "maybe"],
    ["https://acme.com:8443", "https://acme.com", "no"],
    ["https://acme.com", "http://acme.com", "no"],
    ["https://acme.com", "https://app.acme.com", "no"],
    ["acme.com/map", "http://acme.com", "maybe"],
    ["two words", "https://acme.com", "no"],
    ["https://*.Acme.com:8443/map", "https://app.acme.com", "maybe"],
    ["app*.acme.com", "https://app.acne.com", "no"],
    ["*.*.acme.com", "https://x.y.acme.com", "maybe"],
  ])("%s and %s: %s", (entry, origin, may) => {
    const expected = may === "maybe" ? `not-documented ${entry}` : "refused -";
    expect(short(site(entry), { origin })).toBe(`${expected} ${entry}:unreadable`);
  });

  test("*.*.*.* is the API's own for no restriction, whatever the caller", () => {
    expect(short(server("*.*.*.*"), { address: "2001:db8::1" })).toBe("allowed *.*.*.*");
  });
});

describe("siblings are hosts of one owner", () => {
  test.each([
    ["api.acme.co.uk", "https://app.acme.co.uk", "refused - api.acme.co.uk:sibling"],
    ["*.eu.api.acme.com", "https://app.acme.com", "refused - *.eu.api.acme.com:sibling"],
    ["eu.api.acme.com", "https://app.acme.com", "refused -"],
    ["someone.github.io", "https://else.github.io", "refused -"],
    ["acme.example", "https://unlike.example", "refused -"],
    ["intranet", "http://wiki", "refused -"],
  ])("%s and %s: %s", (entry, origin, expected) => {
    expect(short(site(entry), { origin })).toBe(expected);
  });
});
