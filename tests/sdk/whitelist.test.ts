import { whitelistWarnings } from "../../provider/whitelist/warnings";
import * as thinkgeo from "../../sdk/index";

describe("warnings about whitelists that are right and probably not meant", () => {
  test("subdomains without their own domain, one warning each", () => {
    expect(whitelistWarnings(["*.acme.com", "acme.org", "*.acme.org"])).toEqual([
      expect.stringContaining('Whether "*.acme.com" also allows "acme.com" itself is not documented'),
    ]);
    expect(whitelistWarnings(["*.Acme.com", "acme.COM."])).toEqual([]);
  });

  test("wildcards above public suffixes, with what they allow, and nothing more about them", () => {
    expect(whitelistWarnings(["acme.com", "*.railway.app", "*.core.windows.net"])).toEqual([
      'Strangers can use this key: anybody can have a site under a public suffix, and public suffixes lie below these wildcards: "*.railway.app" covers up.railway.app; "*.core.windows.net" covers web.core.windows.net, blob.core.windows.net, file.core.windows.net. List the hosts of your own sites instead.',
    ]);
  });

  test("hundreds that are alike in one sentence, with the first of them", () => {
    const alone = Array.from({ length: 300 }, (_, index) => `*.a${index}.com`);
    expect(whitelistWarnings(alone)).toEqual([
      'Whether a wildcard also allows its domain itself is not documented: list the domain too if it is to be allowed. So with 300 of allowedOrigins: "*.a0.com", "*.a1.com", "*.a2.com", "*.a3.com", "*.a4.com", and 295 more.',
    ]);
    const shared = alone.map((_, index) => ["*.on.aws", "*.railway.app"][index % 2] ?? "");
    const [warning = "", ...more] = whitelistWarnings(shared);
    expect(more).toEqual([]);
    expect(warning).toMatch(/; and 295 more\. List the hosts of your own sites instead\.$/);
    expect(warning.length).toBeLessThan(1_000);
  });

  test("of a secret list the places, and nothing of the values", () => {
    const many = ["*.railway.app", ...Array.from({ length: 300 }, (_, index) => `*.canary${index}.com`)];
    for (const list of [many, many.slice(0, 2)]) {
      const warnings = whitelistWarnings(list, true);
      expect(warnings).toEqual([
        "Strangers can use this key: anybody can have a site under a public suffix, and public suffixes lie below allowedOrigins[0]. List the hosts of your own sites instead.",
        expect.stringContaining("allowedOrigins[1]"),
      ]);
      expect(warnings.join()).not.toMatch(/canary|railway/);
    }
  });
});

test("users test their whitelists with what they import anyway", () => {
  const whitelist = { type: "JavaScript", allowedOrigins: ["acme.com", "*.acme.com"] } as const;
  const verdict = (origin: string) => thinkgeo.whitelistAllows(whitelist, { origin }).verdict;
  expect(
    ["https://acme.com", "https://app.acme.com", "https://acne.com", "http://acme.com"].map(verdict),
  ).toEqual(["allowed", "allowed", "refused", "not-documented"]);
});
