import fc from "fast-check";
import {
  ConfigurationError,
  keyProblems,
  readConfiguration,
  SETTINGS,
  type Configuration,
} from "../../provider/configuration";

type Settings = Readonly<Record<string, string | undefined>>;

const CREDENTIALS = { clientId: "an-id", clientSecret: "a-secret" };

function read(config: Settings, environment: Settings = {}): Configuration {
  const lookup = (key: string): string | undefined => config[key.replace(/^thinkgeo:/, "")];
  return readConfiguration(lookup, environment);
}
const readWith = (settings: Settings): Configuration => read({ ...CREDENTIALS, ...settings });

describe("where a setting comes from", () => {
  const BOTH: readonly (readonly [keyof Configuration, string, string, string, unknown, unknown])[] = [
    ["clientId", "clientId", "THINKGEO_CLIENT_ID", "a b", "a", "b"],
    ["clientSecret", "clientSecret", "THINKGEO_CLIENT_SECRET", "a b", "a", "b"],
    [
      "apiUrl",
      "apiUrl",
      "THINKGEO_API_URL",
      "https://a.test https://b.test",
      "https://a.test",
      "https://b.test",
    ],
    [
      "tokenUrl",
      "tokenUrl",
      "THINKGEO_TOKEN_URL",
      "https://a.test/t https://b.test/t",
      "https://a.test/t",
      "https://b.test/t",
    ],
    ["requestTimeoutMs", "requestTimeout", "THINKGEO_REQUEST_TIMEOUT", "5 7", 5_000, 7_000],
    ["maxConcurrency", "maxConcurrency", "THINKGEO_MAX_CONCURRENCY", "5 7", 5, 7],
    ["onLostClient", "onLostClient", "THINKGEO_ON_LOST_CLIENT", "adopt stop", "adopt", "stop"],
    ["onVanished", "onVanished", "THINKGEO_ON_VANISHED", "accept stop", "accept", "stop"],
    ["allowSelfLockout", "allowSelfLockout", "THINKGEO_ALLOW_SELF_LOCKOUT", "true false", true, false],
  ];

  test.each(BOTH)("%s: the stack's configuration, then %s in the environment as %s", (...row) => {
    const [field, key, variable, values, fromConfig, fromEnvironment] = row;
    const [first, second] = values.split(" ");
    expect(read({ ...CREDENTIALS, [key]: first }, { [variable]: second })[field]).toEqual(fromConfig);
    const others = Object.fromEntries(Object.entries(CREDENTIALS).filter(([name]) => name !== key));
    expect(read(others, { [variable]: second })[field]).toEqual(fromEnvironment);
    for (const empty of ["", "  "])
      expect(read({ ...others, [key]: empty }, { [variable]: ` ${second} ` })[field]).toEqual(
        fromEnvironment,
      );
  });

  test("the rest has defaults", () => {
    expect(read(CREDENTIALS)).toEqual({
      ...CREDENTIALS,
      apiUrl: "https://cloud.thinkgeo.com",
      tokenUrl: "https://cloud.thinkgeo.com/identity/connect/token",
      requestTimeoutMs: 90_000,
      maxConcurrency: 8,
      onLostClient: "stop",
      onVanished: "stop",
      allowSelfLockout: false,
    });
  });
});

describe("what is missing is said with both ways to set it", () => {
  test("clientId", () => {
    expect(() => read({ clientSecret: "s" })).toThrow(
      new ConfigurationError(
        "not-set",
        "ThinkGeo's clientId is not set. Run \"pulumi config set thinkgeo:clientId VALUE\", or set the environment variable THINKGEO_CLIENT_ID. It belongs to a NativeConfidential client with the User role (Show Keys in ThinkGeo's console).",
      ),
    );
  });

  test("clientSecret, which is stored as a secret", () => {
    expect(() => read({ clientId: "i" })).toThrow(
      'ThinkGeo\'s clientSecret is not set. Run "pulumi config set --secret thinkgeo:clientSecret VALUE", or set the environment variable THINKGEO_CLIENT_SECRET.',
    );
  });
});

