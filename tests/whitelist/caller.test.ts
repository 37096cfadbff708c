import { UserError } from "../../provider/troubleshooting";
import { whitelistAllows, type Caller } from "../../provider/whitelist/allows";
import { server, short, site } from "./answers";

const reasonFor = (caller: Caller): string => whitelistAllows(site("unlike.net"), caller).reason;

describe("a page", () => {
  test.each([
    " https://acme.com\n",
    "acme.com/login?next=https://unlike.net/",
    "https://acme.com/about:us",
    "https://acme.com/?image=data:image/png",
  ])("%j is one of acme.com", (origin) => {
    expect(short(site("acme.com"), { origin })).toBe("allowed acme.com");
    expect(short(site("acme.com"), { referer: origin })).toBe("not-documented acme.com acme.com:header");
  });

  test.each([
    "null",
    " null ",
    "file:///tmp/map.html",
    "FILE:///C:/map.html",
    "data:text/html,x",
    "about:blank",
    "blob:https://acme.com/1",
  ])("%j is one of nowhere", (origin) => {
    expect(reasonFor({ origin })).toContain("a page without an origin (null)");
  });

  test.each([
    ["https://xn--bcher-kva.example", "https://xn--bcher-kva.example (bücher.example)"],
    ["HTTPS://Acme.com.:443/map", "https://acme.com"],
    ["capacitor://Localhost", "capacitor://localhost"],
    ["http://acme.com:8080", "http://acme.com:8080"],
    ["app://a%20b", "app://a%20b"],
  ])("%s is named %s", (origin, name) => {
    expect(reasonFor({ origin })).toBe(`The one entry of allowedOrigins does not allow ${name}.`);
  });

  test.each(["capacitor://", "app:///map.html"])("%s has no host, and is refused", (origin) => {
    expect(() => whitelistAllows(site(), { origin })).toThrow("is no origin");
  });

  test("a URL of 2048 characters is read, and of a longer one the start is quoted", () => {
    const url = (length: number): string => "https://acme.com/".padEnd(length, "x");
    expect(short(site("acme.com"), { origin: url(2048) })).toBe("allowed acme.com");
    expect(() => whitelistAllows(site("acme.com"), { origin: url(2049) })).toThrow(
      new UserError(
        "explain-client",
        `"${url(80)}" is no origin: one such as https://app.acme.com is wanted.`,
      ),
    );
  });
});

describe("an address", () => {
  test.each([" 203.0.113.9\n", "[203.0.113.9]", "::FFFF:203.0.113.9", "[::ffff:203.0.113.9]"])(
    "%j is 203.0.113.9",
    (address) => {
      expect(short(server("203.0.113.9"), { address })).toBe("allowed 203.0.113.9");
    },
  );

  test.each(["2001:db8::ffff:203.0.113.9", "[2001:db8::1]", "::ffff:102:304"])("%s is IPv6", (address) => {
    expect(whitelistAllows(server("203.0.113.9"), { address }).reason).toContain("documents IPv4 only");
  });

  test.each(["203.0.[113.9", "203.0].113.9"])("%s, with a bracket within, is none", (address) => {
    expect(() => whitelistAllows(server(), { address })).toThrow("is no address");
  });
});
