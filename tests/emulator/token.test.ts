import { createPublicKey, verify } from "node:crypto";
import { startEmulator, type Emulator } from "../../emulator/index";
import { Api, askToken, request, tokenOf } from "./support";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator();
});
afterAll(() => emulator.close());
afterEach(() => {
  emulator.resetSwitches();
});

const endpoint = (): string => `${emulator.url}/identity/connect/token`;
const payloadOf = (token: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(token.split(".")[1] ?? "", "base64url").toString()) as Record<string, unknown>;

test("a token for id and secret, not to be cached", async () => {
  const { status, headers, json } = await askToken(emulator);
  expect(status).toBe(200);
  expect(json).toEqual({
    access_token: expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/) as string,
    expires_in: 3600,
    token_type: "Bearer",
  });
  expect(headers.get("cache-control")).toContain("no-store");
  expect(headers.get("pragma")).toBe("no-cache");
});

test("a Basic header does as well", async () => {
  const { clientId, clientSecret } = emulator.accounts[0];
  const basic = Buffer.from(`${encodeURIComponent(clientId)}:${encodeURIComponent(clientSecret)}`).toString(
    "base64",
  );
  const answer = await request(endpoint(), {
    method: "POST",
    body: new URLSearchParams({ grant_type: "client_credentials" }),
    headers: { authorization: `Basic ${basic}` },
  });
  expect(answer.status).toBe(200);
});

test("the token carries the claims that were observed", async () => {
  const account = emulator.accounts[0];
  const claims = payloadOf(await tokenOf(emulator));
  expect(claims).toMatchObject({
    iss: `${emulator.url}/identity`,
    aud: [`${emulator.url}/identity/resources`, "ThinkGeoCloudAPIs"],
    client_id: account.clientId,
    apiKey: account.clientId,
    clientId: account.operatorId,
    clientName: "Emulator operator",
    SharedMode: "IpAddress",
    IpAddress: "*.*.*.*",
    scope: ["ThinkGeoCloudAPIs"],
    "http://schemas.xmlsoap.org/ws/2005/05/identity/claims/nameidentifier": account.id,
    "http://schemas.microsoft.com/ws/2008/06/identity/claims/role": account.roles().map((role) => role.id),
  });
  expect(Number(claims["exp"]) - Number(claims["nbf"])).toBe(3600);
});

test("the token can be verified with the published key", async () => {
  const { json } = await request(`${emulator.url}/identity/.well-known/openid-configuration`);
  expect(json).toMatchObject({ issuer: `${emulator.url}/identity`, token_endpoint: endpoint() });
  const keySet = (await request(String(json?.["jwks_uri"]))).json as unknown as {
    keys: [{ kid: string; kty: string }];
  };
  const [header = "", payload = "", signature = ""] = (await tokenOf(emulator)).split(".");
  const { alg, kid } = JSON.parse(Buffer.from(header, "base64url").toString()) as {
    alg: string;
    kid: string;
  };
  expect({ alg, kid }).toEqual({ alg: "RS256", kid: keySet.keys[0].kid });
  const key = createPublicKey({ key: keySet.keys[0], format: "jwk" });
  const isSound = verify(
    "RSA-SHA256",
    Buffer.from(`${header}.${payload}`),
    key,
    Buffer.from(signature, "base64url"),
  );
  expect(isSound).toBe(true);
});

describe("refusals are HTTP 400 with a name, and never to be cached", () => {
  const javaScript = (): { clientId: string; clientSecret: string } => {
    const client = emulator.accounts[0].client("Sample Browser Client");
    return { clientId: client?.apiKey ?? "", clientSecret: "" };
  };
  const inactive = (): { clientId: string; clientSecret: string } => {
    const client = emulator.accounts[0].addClient({ name: "asleep", isActive: false });
    return { clientId: client.apiKey, clientSecret: client.apiSecret };
  };
  const account = (): Emulator["accounts"][0] => emulator.accounts[0];
  const cases: [string, string, () => Promise<Awaited<ReturnType<typeof request>>>][] = [
    ["wrong secret", "invalid_client", () => askToken(emulator, account(), { client_secret: "wrong" })],
    ["no secret", "invalid_client", () => askToken(emulator, account(), { client_secret: "" })],
    ["unknown id", "invalid_client", () => askToken(emulator, account(), { client_id: "nobody" })],
    [
      "more than 100 characters",
      "invalid_client",
      () => askToken(emulator, account(), { client_id: "a".repeat(101) }),
    ],
    ["inactive client", "invalid_client", () => askToken(emulator, inactive())],
    ["JavaScript client", "unauthorized_client", () => askToken(emulator, javaScript())],
    [
      "grant not allowed",
      "unauthorized_client",
      () => askToken(emulator, account(), { grant_type: "password" }),
    ],
    [
      "unknown grant",
      "unsupported_grant_type",
      () => askToken(emulator, account(), { grant_type: "telepathy" }),
    ],
    ["unknown scope", "invalid_scope", () => askToken(emulator, account(), { scope: "everything" })],
    ["GET", "invalid_request", () => request(endpoint())],
    [
      "JSON body",
      "invalid_request",
      () =>
        request(endpoint(), {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify({ grant_type: "client_credentials" }),
        }),
    ],
  ];
  test.each(cases)("%s: %s", async (_name, error, ask) => {
    const { status, json, headers } = await ask();
    expect({ status, json }).toEqual({ status: 400, json: { error } });
    expect(headers.get("cache-control")).toContain("no-store");
  });
});

