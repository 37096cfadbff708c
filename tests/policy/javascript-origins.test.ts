import { clientPolicy } from "../../policy/client-rule";
import { javascriptOrigins } from "../../policy/javascript-origins";
import { judge, judgeRotating, UNKNOWN } from "./judge";

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
    `Client "tiles" lets in the sites of strangers by ${places}: public suffixes lie below, as s3.amazonaws.com lies below *.amazonaws.com, and anybody can have a site there. List the hosts of your own sites.`;

  test.each([
    [["acme.com", "*.amazonaws.com"], "allowedOrigins[1]"],
    [["*.on.aws", UNKNOWN, "*.acme.com", "*.Railway.app."], "allowedOrigins[0], allowedOrigins[3]"],
  ])("%j is a violation, which names the place", (allowedOrigins, places) => {
    for (const judging of [judge, judgeRotating])
      expect(judging(policy, { type: "JavaScript", allowedOrigins })).toEqual([STRANGERS(places)]);
  });

  test("of your own is none", () => {
    expect(judge(policy, { type: "JavaScript", allowedOrigins: ["*.acme.com", "s3.amazonaws.com"] })).toEqual(
      [],
    );
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
