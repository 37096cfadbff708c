import * as pulumi from "@pulumi/pulumi";
import { canonicalOrigin, parseOrigin } from "../../provider/whitelist/origins";
import { inWords } from "../../provider/whitelist/entry";

const SCHEME = "has a scheme: a bare host is wanted";
const PORT = "has a port: a bare host is wanted";
const PATH = "has a path: a bare host is wanted";
const QUERY = "has a query or fragment: a bare host is wanted";
const USER = "has user information before @: a bare host is wanted";
const SPACE = "has a space or an escape in it: a bare host is wanted";
const EVERY = 'stands for every origin, which is what no restriction means: leave "allowedOrigins" out';
const WILDCARD = "has a wildcard that is not at its start: only *.host is understood";
const EMPTY_LABEL = "has an empty label (two dots together, or one at its start)";
const ADDRESS = "is an address: use allowedIpAddresses for it";
const IPV6 = "is an IPv6 address: allowedOrigins holds host names, and ThinkGeo documents IPv4 only";
const NO_HOST = "is not a host name";
const TURNED = "has characters that browsers turn into others";
const TOO_LONG = "is longer than a host name can be (253 characters)";
const GONE_WRONG = "is an address gone wrong, and no host name: use allowedIpAddresses for it";
const THERE = (entry: string): string => `${GONE_WRONG}; write "${entry}" there`;
const LOCALHOST =
  'is this machine\'s own address, and no host name: open the page as localhost; write "localhost"';
const MISSING = "is what JavaScript makes of a value that is missing: a host such as acme.com is wanted";
const NULL =
  "is what JavaScript makes of a value that is missing, and what pages without an origin send: a host such as acme.com is wanted";
const UNDEFINED = 'has the label "undefined", which is what JavaScript makes of a value that is missing';
const OUTPUT =
  "is the text that stands for an Output in a string, where pulumi.interpolate or apply is needed: a host such as acme.com is wanted";
const EXTENSION = "is the address of a browser extension, which has no host that could be listed";
const SUFFIX = "is a public suffix: anybody can have a site under it, so name your own domain";
const LABEL =
  "has a label that is none: a label is 1 to 63 letters, digits, hyphens and underscores, with no hyphen at either end";
const MIXED = "mixes alphabets in one label, which makes look-alike names";

/** What a template string makes of an Output. */
// eslint-disable-next-line @typescript-eslint/no-base-to-string -- what a program does by mistake
const OUTPUT_TEXT = String(pulumi.output("acme.com"));
const LABEL_63 = "a".repeat(63);
/** Four labels and three dots. */
const hostOf = (length: number): string =>
  [LABEL_63, LABEL_63, LABEL_63, "b".repeat(length - 3 * 64)].join(".");

describe("an entry that is accepted has one canonical form", () => {
  test.each([
    ["acme.com", "acme.com"],
    ["www.acme.com", "www.acme.com"],
    ["*.acme.com", "*.acme.com"],
    ["*.a.b.acme.com", "*.a.b.acme.com"],
    ["ACME.Com", "acme.com"],
    ["acme.com.", "acme.com"],
    ["*.Acme.COM.", "*.acme.com"],
    ["a-1.acme.com", "a-1.acme.com"],
    ["my_app.example.com", "my_app.example.com"],
    ["*.My_App.example.com.", "*.my_app.example.com"],
    ["_x.bücher.de", "_x.xn--bcher-kva.de"],
    ["1.2.3.acme.com", "1.2.3.acme.com"],
    ["null.acme.com", "null.acme.com"],
    ["1.acme.com", "1.acme.com"],
    ["localhost", "localhost"],
    ["*.localhost", "*.localhost"],
    ["intranet.corp", "intranet.corp"],
    ["alice.github.io", "alice.github.io"],
    ["*.alice.github.io", "*.alice.github.io"],
    ["acme.co.uk", "acme.co.uk"],
    ["bücher.de", "xn--bcher-kva.de"],
    ["bu\u0308cher.de", "xn--bcher-kva.de"],
    ["BÜCHER.DE.", "xn--bcher-kva.de"],
    ["*.bücher.de", "*.xn--bcher-kva.de"],
    ["XN--BCHER-KVA.de", "xn--bcher-kva.de"],
    ["straße.de", "xn--strae-oqa.de"],
    ["例え.jp", "xn--r8jz45g.jp"],
    ["пример.рф", "xn--e1afmkfd.xn--p1ai"],
    // Other alphabets beside digits and hyphens, or in another label, are no look-alikes.
    ["пример-1.acme.com", "xn---1-mlcluqhd.acme.com"],
    ["παράδειγμα.acme.com", "xn--hxajbheg2az3al.acme.com"],
    [`${LABEL_63}.com`, `${LABEL_63}.com`],
    [hostOf(253), hostOf(253)],
    [`*.${hostOf(253)}.`, `*.${hostOf(253)}`],
  ])("%s", (entry, canonical) => {
    const parsed = parseOrigin(entry);
    expect(parsed.ok ? canonicalOrigin(parsed.value) : parsed.reason).toBe(canonical);
  });
});