describe("a bearer on a management path", () => {
  const statusWith = async (token: string): Promise<number> =>
    (await Api.withToken(emulator, token).call("GET", "/api/v1/clients")).status;

  test("is refused once its token has expired", async () => {
    emulator.setSwitches({ tokenLifetime: 0.05 });
    const token = await tokenOf(emulator);
    await new Promise((resume) => setTimeout(resume, 60));
    const answer = await Api.withToken(emulator, token).call("GET", "/api/v1/clients");
    expect(answer.status).toBe(401);
    expect(answer.headers.get("www-authenticate")).toBe("Bearer");
    expect(answer.json?.error?.message).toBe("The token is expired.");
  });

  test("is refused once its token has been revoked, of one client or of all", async () => {
    const other = emulator.accounts[0].addClient({ name: "other" });
    const [mine, theirs] = [
      await tokenOf(emulator),
      await tokenOf(emulator, { clientId: other.apiKey, clientSecret: other.apiSecret }),
    ];
    expect(emulator.revokeTokens(other.id)).toBe(1);
    expect([await statusWith(mine), await statusWith(theirs)]).toEqual([200, 401]);
    emulator.revokeTokens();
    expect(await statusWith(mine)).toBe(401);
    expect(await statusWith(await tokenOf(emulator))).toBe(200);
  });

  test("is refused with a token that was tampered with, or is none", async () => {
    const [header, payload = "", signature] = (await tokenOf(emulator)).split(".");
    const forged = Buffer.from(JSON.stringify({ ...payloadOf(`.${payload}.`), exp: 9_999_999_999 }));
    for (const token of [`${header}.${forged.toString("base64url")}.${signature}`, "rubbish", "a.b.c", ""]) {
      expect(await statusWith(token)).toBe(401);
    }
  });

  test("is refused once its client is inactive, deleted, without User or elsewhere", async () => {
    const account = emulator.accounts[0];
    const client = account.addClient({ name: "worker" });
    const token = await tokenOf(emulator, { clientId: client.apiKey, clientSecret: client.apiSecret });
    expect(await statusWith(token)).toBe(200);
    account.editClient(client.id, { isActive: false });
    expect(await statusWith(token)).toBe(401);
    account.editClient(client.id, { isActive: true, grantedRoles: ["Evaluator"] });
    expect(await statusWith(token)).toBe(403);
    account.editClient(client.id, { grantedRoles: ["User"], allowedIpAddresses: ["203.0.113.*"] });
    expect(await statusWith(token)).toBe(403);
    account.editClient(client.id, { allowedIpAddresses: ["127.0.0.1"] });
    expect(await statusWith(token)).toBe(200);
    account.deleteClient(client.id);
    expect(await statusWith(token)).toBe(401);
  });

  test("is refused with no credentials, or a JavaScript key, on every path", async () => {
    const key = emulator.accounts[0].client("Sample Browser Client")?.apiKey ?? "";
    const paths = ["clients", "clients/x", "clients/roles", "accounts/current", "roles/accounts/current"];
    for (const path of [...paths, "accounts/current/statistics/byclient"]) {
      expect((await request(`${emulator.url}/api/v1/${path}`)).status).toBe(401);
      const { status, json } = await request(`${emulator.url}/api/v1/${path}?ApiKey=${key}`);
      expect(status).toBe(401);
      expect(json?.error?.message).toContain("JavaScript");
    }
  });
});