test("both credentials are named at once where both are missing", () => {
  expect(() => read({})).toThrow(
    new ConfigurationError(
      "not-set",
      'ThinkGeo\'s clientId and clientSecret are not set. Run "pulumi config set thinkgeo:clientId VALUE" and "pulumi config set --secret thinkgeo:clientSecret VALUE", or set the environment variables THINKGEO_CLIENT_ID and THINKGEO_CLIENT_SECRET. They belong to a NativeConfidential client with the User role (Show Keys in ThinkGeo\'s console).',
    ),
  );
});

describe("a key that is no setting", () => {
  const problemOf = (key: string, project?: string): string | undefined =>
    keyProblems({ keys: ["aws:region", "thinkgeo:clientId", key], project })[0];

  test.each([
    ["apiURL", "apiUrl"],
    ["api_url", "apiUrl"],
    ["apiurl", "apiUrl"],
    ["ApiUrl", "apiUrl"],
    ["clientID", "clientId"],
    ["client_secret", "clientSecret"],
    ["secret", "clientSecret"],
    ["tokenURL", "tokenUrl"],
    ["timeout", "requestTimeout"],
    ["maxConcurency", "maxConcurrency"],
  ])("%s: the right spelling is proposed, in whatever project", (key, right) => {
    for (const project of [undefined, "shop", "thinkgeo"])
      expect(problemOf(`thinkgeo:${key}`, project)).toBe(
        `thinkgeo:${key} is not a configuration key: did you mean thinkgeo:${right}? Correct it where it is set ("pulumi config rm thinkgeo:${key}"), and run "pulumi up": refresh and destroy use the configuration of the last one.`,
      );
  });

  test("that is like none is an error too, except where it may be the project's own", () => {
    expect(problemOf("thinkgeo:endpoint", "shop")).toBe(
      'thinkgeo:endpoint is not a configuration key: the keys are clientId, clientSecret, apiUrl, tokenUrl, requestTimeout, maxConcurrency, onLostClient, onVanished, allowSelfLockout. Correct it where it is set ("pulumi config rm thinkgeo:endpoint"), and run "pulumi up": refresh and destroy use the configuration of the last one. What only your program reads belongs under another name than thinkgeo.',
    );
    for (const project of ["thinkgeo", undefined])
      expect(problemOf("thinkgeo:endpoint", project)).toBeUndefined();
  });

  test("of anybody else's is none of our business, and every setting is known", () => {
    expect(keyProblems({ keys: ["aws:apiURL", "apiURL", "thinkgeo2:apiURL"], project: "shop" })).toEqual([]);
    expect(keyProblems({ keys: SETTINGS.map((key) => `thinkgeo:${key}`), project: "shop" })).toEqual([]);
  });

  test("stops before anything is read: the credentials must not go to the address that is the default", () => {
    const lookup = (key: string): string | undefined => ({ "thinkgeo:apiURL": "http://127.0.0.1:4400" })[key];
    expect(() => readConfiguration(lookup, {}, { keys: ["thinkgeo:apiURL"] })).toThrow(
      "did you mean thinkgeo:apiUrl?",
    );
  });
});

