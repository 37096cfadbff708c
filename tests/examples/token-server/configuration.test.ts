import { ConfigurationError, readConfiguration } from "../../../examples/token-server/server/configuration";

const SECRET = "s3cret-that-nobody-may-see~~";
const minimal = {
  THINKGEO_CLIENT_ID: "id~",
  THINKGEO_CLIENT_SECRET: SECRET,
  ALLOWED_ORIGINS: "https://maps.acme.com",
};

function problemsOf(changes: Readonly<Record<string, string>>): readonly string[] {
  try {
    readConfiguration({ ...minimal, ...changes });
  } catch (error) {
    if (error instanceof ConfigurationError) return error.problems;
    throw error;
  }
  return [];
}

test("three settings are enough; the rest has defaults that harm nobody", () => {
  const { trustedProxies, ...rest } = readConfiguration(minimal);

  expect(rest).toEqual({
    tokenUrl: "https://cloud.thinkgeo.com/identity/connect/token",
    clientId: "id~",
    clientSecret: SECRET,
    host: "127.0.0.1",
    port: 8080,
    allowedOrigins: new Set(["https://maps.acme.com"]),
    requestsPerMinute: 30,
    shutdownSeconds: 10,
  });
  expect(trustedProxies.check("127.0.0.1")).toBe(false);
});

test("what is set is used", () => {
  const configuration = readConfiguration({
    ...minimal,
    THINKGEO_API_URL: "http://127.0.0.1:4747/",
    HOST: "0.0.0.0",
    PORT: "0",
    ALLOWED_ORIGINS: "https://maps.acme.com, http://localhost:5173,",
    TRUST_PROXY: "10.0.0.0/8, 2001:db8::1",
    RATE_LIMIT: "5",
    SHUTDOWN_SECONDS: "3",
  });

  expect(configuration).toMatchObject({
    tokenUrl: "http://127.0.0.1:4747/identity/connect/token",
    host: "0.0.0.0",
    port: 0,
    allowedOrigins: new Set(["https://maps.acme.com", "http://localhost:5173"]),
    requestsPerMinute: 5,
    shutdownSeconds: 3,
  });
  const trusts = (address: string, family: "ipv4" | "ipv6"): boolean =>
    configuration.trustedProxies.check(address, family);
  expect([trusts("10.1.2.3", "ipv4"), trusts("11.1.2.3", "ipv4")]).toEqual([true, false]);
  expect([trusts("2001:db8::1", "ipv6"), trusts("2001:db8::2", "ipv6")]).toEqual([true, false]);
});

test("the widest networks of one's own are ranges of proxies, and IPv4 is known under IPv6 too", () => {
  const { trustedProxies } = readConfiguration({
    ...minimal,
    TRUST_PROXY: "10.0.0.0/8,fc00::/7,::ffff:192.0.2.0/120,::ffff:c633:6407",
  });
  expect(["10.9.9.9", "192.0.2.9", "198.51.100.7"].map((address) => trustedProxies.check(address))).toEqual([
    true,
    true,
    true,
  ]);
  expect(trustedProxies.check("192.0.3.1")).toBe(false);
  expect(trustedProxies.check("fd00::1", "ipv6")).toBe(true);
});

test("a token URL of its own goes before the API's", () => {
  const urls = { THINKGEO_API_URL: "https://a.example", THINKGEO_TOKEN_URL: "https://b.example/token" };
  expect(readConfiguration({ ...minimal, ...urls }).tokenUrl).toBe("https://b.example/token");
});

test.each([
  ["THINKGEO_CLIENT_ID", "", /^THINKGEO_CLIENT_ID is missing: "pulumi stack output clientId" prints it\.$/],
  ["THINKGEO_CLIENT_SECRET", "", /is missing: "pulumi stack output clientSecret --show-secrets" prints it/],
  ["THINKGEO_CLIENT_SECRET", "[secret]", /is the word "\[secret\]", not the secret/],
  ["THINKGEO_CLIENT_SECRET", `${SECRET}\n`, /has a blank, a line break or another odd character/],
  ["THINKGEO_API_URL", "cloud", /^THINKGEO_API_URL is not a URL/],
  ["THINKGEO_API_URL", "http://cloud.example", /^THINKGEO_API_URL must begin with https:/],
  ["THINKGEO_TOKEN_URL", "ftp://cloud.example", /^THINKGEO_TOKEN_URL is not a URL/],
  ["THINKGEO_TOKEN_URL", `https://me:${SECRET}@cloud.example`, /must not hold a name or a password/],
  ["ALLOWED_ORIGINS", " , ", /^ALLOWED_ORIGINS is missing/],
  ["ALLOWED_ORIGINS", "*", /"\*" is not an origin; write each one in full/],
  ["ALLOWED_ORIGINS", "https://*.acme.com", /write each one in full/],
  ["ALLOWED_ORIGINS", "acme.com", /write "https:\/\/acme\.com"/],
  ["ALLOWED_ORIGINS", "acme.com:8443", /write "https:\/\/acme\.com:8443"/],
  ["ALLOWED_ORIGINS", "https://acme.com/", /write "https:\/\/acme\.com"/],
  ["ALLOWED_ORIGINS", "https://Acme.com:443", /write "https:\/\/acme\.com"/],
  ["ALLOWED_ORIGINS", "http://acme.com", /must begin with https:/],
  ["ALLOWED_ORIGINS", "null", /write "https:\/\/null"/],
  ["PORT", "65536", /^PORT must be a whole number from 0 to 65535, not "65536"\.$/],
  ["RATE_LIMIT", "0", /^RATE_LIMIT must be a whole number from 1/],
  ["SHUTDOWN_SECONDS", "1e9", /^SHUTDOWN_SECONDS must be/],
  ["TRUST_PROXY", "true", /^TRUST_PROXY: "true" is neither an address nor a range/],
  [
    "TRUST_PROXY",
    "0.0.0.0/0",
    /^TRUST_PROXY: "0\.0\.0\.0\/0" trusts everybody, .*: list the addresses of your proxies\.$/,
  ],
  ["TRUST_PROXY", "0.0.0.0/1", /^TRUST_PROXY: .* trusts everybody/],
  ["TRUST_PROXY", "2000::/3", /^TRUST_PROXY: .* trusts everybody/],
  ["TRUST_PROXY", "::ffff:0.0.0.0/97", /^TRUST_PROXY: .* trusts everybody/],
  ["TRUST_PROXY", "10.0.0.0/33", /^TRUST_PROXY/],
  ["TRUST_PROXY", "10.0.0.0/8/8", /^TRUST_PROXY/],
])("%s=%j is refused in a sentence", (name, value, sentence) => {
  expect(problemsOf({ [name]: value })).toEqual([expect.stringMatching(sentence)]);
});

test("all problems are said at once, and none has the secret in it", () => {
  const problems = problemsOf({
    THINKGEO_CLIENT_ID: "",
    THINKGEO_CLIENT_SECRET: `${SECRET} `,
    ALLOWED_ORIGINS: "acme.com",
    PORT: "x",
    TRUST_PROXY: "y",
  });

  expect(problems).toHaveLength(5);
  expect(problems.join("\n")).not.toContain(SECRET);
});
