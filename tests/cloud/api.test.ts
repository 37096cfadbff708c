import fc from "fast-check";
import { shortKey } from "../../provider/cloud/api";
import { redact } from "../../provider/cloud/secrets";
import { anyText } from "./any-text";
import { CLIENTS, failing, withCloud } from "./cloud-world";

const RESOURCE = { name: "Map", clientType: "NativeConfidential", sharedMode: "IpAddress", isActive: true };

test("every endpoint is asked for by its method and path, after one token", () =>
  withCloud(async ({ cloud, budget, calls, tokenCalls, account }) => {
    const made = await cloud.createClient(RESOURCE, "key-1", budget());
    expect(made).toMatchObject({ name: "Map", clientType: "NativeConfidential", isActive: true });
    expect((await cloud.getClient(made.id, budget())).name).toBe("Map");
    const renamed = await cloud.updateClient(made.id, { ...RESOURCE, name: "Atlas" }, undefined, budget());
    expect(renamed.name).toBe("Atlas");
    const list = await cloud.listClients(budget());
    expect([list.clients.length, list.totalCount]).toEqual([4, 4]);
    expect(await cloud.listRoles(budget())).toEqual(
      account.roles().map(({ id, name: role }) => ({ id, name: role })),
    );
    expect((await cloud.listAccountRoles(budget())).map(({ name }) => name)).toEqual(["User", "Evaluator"]);
    expect((await cloud.usageByClient(budget())).clients).toHaveLength(4);
    await cloud.deleteClients([made.id], budget());
    expect(account.client(made.id)).toBeUndefined();
    expect(calls()).toEqual([
      `POST ${CLIENTS} 200`,
      `GET ${CLIENTS}/${made.id} 200`,
      `POST ${CLIENTS}/${made.id} 200`,
      `GET ${CLIENTS} 200`,
      `GET ${CLIENTS}/roles 200`,
      "GET /api/v1/roles/accounts/current 200",
      "GET /api/v1/accounts/current/statistics/byclient 200",
      `DELETE ${CLIENTS} 200`,
    ]);
    expect(tokenCalls()).toBe(1);
  }));

test("the account, the API's own description and a token are asked for one by one", () =>
  withCloud(async ({ cloud, budget, calls, tokenCalls, account, emulator }) => {
    expect(await cloud.describeApi(budget())).toMatchObject({
      swagger: "2.0",
      host: new URL(emulator.url).host,
    });
    expect(tokenCalls()).toBe(0);
    const token = await cloud.signIn(budget());
    expect(token).toMatch(/^eyJ/);
    expect(redact(token)).toBe("[redacted]");
    expect(await cloud.currentAccount(budget())).toEqual({ id: account.id, name: account.name });
    expect(calls()).toEqual(["GET /swagger/v1/swagger.json 200", "GET /api/v1/accounts/current 200"]);
    expect(tokenCalls()).toBe(1);
  }));

test("a body is sent as it is, and a delete names its clients in the address only", () =>
  withCloud(async ({ cloud, budget, account, emulator }) => {
    const odd = { ...RESOURCE, allowedIpAddresses: ["203.0.113.7"], notes: { a: [null, "ü"] } };
    const { id } = await cloud.createClient(odd, "key", budget());
    await cloud.updateClient(id, { ...odd, id }, undefined, budget());
    await cloud.deleteClients([id, account.addClient({ name: "Other" }).id], budget());
    const [create, update, remove] = emulator.requests({ path: `${CLIENTS}**` });
    expect([create?.body, update?.body, remove?.body]).toEqual([odd, { ...odd, id }, undefined]);
    expect([create?.query, update?.query]).toEqual([{}, {}]);
    expect(remove?.query["clientIds"]).toHaveLength(2);
  }));

