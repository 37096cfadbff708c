import fc from "fast-check";
import { isCredential, redact } from "../../provider/cloud/secrets";
import { anyText } from "./any-text";

describe("a credential behind a telling name is hidden, known or not", () => {
  test.each([
    ['{"apiSecret":"unknown1"}', '{"apiSecret":[redacted]}'],
    ['{"apiSecret": "un\\"known"}', '{"apiSecret": [redacted]}'],
    ['{"apiSecret":"ends in a backslash\\\\","x":1}', '{"apiSecret":[redacted],"x":1}'],
    ["{'client_secret': 'unknown1'}", "{'client_secret': [redacted]}"],
    ['"{\\"apiSecret\\":\\"un\\\\\\"known\\",\\"x\\":1}"', '"{\\"apiSecret\\":[redacted],\\"x\\":1}"'],
    [
      "client_id=me&client_secret=unknown1&grant_type=x",
      "client_id=me&client_secret=[redacted]&grant_type=x",
    ],
    ["https://host/?access_token=other", "https://host/?access_token=[redacted]"],
    ["https://host/?a=b&password=p@ss:w&c=d", "https://host/?a=b&password=[redacted]&c=d"],
    ["access_token=unknown1", "access_token=[redacted]"],
    ["refresh-token: unknown1", "refresh-token: [redacted]"],
    ["api_secret=unknown1", "api_secret=[redacted]"],
    ["api-secret = unknown1", "api-secret = [redacted]"],
    ["clientSecret=unknown1", "clientSecret=[redacted]"],
    ["clientSecret: 'unknown1', x", "clientSecret: [redacted], x"],
    ["accessToken=unknown1", "accessToken=[redacted]"],
    ["access-token:unknown1", "access-token:[redacted]"],
    ["refreshToken=unknown1", "refreshToken=[redacted]"],
    ["x 'password': 'un known'", "x 'password': [redacted]"],
    ["password=unknown1", "password=[redacted]"],
    ["Password=unknown1;", "Password=[redacted];"],
    ["apiSecret: Qm9_x-7Zk8w is refused", "apiSecret: [redacted] is refused"],
    ["apiSecret: Qm9/x+7Zk8w==", "apiSecret: [redacted]"],
    ["apiSecret: 5f0c6d9e-0000-4000-8000-000000000001", "apiSecret: [redacted]"],
    ["Authorization: Bearer  unknown1", "Authorization: Bearer [redacted]"],
    ["sent bearer  abcdefgh12345678", "sent bearer [redacted]"],
    ["Authorization: Basic dXNlcjpwYXNz", "Authorization: Basic [redacted]"],
    ["authorization: Qm9_x-7Zk8w", "authorization: [redacted]"],
    ["sent Bearer abcdefgh12345678, refused", "sent Bearer [redacted], refused"],
    ["token eyJhbGciOi.eyJzdWIiOi.c2lnbmF0dXJl was refused", "token [redacted] was refused"],
    ["eyJhbGciOi.eyJzdWIiOi", "[redacted]"],
  ])("%s", (text, clean) => {
    expect(redact(text)).toBe(clean);
  });

  test.each([
    ['{"name":"x","apiSecret":"Qm9_x-7Z', '{"name":"x","apiSecret":[redacted]'],
    ['"{\\"apiSecret\\":\\"Qm9_x…', '"{\\"apiSecret\\":[redacted]'],
    ["{'password': 'un known…", "{'password': [redacted]"],
  ])("also where the text was cut: %s", (text, clean) => {
    expect(redact(text)).toBe(clean);
  });

  test("the string of a member of JSON, whatever it is", () => {
    fc.assert(
      fc.property(anyText(), fc.boolean(), (value, spaced) => {
        const text = JSON.stringify({ before: 1, apiSecret: value, after: 2 }, undefined, spaced ? 1 : 0);
        const hidden = spaced ? '{\n "before": 1,\n "apiSecret": ' : '{"before":1,"apiSecret":';
        const end = spaced ? ',\n "after": 2\n}' : ',"after":2}';
        expect(redact(text)).toBe(`${hidden}[redacted]${end}`);
      }),
      { numRuns: 500 },
    );
  });

  test("any random key behind any name", () => {
    const name = fc.constantFrom(
      "apiSecret",
      "api_secret",
      "clientSecret",
      "client-secret",
      "access_token",
      "PASSWORD",
    );
    const joint = fc.constantFrom("=", ": ", ":", " = ", '": ', "': ");
    const key = fc.uint8Array({ minLength: 16, maxLength: 40 }).map((bytes) => Buffer.from(bytes));
    const form = fc.constantFrom("base64", "base64url", "hex");
    fc.assert(
      fc.property(name, joint, key, form, (named, joined, bytes, encoding) => {
        const value = bytes.toString(encoding);
        // Sixteen bytes that all are letters or nought in a row are no key that anybody was given.
        fc.pre(/\d/.test(value) && new Set(value).size > 6);
        expect(redact(`It was ${named}${joined}${value} there`)).not.toContain(value);
      }),
      { numRuns: 1_000 },
    );
  });
});

