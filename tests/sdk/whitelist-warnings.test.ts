import { whitelistWarnings } from "../../sdk/whitelist-warnings";

describe("warnings about whitelists that are right and probably not meant", () => {
  test("a JavaScript client that anybody can use anywhere", () => {
    expect(whitelistWarnings("JavaScript", [], [])).toEqual([expect.stringContaining("is not restricted")]);
    expect(whitelistWarnings("JavaScript", [], ["203.0.113.7"])).toEqual([]);
    expect(whitelistWarnings("NativeConfidential", [], [])).toEqual([]);
  });

  test("subdomains without their own domain, one warning each", () => {
    expect(whitelistWarnings("JavaScript", ["*.acme.com", "acme.org", "*.acme.org"], [])).toEqual([
      expect.stringContaining('Whether "*.acme.com" also lets in "acme.com" itself is not documented'),
    ]);
    expect(whitelistWarnings("JavaScript", ["*.Acme.com", "acme.COM."], [])).toEqual([]);
  });
});
