import { startEmulator, type Emulator } from "../../emulator/index";
import { Api, request, unknownId } from "./support";

let emulator: Emulator;
let api: Api;
beforeEach(async () => {
  emulator = await startEmulator();
  api = await Api.for(emulator);
});
afterEach(() => emulator.close());

const account = (): Emulator["accounts"][0] => emulator.accounts[0];
const allRoles = (): string[] =>
  account()
    .roles()
    .map(({ id }) => id);

test("an account is born with the two samples of the vendor, and with the emulator's operator", async () => {
  const { json } = await api.call("GET", "/api/v1/clients");
  expect(json).toMatchObject({ status: "success", returningCount: 3, totalCount: 3 });
  expect(json).not.toHaveProperty("error");
  expect(json?.["elapsedTime"]).toMatch(/^00:00:\d\d\.\d{7}$/);
  expect(await api.list()).toMatchObject([
    { name: "Sample Browser Client", clientType: "JavaScript", sharedMode: "Origin" },
    { name: "Sample Native Client", clientType: "NativeConfidential", sharedMode: "IpAddress" },
    { name: "Emulator operator", id: account().operatorId, apiKey: account().clientId },
  ]);
  for (const client of await api.list()) {
    expect(client).toMatchObject({
      isActive: true,
      grantedRoles: allRoles(),
      ownerId: account().id,
    });
  }
});

describe("create", () => {
  test("needs only a name and grants all roles of the account", async () => {
    const client = await api.create({ name: "plain" });
    expect(client).toMatchObject({
      name: "plain",
      clientType: "JavaScript",
      sharedMode: "Origin",
      allowedOrigins: [],
      allowedIpAddresses: [],
      grantedRoles: allRoles(),
      isActive: true,
      ownerId: account().id,
    });
    expect(account().client(client.id)).toMatchObject({ name: "plain", apiKey: client.apiKey });
  });

  test("makes keys in the vendor's shape", async () => {
    const client = await api.create({ clientType: "NativeConfidential" });
    expect(client.apiKey).toMatch(/^[\w-]{43}~$/);
    expect(client.apiSecret).toMatch(/^[\w-]{54}~~$/);
    expect(client.id).toMatch(/^[\da-f-]{36}$/);
  });

  test("carries names intact, whatever their script", async () => {
    for (const name of ["🗺️ карта", "\u202Eright to left", "quote \" and ' and \\", "a".repeat(10_000)]) {
      const { id } = await api.create({ name });
      expect((await api.get(id)).name).toBe(name);
    }
  });

  test("reads types and modes in any casing, and keeps the declared one", async () => {
    const fields = { clientType: "nativeConfidential", sharedMode: "IPADDRESS" };
    const kept = { clientType: "NativeConfidential", sharedMode: "IpAddress" };
    expect(await api.create(fields)).toMatchObject(kept);
  });

  test("derives sharedMode from the list that is given", async () => {
    expect(await api.create({ allowedIpAddresses: ["203.0.113.7"] })).toMatchObject({
      sharedMode: "IpAddress",
    });
    expect(await api.create({ allowedOrigins: ["acme.com"] })).toMatchObject({ sharedMode: "Origin" });
    expect(await api.create({ clientType: "NativeConfidential" })).toMatchObject({ sharedMode: "IpAddress" });
  });

  test("accepts roles by name and by id", async () => {
    const [user, evaluator] = allRoles();
    expect(await api.create({ grantedRoles: [user] })).toMatchObject({ grantedRoles: [user] });
    expect(await api.create({ grantedRoles: ["Evaluator"] })).toMatchObject({ grantedRoles: [evaluator] });
    expect(await api.create({ grantedRoles: [] })).toMatchObject({ grantedRoles: [] });
  });

  test("takes every JSON content type of the swagger document", async () => {
    for (const type of ["application/json-patch+json", "text/json", "application/json; charset=utf-8"]) {
      const { status } = await api.call("POST", "/api/v1/clients", { name: "x" }, { "content-type": type });
      expect(status).toBe(200);
    }
  });

  const refused: [string, Record<string, unknown>, string][] = [
    ["no name", { name: undefined }, "name"],
    ["a blank name", { name: " " }, "name"],
    ["a name that is no text", { name: 5 }, "name"],
    ["an unknown type", { clientType: "Java" }, "clientType"],
    ["an unknown mode", { sharedMode: "Both" }, "sharedMode"],
    [
      "origins on NativeConfidential",
      { clientType: "NativeConfidential", allowedOrigins: ["a.com"] },
      "allowedOrigins",
    ],
    [
      "mode Origin on NativeConfidential",
      { clientType: "NativeConfidential", sharedMode: "Origin" },
      "sharedMode",
    ],
    ["a role that the account lacks", { grantedRoles: ["Subscriber"] }, "grantedRoles"],
    ["a list that is none", { allowedOrigins: "a.com" }, "allowedOrigins"],
    ["an origin with a scheme", { allowedOrigins: ["https://a.com"] }, "allowedOrigins"],
    ["an address that is none", { allowedIpAddresses: ["203.0.113.256"] }, "allowedIpAddresses"],
    ["isActive as text", { isActive: "true" }, "isActive"],
  ];
  test.each(refused)(
    "refuses %s with parameter and messages, and no error",
    async (_name, fields, parameter) => {
      const { status, json } = await api.call("POST", "/api/v1/clients", { name: "x", ...fields });
      expect(status).toBe(400);
      expect(json).toMatchObject({ data: { [parameter]: [expect.any(String)] }, status: "fail" });
      expect(json).not.toHaveProperty("error");
      expect(account().clients()).toHaveLength(3);
    },
  );

  test("refuses a body that is no JSON, or not called JSON", async () => {
    const init = { method: "POST", headers: { authorization: `Bearer ${api.token}` }, body: "{" };
    expect((await request(`${emulator.url}/api/v1/clients`, init)).status).toBe(415);
    const headers = { ...init.headers, "content-type": "application/json" };
    const { status, json } = await request(`${emulator.url}/api/v1/clients`, { ...init, headers });
    expect([status, json?.data]).toEqual([400, { clientModel: [expect.any(String)] }]);
  });

  test("__proto__ in a body pollutes nothing", async () => {
    await request(`${emulator.url}/api/v1/clients`, {
      method: "POST",
      headers: { authorization: `Bearer ${api.token}`, "content-type": "application/json" },
      body: '{"name":"x","__proto__":{"polluted":true},"constructor":{"prototype":{"polluted":true}}}',
    });
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });
});

