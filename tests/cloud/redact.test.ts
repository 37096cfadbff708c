import fc from "fast-check";
import { keepSecret, redact } from "../../provider/cloud/redact";
import { anyText } from "./any-text";

// The API's secrets end in two tildes, which forms escape and addresses do not.
const SECRET = 'Qm9_x-7Zk+/ü"\\ end~~';
keepSecret(SECRET);

describe("a secret that this process knows is hidden in every spelling", () => {
  test.each([
    ["as it is", SECRET],
    ["in an address", encodeURIComponent(SECRET)],
    ["in a form", new URLSearchParams({ key: SECRET }).toString().slice("key=".length)],
    ["in JSON", JSON.stringify(SECRET).slice(1, -1)],
    [
      "in an address with small letters",
      encodeURIComponent(SECRET).replace(/%../g, (at) => at.toLowerCase()),
    ],
  ])("%s", (_, spelled) => {
    expect(redact(`before ${spelled} after`)).toBe("before [redacted] after");
    expect(redact(spelled + spelled)).toBe("[redacted][redacted]");
  });

  test("wherever it stands, whatever it is made of", () => {
    const text = anyText(30);
    fc.assert(
      fc.property(text, text, text, (before, end, after) => {
        const secret = `canary-${end}`;
        keepSecret(secret);
        const form = new URLSearchParams([["", secret]]).toString().slice(1);
        for (const spelled of [secret, JSON.stringify(secret).slice(1, -1), form])
          expect(redact(before + spelled + after)).not.toContain(spelled);
        if (secret.isWellFormed()) expect(redact(encodeURIComponent(secret))).toBe("[redacted]");
      }),
    );
  });

  test("also where it begins with another secret", () => {
    keepSecret("canary-short");
    keepSecret("canary-short-and-long");
    expect(redact("x canary-short-and-long y")).toBe("x [redacted] y");
  });

  test("also where it holds half of a character", () => {
    const odd = "canary-\ud800-odd";
    keepSecret(odd);
    expect(redact(`x ${odd} y`)).toBe("x [redacted] y");
    expect(redact(`x ${new URLSearchParams([["", odd]]).toString()} y`)).toBe("x =[redacted] y");
  });

  test("but short texts and no text are not taken for secrets", () => {
    keepSecret("a");
    keepSecret("five5");
    keepSecret(undefined);
    keepSecret("");
    expect(redact("a five5 b")).toBe("a five5 b");
    keepSecret("is6six");
    expect(redact("a is6six b")).toBe("a [redacted] b");
  });
});

describe("what stands behind a telling name is hidden, known or not", () => {
  test.each([
    ['{"apiSecret":"unknown1"}', '{"apiSecret":[redacted]}'],
    ['{"apiSecret": "un\\"known"}', '{"apiSecret": [redacted]}'],
    ["{'client_secret': 'unknown1'}", "{'client_secret': [redacted]}"],
    [
      "client_id=me&client_secret=unknown1&grant_type=x",
      "client_id=me&client_secret=[redacted]&grant_type=x",
    ],
    ["access_token=unknown1", "access_token=[redacted]"],
    ["refresh-token: unknown1", "refresh-token: [redacted]"],
    ["api_secret=unknown1", "api_secret=[redacted]"],
    ["api-secret = unknown1", "api-secret = [redacted]"],
    ["clientSecret=unknown1", "clientSecret=[redacted]"],
    ["accessToken=unknown1", "accessToken=[redacted]"],
    ["access-token:unknown1", "access-token:[redacted]"],
    ["refreshToken=unknown1", "refreshToken=[redacted]"],
    ["x 'password': 'un known'", "x 'password': [redacted]"],
    ["password=unknown1", "password=[redacted]"],
    ["Authorization: Bearer  unknown1", "Authorization: [redacted]"],
    ["sent bearer  abcdefgh12345678", "sent bearer [redacted]"],
    ["Password=unknown1;", "Password=[redacted];"],
    ["Authorization: Basic dXNlcjpwYXNz", "Authorization: [redacted]"],
    ["authorization: opaque", "authorization: [redacted]"],
    ["sent Bearer abcdefgh12345678, refused", "sent Bearer [redacted], refused"],
    ["token eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl was refused", "token [redacted] was refused"],
    ["eyJhbGciOi.eyJzdWIiOi", "[redacted]"],
  ])("%s", (text, clean) => {
    expect(redact(text)).toBe(clean);
  });

  test.each([
    "The client's apiSecret is not shown again.",
    'Could not create client "Map": ThinkGeo answered HTTP 400: name: is required.',
    "thinkgeo:clientSecret is not set",
    "basic auth, bearer of news",
    "https://cloud.thinkgeo.com/identity/connect/token",
  ])("plain words stay: %s", (text) => {
    expect(redact(text)).toBe(text);
  });
});