test("the token goes with what the API answers, and with nothing else", () =>
  withCloud(async ({ cloud, budget, emulator, account }) => {
    const { id } = account.addClient({ name: "Map" });
    await cloud.describeApi(budget());
    for (const call of [
      () => cloud.listClients(budget()),
      () => cloud.getClient(id, budget()),
      () => cloud.listRoles(budget()),
      () => cloud.listAccountRoles(budget()),
      () => cloud.usageByClient(budget()),
      () => cloud.currentAccount(budget()),
      () => cloud.updateClient(id, RESOURCE, undefined, budget()),
      () => cloud.deleteClients([id], budget()),
    ])
      await call();
    const seen = emulator
      .requests()
      .map(({ path, headers, client }) => [path.startsWith("/api/"), "authorization" in headers, client]);
    expect(seen).toEqual([
      [false, false, null],
      [false, false, "Emulator operator"],
      ...Array.from({ length: 8 }, () => [true, true, "Emulator operator"]),
    ]);
    for (const { method, headers } of emulator.requests()) {
      expect(headers["accept"]).toBe("application/json");
      expect("content-type" in headers).toBe(method === "POST");
      expect(headers).not.toHaveProperty("idempotency-key");
    }
  }));

test("a key is used as a web page uses it: in the address, with the page's headers and without a token", () =>
  withCloud(async ({ cloud, budget, emulator, account, calls, tokenCalls, lines }) => {
    const web = account.addClient({
      name: "Web",
      clientType: "JavaScript",
      allowedOrigins: ["acme.example"],
    });
    const page = { origin: "https://acme.example", referer: "https://acme.example/" };
    await cloud.useKey(web.apiKey, "elevation", page, budget());
    // A refusal is an answer: there is no token to renew.
    await failing("Forbidden", cloud.useKey(web.apiKey, "elevation", {}, budget()));
    await failing("Unauthorized", cloud.useKey(web.apiKey, { clientId: web.id }, page, budget()));
    expect(calls()).toEqual([
      "GET /api/v1/elevation/40,-105 200",
      "GET /api/v1/elevation/40,-105 403",
      `GET ${CLIENTS}/${web.id} 401`,
    ]);
    const [first] = emulator.requests();
    expect(first).toMatchObject({ headers: page, client: "Web" });
    expect(Object.keys(first?.query ?? {})).toEqual(["apikey"]);
    expect(first?.headers).not.toHaveProperty("authorization");
    expect(tokenCalls()).toBe(0);
    expect(lines).toHaveLength(3);
    expect(lines.join()).not.toContain(web.apiKey);
  }));

test("signs in as the identity server wants it: a form, nothing in the address", () =>
  withCloud(async ({ cloud, budget, emulator, account }) => {
    await cloud.listClients(budget());
    const [token] = emulator.requests({ path: "/identity/connect/token" });
    expect(token).toMatchObject({
      method: "POST",
      query: {},
      body: {
        grant_type: ["client_credentials"],
        client_id: [account.clientId],
        client_secret: ["***"],
      },
    });
    expect(token?.headers["content-type"]).toBe("application/x-www-form-urlencoded");
  }));

test("says who it is, what it takes and what it sends", () =>
  withCloud(async ({ cloud, budget, emulator }) => {
    await cloud.createClient(RESOURCE, "the-key", budget());
    expect(emulator.requests({ method: "POST", path: CLIENTS })[0]?.headers).toMatchObject({
      accept: "application/json",
      "content-type": "application/json",
      "user-agent": expect.stringMatching(/^pulumi-thinkgeo\/\d/) as string,
      "idempotency-key": "the-key",
    });
  }));

test("asks below the path of thinkgeo:apiUrl, and for tokens where thinkgeo:tokenUrl says", () =>
  withCloud(async ({ connect, budget, emulator }) => {
    const cloud = connect({
      THINKGEO_API_URL: `${emulator.url}/gateway/`,
      THINKGEO_TOKEN_URL: `${emulator.url}/identity/connect/token`,
    });
    await failing("Malformed", cloud.listClients(budget()));
    expect(emulator.requests().map(({ path }) => path)).toEqual([
      "/identity/connect/token",
      "/gateway/api/v1/clients",
    ]);
  }));