describe("get and update", () => {
  test("get answers what create answered", async () => {
    const made = await api.create({
      clientType: "NativeConfidential",
      allowedIpAddresses: ["203.0.113.0/24"],
    });
    expect(await api.get(made.id)).toEqual(made);
    expect(await api.get(made.id.toUpperCase())).toEqual(made);
  });

  test("an update replaces the whole object but not the keys", async () => {
    const made = await api.create({ allowedOrigins: ["acme.com"], grantedRoles: ["User"], isActive: false });
    const body = { name: "new", id: unknownId, apiKey: "mine", apiSecret: "mine", ownerId: "me" };
    const changed = await api.update(made.id, body);
    expect(changed).toEqual({
      ...made,
      name: "new",
      allowedOrigins: [],
      grantedRoles: allRoles(),
      isActive: true,
    });
    expect(await api.get(made.id)).toEqual(changed);
  });

  test.each(["GET", "POST"])("%s of an unknown id is a JSON 404", async (method) => {
    for (const id of [unknownId, "no-guid", "a%2Fb"]) {
      const { status, json } = await api.call(
        method,
        `/api/v1/clients/${id}`,
        method === "POST" ? {} : undefined,
      );
      expect(status).toBe(404);
      expect(json).toMatchObject({
        error: { code: 404, message: expect.stringContaining("not exist") as string },
      });
      expect(json).not.toHaveProperty("data");
    }
  });

  test("another account's client does not exist", async () => {
    const other = emulator.addAccount();
    const { id } = other.addClient({ name: "theirs" });
    expect((await api.call("GET", `/api/v1/clients/${id}`)).status).toBe(404);
    expect((await api.call("DELETE", `/api/v1/clients?clientIds=${id}`)).status).toBe(404);
    expect(other.client(id)).toBeDefined();
    expect((await (await Api.for(emulator, other)).list()).map(({ name }) => name)).toContain("theirs");
  });
});

describe("delete", () => {
  test("removes one or several", async () => {
    const [a, b, c] = [await api.create(), await api.create(), await api.create()];
    const { status, json } = await api.call("DELETE", `/api/v1/clients?clientIds=${a.id}&clientIds=${b.id}`);
    expect([status, json?.status]).toEqual([200, "success"]);
    expect((await api.list()).map(({ id }) => id)).toEqual([
      ...account()
        .clients()
        .map(({ id }) => id),
    ]);
    expect(account().client(c.id)).toBeDefined();
    expect((await api.call("GET", `/api/v1/clients/${a.id}`)).status).toBe(404);
  });

  test.each(["", "?clientIds=", "?clientIds=%20", "?other=1"])(
    "refuses %p, which names nobody",
    async (query) => {
      const { status, json } = await api.call("DELETE", `/api/v1/clients${query}`);
      expect([status, json?.data]).toEqual([400, { clientIds: [expect.any(String)] }]);
      expect(account().clients()).toHaveLength(3);
    },
  );

  test("there is no DELETE on the path of one client", async () => {
    const { status, headers } = await api.call("DELETE", `/api/v1/clients/${account().operatorId}`);
    expect([status, headers.get("allow")]).toEqual([405, "GET, POST"]);
  });

  test("a client that deletes itself is out", async () => {
    expect((await api.call("DELETE", `/api/v1/clients?clientIds=${account().operatorId}`)).status).toBe(200);
    expect((await api.call("GET", "/api/v1/clients")).status).toBe(401);
    expect(account().clientId).toMatch(/~$/);
  });
});

test("a route that does not exist is answered by an HTML page", async () => {
  for (const path of ["/", "/api/v1/client", "/api/v2/clients", "/identity/connect", "/api/v1/clients/a/b"]) {
    const { status, headers, text } = await api.call("GET", path);
    expect([status, headers.get("content-type")]).toEqual([404, "text/html; charset=utf-8"]);
    expect(text).toContain("<html>");
  }
});

test("paths do not mind case or a slash at the end", async () => {
  expect((await api.call("GET", "/API/v1/Clients/")).status).toBe(200);
});

test("10,000 clients are listed", async () => {
  for (let number = 0; number < 10_000; number += 1) account().addClient({ name: `client ${number}` });
  expect(await api.list()).toHaveLength(10_003);
});
