import { accessChange } from "../../../cli/drift/access";
import { AddressList, isUnrestricted, OriginList, type Whitelists } from "../../../provider/whitelist";

const addresses = (...entries: string[]): Whitelists => ({
  allowedOrigins: new OriginList(),
  allowedIpAddresses: new AddressList(entries),
});
const origins = (...entries: string[]): Whitelists => ({
  allowedOrigins: new OriginList(entries),
  allowedIpAddresses: new AddressList(),
});
const nobody = { everything: false, entries: [], addresses: 0 };
const everybody = { ...nobody, everything: true };
const only = (count: number, ...entries: string[]) => ({ everything: false, entries, addresses: count });

describe("who may use the key", () => {
  test.each([
    [origins(), true],
    [origins("*"), true],
    [origins(" "), true],
    [origins("acme.com"), false],
    [addresses("*.*.*.*"), true],
    [addresses("0.0.0.0/1", "128.0.0.0/1"), true],
    [addresses("10.0.0.0/8"), false],
    [addresses("no address"), false],
  ])("%j: everybody is %s", (whitelists, unrestricted) => {
    expect(isUnrestricted(whitelists)).toBe(unrestricted);
  });
});

describe("addresses", () => {
  test.each([
    [addresses("10.0.0.1"), addresses("10.0.0.1", "10.0.0.2"), only(1, "10.0.0.2"), nobody],
    [addresses("10.0.0.0/30"), addresses("10.0.0.2"), nobody, only(3, "10.0.0.0/31", "10.0.0.3")],
    [addresses("10.0.0.0/24"), addresses("10.0.0.*"), nobody, nobody],
    [addresses("10.0.0.1"), addresses(), everybody, nobody],
    [addresses(), addresses("10.0.0.1"), nobody, { ...everybody, entries: ["10.0.0.1"], addresses: 1 }],
    [addresses("10.0.0.1"), addresses("10.0.0.1", "::1"), only(0, "::1"), nobody],
    [addresses("::2"), addresses("::1"), only(0, "::1"), only(0, "::2")],
  ])("%j to %j", (declared, actual, opens, closes) => {
    expect(accessChange("allowedIpAddresses", declared, actual)).toEqual({ opens, closes });
  });
});

describe("origins", () => {
  test.each([
    [origins("acme.com"), origins("ACME.com."), nobody, nobody],
    [origins("acme.com"), origins("acme.com", "b.io"), only(0, "b.io"), nobody],
    [origins("*.acme.com"), origins("a.b.acme.com"), nobody, only(0, "*.acme.com")],
    [origins("*.acme.com"), origins("*.a.acme.com"), nobody, only(0, "*.acme.com")],
    // Whether a wildcard covers the bare domain is not documented: the cautious reading.
    [origins("*.acme.com"), origins("*.acme.com", "acme.com"), only(0, "acme.com"), nobody],
    [origins("acme.com"), origins("notacme.com"), only(0, "notacme.com"), only(0, "acme.com")],
    [origins("acme.com"), origins("*"), everybody, nobody],
    [origins("acme.com"), addresses("10.0.0.1"), nobody, only(0, "acme.com")],
  ])("%j to %j", (declared, actual, opens, closes) => {
    expect(accessChange("allowedOrigins", declared, actual)).toEqual({ opens, closes });
  });
});