describe("plain words behind a telling name stay", () => {
  test.each([
    'Missing field "apiSecret": POST /api/v1/clients',
    'Missing field "apiSecret": /api/v1/clients',
    "apiSecret: The apiSecret field is required.",
    "apiSecret: required",
    "apiSecret=null",
    "client_secret: unauthorized_client",
    "password: must-not-be empty",
    "password = System.String, 12.0.1, 2026-11-28",
    "clientSecret: https://cloud.thinkgeo.com/api/v1/clients",
    "Authorization: required",
    "authorization: opaque",
    "Authorization: Bearer token required",
    "Basic authentication is required, not bearer authentication.",
    'WWW-Authenticate: Bearer realm="ThinkGeo", error="invalid_token"',
    "The client's apiSecret is not shown again.",
    'Could not create client "Map": ThinkGeo returned HTTP 400: name: is required.',
    'Could not create client "password": ThinkGeo returned HTTP 400.',
    "thinkgeo:clientSecret is not set",
    "thinkgeo:clientId with thinkgeo:clientSecret (invalid_client). Copy both again",
    "basic auth, bearer of news",
    "https://cloud.thinkgeo.com/identity/connect/token",
  ])("%s", (text) => {
    expect(redact(text)).toBe(text);
  });

  test("whatever the words", () => {
    const word = fc.constantFrom(
      ...[
        "is",
        "required",
        "POST",
        "GET",
        "null",
        "undefined",
        "unauthorized",
        "Forbidden",
        "clientSecret",
        "the",
      ],
      ...[
        "case-sensitive",
        "invalid_client",
        "/api/v1/clients",
        "System.String",
        "unsupported_grant_type",
        "v12.0",
      ],
      ...[
        "characteristically",
        "IDENTITYSERVER",
        "allowedIpAddresses",
        "2026-11-28",
        "404",
        "HTTP/1.1",
        "(string)",
      ],
      ...[
        "https://cloud.thinkgeo.com/help/",
        "incomprehensible.",
        "shortened…",
        "[redacted]",
        "don't",
        "\u00fcberlang",
      ],
    );
    const name = fc.constantFrom(
      "apiSecret",
      "client_secret",
      '"apiSecret"',
      "'password'",
      "Authorization",
      "access token",
    );
    const joint = fc.constantFrom(": ", " ", " = ", ":\n", "? ", ". ");
    fc.assert(
      fc.property(fc.array(word), name, joint, fc.array(word), (before, named, joined, after) => {
        const text = `${before.join(" ")} ${named}${joined}${after.join(" ")}`;
        expect(redact(text)).toBe(text);
      }),
      { numRuns: 2_000 },
    );
  });
});

test("what looks like a credential", () => {
  const credentials = [
    "unknown1",
    "Qm9_x-7Z",
    "canary-unknown-12",
    "0123456789",
    "abcdefghijklmnopqrstuvwxyz",
    "a/B+c=d%",
  ];
  const words = [
    "unknown",
    "short1",
    "clientSecret",
    "not-found",
    "/api/v1/clients",
    "",
    "two words1",
    "a@b:c123456",
  ];
  expect(credentials.filter((text) => !isCredential(text))).toEqual(["a/B+c=d%"]);
  expect(words.filter(isCredential)).toEqual([]);
});
