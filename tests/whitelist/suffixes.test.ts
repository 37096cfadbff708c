import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { parse } from "tldts";
import { REPOSITORY } from "../repository";
import { parseOrigin } from "../../provider/whitelist";
import { SHARED_DOMAINS } from "../../provider/whitelist/shared-domains";
import { suffixesBelow } from "../../provider/whitelist/suffixes";

const domains = SHARED_DOMAINS.trim()
  .split(/\s/)
  .map((word) => word.split(":", 1)[0] ?? "");

describe("a wildcard allows whoever has a site under", () => {
  test.each([
    ["*.amazonaws.com", "s3.amazonaws.com"],
    ["*.AmazonAWS.com.", "s3.amazonaws.com"],
    ["*.eu-west-1.amazonaws.com", "s3.eu-west-1.amazonaws.com"],
    ["*.on.aws", "airflow.ap-east-1.on.aws"],
    ["*.railway.app", "up.railway.app"],
    ["*.windows.net", "servicebus.windows.net"],
    ["*.core.windows.net", "blob.core.windows.net"],
    ["*.østfold.no", "xn--vler-qoa.xn--stfold-9xa.no"],
    ["*.za", "co.za"],
  ])("%s: %s", (entry, suffix) => {
    expect(parseOrigin(entry).ok).toBe(true);
    expect(suffixesBelow(entry)).toContain(suffix);
  });

  test.each([
    "amazonaws.com",
    "*.acme.com",
    "*.acme.co.uk",
    "*.alice.github.io",
    "*.my-bucket.s3.amazonaws.com",
    "*.localhost",
    "*.",
    "*.xn--a\u0000",
    "",
  ])("%j: nobody that is known", (entry) => {
    expect(suffixesBelow(entry)).toEqual([]);
  });
});

describe("the table", () => {
  const isSuffix = (host: string): boolean => {
    const found = parse(host, { allowPrivateDomains: true, extractHostname: false, validateHostname: false });
    return found.publicSuffix === host && (found.isIcann === true || found.isPrivate === true);
  };

  test("is what the installed Public Suffix List says: else run npm run shared-domains", () => {
    const script = join(REPOSITORY, "scripts", "shared-domains.mjs");
    expect(() => execFileSync(process.execPath, [script, "--check"], { stdio: "pipe" })).not.toThrow();
  });

  test("has only domains that may be declared, and public suffixes below them", () => {
    expect(domains.length).toBeGreaterThan(300);
    expect(domains.filter(isSuffix)).toEqual([]);
    const examples = domains.flatMap((domain) => suffixesBelow(`*.${domain}`));
    expect(examples.length).toBeGreaterThanOrEqual(domains.length);
    expect(examples.filter((example) => !isSuffix(example))).toEqual([]);
  });
});
