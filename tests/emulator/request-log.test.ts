import { startEmulator, type Emulator } from "../../emulator/index";
import { Api, askToken, request } from "./support";

let emulator: Emulator;
let api: Api;
beforeEach(async () => {
  emulator = await startEmulator();
  api = await Api.for(emulator);
});
afterEach(() => emulator.close());

test("every request in order, with who asked and what was answered", async () => {
  await api.create({ name: "x", allowedOrigins: ["acme.com"] });
  await api.call("DELETE", "/api/v1/clients?clientIds=a&clientIds=b");
  await request(`${emulator.url}/nothing`);
  const entries = emulator.requests();
  expect(entries.map(({ number, method, path, status }) => [number, method, path, status])).toEqual([
    [1, "POST", "/identity/connect/token", 200],
    [2, "POST", "/api/v1/clients", 200],
    [3, "DELETE", "/api/v1/clients", 404],
    [4, "GET", "/nothing", 404],
  ]);
  const operator = { client: "Emulator operator", clientId: emulator.accounts[0].operatorId };
  expect(entries.slice(0, 3)).toMatchObject([operator, operator, operator]);
  expect(entries[1]).toMatchObject({
    body: { name: "x", allowedOrigins: ["acme.com"] },
    headers: { "content-type": "application/json", authorization: "***" },
    handled: true,
    fault: null,
    inFlight: 1,
  });
  expect(entries[2]?.query).toEqual({ clientIds: ["a", "b"] });
  expect(entries[3]).toMatchObject({ client: null, clientId: null });
  for (const { time, duration } of entries) {
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT/);
    expect(duration).toBeGreaterThanOrEqual(0);
  }
});

test("by method and path, and cleared", async () => {
  const { id } = await api.create();
  await api.get(id);
  await api.list();
  expect(emulator.requests({ method: "get" })).toHaveLength(2);
  expect(emulator.requests({ path: "/api/v1/clients" })).toHaveLength(2);
  expect(emulator.requests({ path: "/api/v1/clients/*", method: "GET" })).toHaveLength(1);
  expect(emulator.requests({ path: "/api/**" })).toHaveLength(3);
  emulator.clearRequests();
  expect(emulator.requests()).toEqual([]);
  await api.list();
  expect(emulator.requests()).toMatchObject([{ number: 1 }]);
});

test("no secret, token or key is in it", async () => {
  const { clientId, clientSecret } = emulator.accounts[0];
  await askToken(emulator);
  await request(`${emulator.url}/identity/connect/token`, {
    method: "POST",
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString("base64")}` },
    body: new URLSearchParams({ grant_type: "client_credentials" }),
  });
  const made = await api.create({ clientType: "NativeConfidential", apiSecret: "canary-in-body" });
  await api.update(made.id, { ...made });
  await request(`${emulator.url}/api/v1/elevation/1,2?apikey=canary-in-query&access_token=canary-too`);
  const text = JSON.stringify(emulator.requests());
  const secrets = [
    clientSecret,
    api.token,
    String(made.apiSecret),
    Buffer.from(clientSecret).toString("base64"),
  ];
  for (const secret of [...secrets, "canary"]) expect(text).not.toContain(secret);
  expect(emulator.requests({ path: "/api/v1/elevation/**" })[0]?.query).toMatchObject({ apikey: ["***"] });
  expect(emulator.requests()[0]?.body).toEqual({
    client_id: [clientId],
    client_secret: ["***"],
    grant_type: ["client_credentials"],
  });
});

test("what is no JSON is not kept", async () => {
  await request(`${emulator.url}/api/v1/clients`, { method: "POST", body: "secret=1" });
  expect(emulator.requests().at(-1)?.body).toBe("8 characters that are no JSON");
});

test("requests that were open together, and the most at one time", async () => {
  const hold = emulator.fault({ kind: "hold", times: 5 });
  const answers = Promise.all(Array.from({ length: 5 }, () => api.list()));
  await hold.untilFired(5);
  hold.release();
  await answers;
  expect(emulator.maxInFlight).toBe(5);
  expect(Math.max(...emulator.requests().map(({ inFlight }) => inFlight))).toBe(5);
  emulator.clearRequests();
  for (let number = 0; number < 50; number += 1) await api.list();
  expect(emulator.maxInFlight).toBe(1);
});

test("a request that is lost is counted as over", async () => {
  emulator.fault({ kind: "drop", times: 3 });
  for (let number = 0; number < 3; number += 1) await api.list().catch(() => undefined);
  emulator.clearRequests();
  await api.list();
  expect(emulator.maxInFlight).toBe(1);
});