describe("addresses", () => {
  test.each([
    ["https://cloud.thinkgeo.com/", "https://cloud.thinkgeo.com"],
    ["https://gateway.acme.com/maps//", "https://gateway.acme.com/maps"],
    ["HTTPS://Cloud.ThinkGeo.com:443", "https://cloud.thinkgeo.com"],
    ["https://on-premise.acme.com:8443", "https://on-premise.acme.com:8443"],
    ["https://acme.com?", "https://acme.com"],
    ["https://acme.com/a/?#", "https://acme.com/a"],
    ["http://localhost:4400", "http://localhost:4400"],
    ["http://127.0.0.1:4400", "http://127.0.0.1:4400"],
    ["http://127.9.9.9", "http://127.9.9.9"],
    ["http://[::1]:4400", "http://[::1]:4400"],
  ])("%s is %s", (apiUrl, plain) => {
    expect(readWith({ apiUrl })).toMatchObject({
      apiUrl: plain,
      tokenUrl: `${plain}/identity/connect/token`,
    });
  });

  const HTTPS = "must begin with https:// (http:// is for this machine only)";
  const NO_USER = "must not have a user name or password in it";
  const NO_QUERY = "must not have a query or a fragment";
  test.each([
    ["cloud.thinkgeo.com", "is not a URL"],
    ["https://", "is not a URL"],
    ["http://cloud.thinkgeo.com", HTTPS],
    ["ftp://cloud.thinkgeo.com", HTTPS],
    ["file:///etc/passwd", HTTPS],
    ["javascript:alert(1)", HTTPS],
    ["http://0.0.0.0", HTTPS],
    ["http://169.254.169.254/latest", HTTPS],
    ["http://10.0.0.1", HTTPS],
    ["http://[::2]", HTTPS],
    ["http://localhost.acme.com", HTTPS],
    ["http://127.0.0.1.acme.com", HTTPS],
    ["http://localhost@acme.com", HTTPS],
    ["https://user@cloud.thinkgeo.com", NO_USER],
    ["https://:canary@cloud.thinkgeo.com", NO_USER],
    ["https://cloud.thinkgeo.com?x=1", NO_QUERY],
    ["https://cloud.thinkgeo.com#x", NO_QUERY],
  ])("%s %s", (url, reason) => {
    for (const key of ["apiUrl", "tokenUrl"])
      expect(() => readWith({ [key]: url })).toThrow(
        new ConfigurationError(
          "invalid-value",
          `thinkgeo:${key} ${reason}. Set it to something like "https://cloud.thinkgeo.com", or leave it out.`,
        ),
      );
  });

  test("credentials go over http to this machine only, whatever the address", () => {
    fc.assert(
      fc.property(fc.webUrl({ validSchemes: ["http", "https"] }), (apiUrl) => {
        try {
          return readWith({ apiUrl }).apiUrl.startsWith("https://");
        } catch (error) {
          return error instanceof ConfigurationError;
        }
      }),
    );
  });

  test("any text is an address without a slash at its end, or is refused in words", () => {
    const texts = fc.oneof(fc.string({ unit: "binary" }), fc.webUrl({ withQueryParameters: true }));
    fc.assert(
      fc.property(texts, (apiUrl) => {
        let plain = "https://refused";
        try {
          plain = readWith({ apiUrl }).apiUrl;
        } catch (error) {
          if (!(error instanceof ConfigurationError)) throw error;
        }
        expect(plain).not.toMatch(/\/$|[?#\s]/);
      }),
    );
  });
});

describe("numbers and choices", () => {
  test.each<[Settings, Partial<Configuration>]>([
    [{ requestTimeout: "1" }, { requestTimeoutMs: 1_000 }],
    [{ requestTimeout: "12.25" }, { requestTimeoutMs: 12_250 }],
    [{ requestTimeout: "3600" }, { requestTimeoutMs: 3_600_000 }],
    [{ maxConcurrency: "1" }, { maxConcurrency: 1 }],
    [{ maxConcurrency: "64" }, { maxConcurrency: 64 }],
    [{ maxConcurrency: "3.9" }, { maxConcurrency: 3 }],
  ])("%j", (settings, expected) => {
    expect(readWith(settings)).toMatchObject(expected);
  });

  const SECONDS = "thinkgeo:requestTimeout must be a number of seconds from 1 to 3600, not";
  const MANY = "thinkgeo:maxConcurrency must be a number from 1 to 64, not";
  test.each<[Settings, string]>([
    [{ requestTimeout: "0" }, `${SECONDS} "0".`],
    [{ requestTimeout: "0.9" }, `${SECONDS} "0.9".`],
    [{ requestTimeout: "3601" }, `${SECONDS} "3601".`],
    [{ requestTimeout: "-5" }, `${SECONDS} "-5".`],
    [{ requestTimeout: "1e3" }, `${SECONDS} "1e3".`],
    [{ requestTimeout: "90s" }, `${SECONDS} "90s".`],
    [{ requestTimeout: "Infinity" }, `${SECONDS} "Infinity".`],
    [{ requestTimeout: "x".repeat(99) }, `${SECONDS} "${"x".repeat(40)}".`],
    [{ maxConcurrency: "0" }, `${MANY} "0".`],
    [{ maxConcurrency: "65" }, `${MANY} "65".`],
    [{ maxConcurrency: "many" }, `${MANY} "many".`],
    [{ onLostClient: "Adopt" }, 'thinkgeo:onLostClient must be "stop" or "adopt", not "Adopt".'],
    [{ allowSelfLockout: "yes" }, 'thinkgeo:allowSelfLockout must be "true" or "false", not "yes".'],
  ])("%j", (settings, message) => {
    expect(() => readWith(settings)).toThrow(new ConfigurationError("invalid-value", message));
  });
});
