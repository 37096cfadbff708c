import { request as httpRequest } from "node:http";
import { defaultSwitches, startEmulator, type Emulator } from "../../emulator/index";
import { Api, request, tokenOf, type Answer } from "./support";

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(() => emulator.close());

const admin = (method: string, path: string, body?: unknown): Promise<Answer> =>
  request(`${emulator.url}/emulator${path}`, {
    method,
    headers: { "content-type": "application/json" },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
const read = async (path: string): Promise<unknown> => (await admin("GET", path)).json;

test("the accounts with their credentials, by GUID or place, and new ones", async () => {
  const { id, name, clientId, clientSecret, operatorId } = emulator.accounts[0];
  const view = { id, name, clientId, clientSecret, operatorId, roles: emulator.accounts[0].roles() };
  expect(await read("")).toEqual({ url: emulator.url, accounts: [view] });
  expect(await read("/accounts")).toEqual([view]);
  expect([await read(`/accounts/${id}`), await read("/accounts/0")]).toEqual([view, view]);
  expect((await admin("POST", "/accounts", { name: "Acme" })).json).toMatchObject({ name: "Acme" });
  expect((await admin("POST", "/accounts", {})).json).toMatchObject({ name: "Account 3" });
  expect(emulator.accounts.map((account) => account.name)).toEqual(["Account 1", "Acme", "Account 3"]);
});

test("an account's true content, made, changed and deleted out of band", async () => {
  const account = emulator.accounts[0];
  expect(await read("/accounts/0/clients")).toEqual(account.clients());
  const made = await admin("POST", "/accounts/0/clients", { name: "by hand", clientType: "JavaScript" });
  expect(made.json).toEqual(account.client("by hand"));
  expect(await read(`/accounts/0/clients/${encodeURIComponent("by hand")}`)).toEqual(
    account.client("by hand"),
  );
  const changes = { isActive: false, allowedIpAddresses: ["rubbish"], extra: { colour: "red" } };
  const changed = await admin("PATCH", `/accounts/0/clients/${String(made.json?.["id"])}`, changes);
  expect(changed.json).toMatchObject({ name: "by hand", ...changes });
  expect((await admin("DELETE", `/accounts/0/clients/${String(made.json?.["id"])}`)).status).toBe(204);
  expect(account.client("by hand")).toBeUndefined();
});

test("the account's roles", async () => {
  const roles = ["User", { name: "Evaluator", expiration: "2020-01-01T00:00:00Z" }];
  expect((await admin("POST", "/accounts/0/roles", { roles })).json).toMatchObject([
    { name: "User", expiration: null },
    { name: "Evaluator", expiration: "2020-01-01T00:00:00Z" },
  ]);
});

test("the requests, which do not count those to this path", async () => {
  await (await Api.for(emulator)).list();
  expect(await read("/requests")).toMatchObject({ count: 2, maxInFlight: 1 });
  expect(await read("/requests?method=GET&path=/api/**")).toMatchObject({
    count: 1,
    requests: [{ status: 200 }],
  });
  expect((await admin("DELETE", "/requests")).status).toBe(204);
  expect(await read("/requests")).toMatchObject({ count: 0 });
});

test("the switches", async () => {
  expect(await read("/switches")).toEqual(defaultSwitches);
  expect((await admin("PATCH", "/switches", { listCap: 1 })).json).toEqual({
    ...defaultSwitches,
    listCap: 1,
  });
  expect(emulator.switches.listCap).toBe(1);
  expect((await admin("DELETE", "/switches")).json).toEqual(defaultSwitches);
});

test("the faults", async () => {
  const rule = { kind: "hold", method: "GET", path: "/api/v1/clients", times: 1 };
  const { json } = await admin("POST", "/faults", rule);
  expect(json).toEqual({ id: "fault-1", rule, matched: 0, fired: 0 });
  const api = await Api.for(emulator);
  const answer = api.list();
  await emulator.faults[0]?.untilFired();
  expect(await read("/faults")).toEqual([{ id: "fault-1", rule, matched: 1, fired: 1 }]);
  expect((await admin("POST", "/faults/fault-1/release")).status).toBe(204);
  expect(await answer).toHaveLength(3);
  expect((await admin("DELETE", "/faults/fault-1")).status).toBe(204);
  await admin("POST", "/faults", { kind: "drop" });
  expect((await admin("DELETE", "/faults")).status).toBe(204);
  expect(await read("/faults")).toEqual([]);
});

test("the revocation of tokens", async () => {
  await tokenOf(emulator);
  const { operatorId } = emulator.accounts[0];
  expect((await admin("POST", "/tokens/revoke", { clientId: "nobody" })).json).toEqual({ revoked: 0 });
  expect((await admin("POST", "/tokens/revoke", { clientId: operatorId })).json).toEqual({ revoked: 1 });
  expect((await admin("POST", "/tokens/revoke")).json).toEqual({ revoked: 1 });
});

describe("what is wrong is said in a sentence", () => {
  test.each([
    ["GET", "/nothing", undefined, 404, "There is no /emulator/nothing."],
    ["PUT", "/switches", {}, 405, "/emulator/switches takes GET, PATCH, DELETE."],
    ["GET", "/accounts/9", undefined, 404, 'There is no account "9".'],
    ["GET", "/accounts/0/clients/nobody", undefined, 404, 'The account has no client "nobody".'],
    ["PATCH", "/accounts/0/clients/nobody", {}, 404, 'The account has no client "nobody".'],
    ["POST", "/accounts/0/clients", {}, 400, "A client needs a name."],
    [
      "POST",
      "/accounts/0/clients",
      { name: "x", id: "1" },
      400,
      'A client has no field "id" that can be set.',
    ],
    ["POST", "/accounts/0/clients", { name: 5 }, 400, "The field name cannot be 5."],
    ["POST", "/accounts/0/roles", { roles: [5] }, 400, "names, or objects with name and expiration"],
    ["POST", "/accounts", { name: 5 }, 400, "The field name must be text."],
    ["PATCH", "/switches", { nonsense: 1 }, 400, 'There is no switch called "nonsense".'],
    ["PATCH", "/switches", [], 400, "Switches must be an object of names and values."],
    ["POST", "/faults", {}, 400, "A fault needs a kind, one of drop, reset,"],
    ["POST", "/faults", { kind: "status" }, 400, "A fault of kind status needs status."],
    ["POST", "/faults", { kind: "drop", ms: 1 }, 400, "A fault of kind drop has no field ms."],
    ["POST", "/faults", { kind: "drop", when: "now" }, 400, 'The fault\'s field when cannot be "now".'],
    ["POST", "/faults", { kind: "drop", at: ["1"] }, 400, "The fault's field at cannot be"],
    ["POST", "/faults/fault-9/release", undefined, 404, 'There is no fault "fault-9".'],
  ])("%s %s %j", async (method, path, body, status, sentence) => {
    const answer = await admin(method, path, body);
    expect(answer.status).toBe(status);
    expect(answer.json?.error).toEqual(expect.stringContaining(sentence));
  });

  test("a body that is no JSON", async () => {
    const headers = { "content-type": "application/json" };
    const answer = await request(`${emulator.url}/emulator/faults`, { method: "POST", headers, body: "{" });
    expect([answer.status, answer.json]).toEqual([400, { error: "The body is not JSON." }]);
  });
});

describe("a page of some website", () => {
  interface Sent {
    readonly status: number | undefined;
    readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  }

  const send = (method: string, path: string, headers: Record<string, string>, body = ""): Promise<Sent> =>
    new Promise((resolve, reject) => {
      httpRequest(`${emulator.url}${path}`, { method, headers, agent: false }, (response) => {
        response.resume();
        resolve({ status: response.statusCode, headers: response.headers });
      })
        .on("error", reject)
        .end(body);
    });

  test("can have nothing under a name of its own, or from its own origin", async () => {
    const { host, port } = new URL(emulator.url);
    for (const path of ["/clients.html", "/emulator/console/main.js", "/emulator/accounts"]) {
      const status = async (headers: Record<string, string>): Promise<unknown> =>
        (await send("GET", path, headers)).status;
      for (const name of ["evil.example", "localhost.evil.example", "127.0.0.1.evil.example"])
        expect(await status({ host: name })).toBe(403);
      for (const origin of ["https://evil.example", "null"]) expect(await status({ host, origin })).toBe(403);
      expect(await status({ host: `localhost:${port}` })).toBe(200);
      expect(await status({ host, origin: emulator.url })).toBe(200);
    }
  });

  test.each(["text/plain", "application/x-www-form-urlencoded", "multipart/form-data; boundary=x", ""])(
    "cannot change anything with what it may send unasked: %s",
    async (type) => {
      const headers = type === "" ? {} : { "content-type": type };
      const before = JSON.stringify(emulator.accounts[0].clients());
      for (const [method, path] of [
        ["POST", "/emulator/accounts/0/clients"],
        ["PATCH", `/emulator/accounts/0/clients/${emulator.accounts[0].operatorId}`],
        ["POST", "/emulator/tokens/revoke"],
        ["POST", "/emulator/accounts"],
      ] as const)
        expect((await send(method, path, headers, '{"name":"x"}')).status).toBe(415);
      expect(JSON.stringify(emulator.accounts[0].clients())).toBe(before);
      expect(emulator.accounts).toHaveLength(1);
    },
  );

  test("may not frame it, and is not asked for leave to send JSON", async () => {
    const page = await send("GET", "/clients.html", {});
    expect(page.headers["content-security-policy"]).toContain("script-src 'self';");
    expect(page.headers["content-security-policy"]).toContain("frame-ancestors 'none'");
    expect(page.headers["cache-control"]).toBe("no-store");
    for (const path of ["/clients.html", "/emulator/accounts"]) {
      const asked = await send("OPTIONS", path, {});
      expect([asked.status, asked.headers["access-control-allow-origin"]]).toEqual([405, undefined]);
    }
    expect((await send("POST", "/clients.html", { "content-type": "application/json" })).status).toBe(405);
  });
});