describe("an entry that is refused says why, and what to write where that can be guessed", () => {
  test.each([
    ["", "is empty: a host such as acme.com is wanted"],
    ["\t \n", "is empty: a host such as acme.com is wanted"],
    [" acme.com", 'has spaces around it; write "acme.com"'],
    ["acme.com\n", 'has spaces around it; write "acme.com"'],
    [" https://acme.com/map ", 'has spaces around it; write "acme.com"'],
    [" *.com", "has spaces around it"],
    ["*", EVERY],
    ["*.*", EVERY],
    ["*.*.*", EVERY],

    ["https://acme.com", `${SCHEME}; write "acme.com"`],
    ["HTTP://ACME.com", `${SCHEME}; write "ACME.com"`],
    ["https://*.acme.com", `${SCHEME}; write "*.acme.com"`],
    ["https://user:word@acme.com:8443/map?x=1#y", `${SCHEME}; write "acme.com"`],
    ["chrome-extension://abcdefghijklmnopabcdefghijklmnop", EXTENSION],
    ["moz-extension://2c127fa4-62c7-7e4f-90e5-472b45eecfdc/page.html", EXTENSION],
    ["Safari-Web-Extension://2C127FA4-62C7-7E4F-90E5-472B45EECFDC", EXTENSION],
    ["web+map.2://acme.com", `${SCHEME}; write "acme.com"`],
    ["//acme.com", `${SCHEME}; write "acme.com"`],
    ["https:/acme.com", `${SCHEME}; write "acme.com"`],
    ["http:acme.com", `${SCHEME}; write "acme.com"`],
    ["https:///acme.com", `${SCHEME}; write "acme.com"`],
    ["https://github.io", SCHEME],
    ["https://203.0.113.7", ADDRESS],
    ["https://[::1]", LOCALHOST],
    ["https://", SCHEME],
    ["9http://acme.com", `${SCHEME}; write "acme.com"`],
    ["acme.com/?from=https://evil.com", `${SCHEME}; write "acme.com"`],
    ["acme.com:443", `${PORT}; write "acme.com"`],
    ["acme.com:", `${PORT}; write "acme.com"`],
    ["*.acme.com:8080", `${PORT}; write "*.acme.com"`],
    ["localhost:3000", `${PORT}; write "localhost"`],
    ["acme.com:http", PORT],
    ["[::1]:80", LOCALHOST],
    ["[2001:db8::1]:80", IPV6],
    ["acme.com/", `${PATH}; write "acme.com"`],
    ["acme.com/maps/streets", `${PATH}; write "acme.com"`],
    ["acme.com:443/maps", `${PATH}; write "acme.com"`],
    ["acme.com\\maps", `${PATH}; write "acme.com"`],
    ["acme.com/maps\nhttps://evil.com", `${SCHEME}; write "acme.com"`],
    ["/maps", PATH],
    ["203.0.113.0/24", ADDRESS],
    ["acme.com?x=1", `${QUERY}; write "acme.com"`],
    ["acme.com#map", `${QUERY}; write "acme.com"`],
    ["alice@acme.com", `${USER}; write "acme.com"`],
    ["alice:word@acme.com:443", `${USER}; write "acme.com"`],
    ["a@b@acme.com", `${USER}; write "acme.com"`],
    ["acme.com@", USER],
    ["acme .com", SPACE],
    ["acme.com, acme.org", SPACE],
    ["%65xample.com", SPACE],
    ["acme.com\u00a0x", SPACE],

    ["*acme.com", `${WILDCARD}; write "*.acme.com"`],
    ["**.acme.com", `${WILDCARD}; write "*.acme.com"`],
    ["*.*.acme.com", `${WILDCARD}; write "*.acme.com"`],
    ["www.*.acme.com", `${WILDCARD}; write "*.acme.com"`],
    ["www.*acme.com", `${WILDCARD}; write "*.acme.com"`],
    ["acme.*", WILDCARD],
    ["*corp", WILDCARD],
    ["www.*.com", WILDCARD],
    ["www.*.co.uk", WILDCARD],

    ["acme..com", `${EMPTY_LABEL}; write "acme.com"`],
    [".acme.com", `${EMPTY_LABEL}; write "acme.com"`],
    ["acme.com..", `${EMPTY_LABEL}; write "acme.com"`],
    ["*..acme.com", `${EMPTY_LABEL}; write "*.acme.com"`],
    [".co.uk", EMPTY_LABEL],
    [".", EMPTY_LABEL],
    ["..", EMPTY_LABEL],
    ["*.", EMPTY_LABEL],

    ["203.0.113.7", ADDRESS],
    ["*.203.0.113.7", ADDRESS],
    ["203.0.113.7.", ADDRESS],
    // What browsers take for an address is one: octal, hexadecimal, short, and one number.
    ["0x7f.1", LOCALHOST],
    ["127.1", LOCALHOST],
    ["2130706433", LOCALHOST],
    ["010.8.8.8", THERE("10.8.8.8")],
    ["１２７.0.0.1", LOCALHOST],
    ["::1", LOCALHOST],
    ["2001:db8::1", IPV6],
    ["[2001:db8::1]", IPV6],
    ["203.0.113.256", GONE_WRONG],
    ["acme.123", NO_HOST],

    ["acme\u0000.com", NO_HOST],
    ["acme\u001b.com", NO_HOST],
    ["acme|.com", NO_HOST],
    ["a\u200d.com", NO_HOST],
    ["\ud800.com", NO_HOST],
    ["xn--\u0430.com", NO_HOST],
    ["acme.com。cn", `${TURNED}; write "acme.com.cn"`],
    ["ﬁ.com", `${TURNED}; write "fi.com"`],
    ["ａcme.com", `${TURNED}; write "acme.com"`],
    ["*.ａcme.com", `${TURNED}; write "*.acme.com"`],
    ["ac\u00adme.com", `${TURNED}; write "acme.com"`],
    ["ｃｏｍ", TURNED],
    ["-acme.com", LABEL],
    ["acme-.com", LABEL],
    ["www.-.com", LABEL],
    [`a${LABEL_63}.com`, LABEL],
    [`${"ü".repeat(60)}.de`, LABEL],
    ["аpple.com", MIXED],
    ["xn--pple-43d.com", MIXED],
    ["αcme.com", MIXED],
    ["աcme.com", MIXED],
    ["аω.com", MIXED],
    [hostOf(254), TOO_LONG],
    [`*.${hostOf(254)}`, TOO_LONG],
    [`*.${hostOf(253)}.x`, TOO_LONG],
    ["a".repeat(257), TOO_LONG],
    ["ü.".repeat(50) + "de", TOO_LONG],

    ["127.0.0.1", LOCALHOST],
    ["127.0.0.1:8080", LOCALHOST],
    ["http://127.0.0.1:5173/map", LOCALHOST],
    ["http://0.0.0.0:8000", LOCALHOST],
    ["http://[::1]:3000", LOCALHOST],
    ["203.0.113.x", THERE("203.0.113.*")],
    ["203.0.X.X", THERE("203.0.*.*")],
    ["https://203.0.113.x/", THERE("203.0.113.*")],
    ["203.0.113.1 # office", THERE("203.0.113.1")],
    ["203.0.113.1:8080", THERE("203.0.113.1")],
    ["203.0.113.5/24", THERE("203.0.113.0/24")],
    ["203.0.113.*", ADDRESS],
    ["203.0.*.1", GONE_WRONG],

    ["null", NULL],
    ["Null", NULL],
    ["*.null", NULL],
    ["https://null", NULL],
    ["undefined", MISSING],
    ["*.undefined", MISSING],
    ["http://undefined:3000", MISSING],
    ["undefined.acme.com", UNDEFINED],
    ["*.UNDEFINED.acme.com", UNDEFINED],
    ["https://www.undefined/map", UNDEFINED],
    [`https://${OUTPUT_TEXT}/`, OUTPUT],

    ["com", SUFFIX],
    ["*.com", SUFFIX],
    ["*.COM.", SUFFIX],
    ["co.uk", SUFFIX],
    ["*.co.uk", SUFFIX],
    ["github.io", SUFFIX],
    ["*.github.io", SUFFIX],
    ["*.рф", SUFFIX],
    ["*.anything.ck", SUFFIX],
  ])("%j", (entry, reason) => {
    const parsed = parseOrigin(entry);
    expect(parsed.ok ? "accepted" : inWords(parsed)).toBe(reason);
  });
});