describe("an id reaches the server as exactly that id, or is refused", () => {
  const ids = fc.oneof(
    anyText(),
    fc.constantFrom(
      "",
      ".",
      "..",
      "../roles",
      "roles",
      "a/b",
      "a?b=c",
      "a#b",
      "%2e%2e",
      "a&clientIds=b",
      " ",
    ),
  );
  const refusal = /cannot be the id of a client|without a client's id is never sent/;
  const refused = async (work: () => Promise<unknown>): Promise<boolean> => {
    try {
      await work();
      return false;
    } catch (error) {
      return error instanceof Error && refusal.test(error.message);
    }
  };

  test("in a path", () =>
    withCloud(async ({ cloud, budget, emulator }) => {
      await fc.assert(
        fc.asyncProperty(ids, async (id) => {
          emulator.clearRequests();
          const wasRefused = await refused(() => cloud.getClient(id, budget()));
          const seen = emulator.requests({ method: "GET" }).map(({ path }) => path.split("/"));
          if (wasRefused) return seen.length === 0;
          const [, api, version, clients, segment = "", ...rest] = seen[0] ?? [];
          expect([api, version, clients, rest, seen.length]).toEqual(["api", "v1", "clients", [], 1]);
          expect(decodeURIComponent(segment)).toBe(id);
          return true;
        }),
        { numRuns: 150, examples: [["."], [".."], ["../roles"], [""], ["\ud800"]] },
      );
    }));

  test("in a query", () =>
    withCloud(async ({ cloud, budget, emulator }) => {
      await fc.assert(
        fc.asyncProperty(fc.array(ids, { minLength: 1, maxLength: 4 }), async (several) => {
          emulator.clearRequests();
          const wasRefused = await refused(() => cloud.deleteClients(several, budget()));
          const seen = emulator.requests({ method: "DELETE" });
          if (wasRefused) return seen.length === 0;
          expect(seen.map(({ path, query }) => [path, query])).toEqual([[CLIENTS, { clientIds: several }]]);
          return true;
        }),
        { numRuns: 150, examples: [[["a&clientIds=b", "c"]], [["a", "\ud800"]]] },
      );
    }));

  test.each([[[]], [[""]], [["  "]], [["a", ""]]])("a delete of %j is never sent", (several) =>
    withCloud(async ({ cloud, budget, emulator }) => {
      await expect(cloud.deleteClients(several, budget())).rejects.toThrow(
        "A delete without a client's id is never sent.",
      );
      expect(emulator.requests()).toEqual([]);
    }),
  );
});

describe("a secret that an answer shows is hidden from then on, in whatever is said", () => {
  test("the secrets of all clients in a list, of one that is read, of one that is made", () =>
    withCloud(async ({ cloud, budget, account }) => {
      const hides = (text: string | undefined): boolean => redact(`x ${text ?? ""} y`) === "x [redacted] y";
      const listed = account.addClient({ name: "Listed", apiSecret: "secret-of-a-list" });
      expect(hides(listed.apiSecret)).toBe(false);
      await cloud.listClients(budget());
      expect(hides(listed.apiSecret)).toBe(true);
      const read = account.addClient({ name: "Read", apiSecret: "secret-of-a-reading" });
      await cloud.getClient(read.id, budget());
      expect(hides(read.apiSecret)).toBe(true);
      expect(hides((await cloud.createClient(RESOURCE, "key", budget())).apiSecret)).toBe(true);
    }));

  test("but a word that stands for it is no secret", () =>
    withCloud(async ({ cloud, budget, account }) => {
      for (const apiSecret of ["hidden", "Not shown", "[hidden]", "redacted", "........", "not-available"]) {
        account.addClient({ name: "Masked", apiSecret });
        await cloud.listClients(budget());
        expect(redact(`It is ${apiSecret}, he said.`)).toBe(`It is ${apiSecret}, he said.`);
      }
    }));

  test("the one that we sign in with, from the start", () =>
    withCloud(({ connect }) => {
      connect({ THINKGEO_CLIENT_SECRET: "secret-of-the-settings" });
      expect(redact("secret-of-the-settings")).toBe("[redacted]");
      return Promise.resolve();
    }));

  test("the token, also one that does not look like one", () =>
    withCloud(async ({ cloud, budget, emulator }) => {
      const text = '{"access_token":"opaque-and-short","expires_in":60}';
      emulator.fault({ kind: "reply", text, path: "/identity/**" });
      await failing("Unauthorized", cloud.listClients(budget()));
      expect(redact("opaque-and-short")).toBe("[redacted]");
    }));
});

test("a public key is shortened", () => {
  expect([shortKey("abcdefghi"), shortKey("abcdefgh")]).toEqual(["abcdef…", "abcdefgh"]);
});
