import { startEmulator, type Emulator, type EmulatorAccount } from "../../emulator/index";
import { Api, request, tokenOf, type Answer } from "./support";

let emulator: Emulator;
let account: EmulatorAccount;
beforeEach(async () => {
  emulator = await startEmulator();
  account = emulator.accounts[0];
});
afterEach(() => emulator.close());

const from = (address: string): Record<string, string> => ({ "x-emulator-client-address": address });
const ask = (query: string, headers: Record<string, string> = {}): Promise<Answer> =>
  request(`${emulator.url}/api/v1/elevation/40.1,-105.2${query}`, { headers });

describe("a JavaScript key", () => {
  test("opens from an allowed origin and from nowhere else", async () => {
    const { apiKey } = account.addClient({
      name: "web",
      clientType: "JavaScript",
      allowedOrigins: ["acme.com"],
    });
    expect((await ask(`?apikey=${apiKey}`, { origin: "https://acme.com" })).status).toBe(200);
    for (const headers of [{ origin: "https://evil.net" }, {}]) {
      const { status, json } = await ask(`?apikey=${apiKey}`, headers);
      expect([status, json?.error?.message]).toEqual([403, expect.stringContaining("cannot be used")]);
    }
  });

  test("opens from an allowed address when that list is in effect", async () => {
    const { apiKey } = account.addClient({
      name: "kiosk",
      clientType: "JavaScript",
      sharedMode: "IpAddress",
      allowedIpAddresses: ["203.0.113.0/24"],
    });
    expect((await ask(`?ApiKey=${apiKey}`, from("203.0.113.9"))).status).toBe(200);
    expect((await ask(`?apiKey=${apiKey}`, from("203.0.114.9"))).status).toBe(403);
    expect((await ask(`?APIKEY=${apiKey}`)).status).toBe(403);
  });

  test("is refused when it is unknown, missing, inactive, or of the other type", async () => {
    const asleep = account.addClient({ name: "asleep", clientType: "JavaScript", isActive: false });
    for (const query of [
      "",
      "?apikey=",
      "?apikey=unknown",
      `?apikey=${asleep.apiKey}`,
      `?apikey=${account.clientId}`,
    ]) {
      const { status, json } = await ask(query);
      expect([status, json?.error?.message]).toEqual([
        401,
        expect.stringContaining("unauthorized or missing"),
      ]);
    }
  });

  test("needs the role of the services", async () => {
    const { apiKey } = account.addClient({ name: "web", clientType: "JavaScript", grantedRoles: ["User"] });
    expect((await ask(`?apikey=${apiKey}`)).status).toBe(403);
  });
});

describe("a NativeConfidential client", () => {
  test("opens with its bearer from an allowed address", async () => {
    const { apiKey, apiSecret } = account.addClient({ name: "tiles", allowedIpAddresses: ["203.0.113.*"] });
    const authorization = `Bearer ${await tokenOf(emulator, { clientId: apiKey, clientSecret: apiSecret })}`;
    expect((await ask("", { authorization, ...from("203.0.113.9") })).status).toBe(200);
    expect((await ask("", { authorization, ...from("198.51.100.1") })).status).toBe(403);
    expect((await ask("", { authorization })).status).toBe(403);
  });
});

test("the same point is always as high, in the vendor's four fields, and wrong points are refused", async () => {
  const { apiKey } = account.addClient({ name: "web", clientType: "JavaScript" });
  const first = await ask(`?apikey=${apiKey}`);
  expect(first.json?.data).toEqual((await ask(`?apikey=${apiKey}&srid=4326`)).json?.data);
  const height = expect.any(Number) as number;
  const place = { latitude: 40.1, longitude: -105.2 };
  expect(first.json?.data).toEqual({ elevation: height, elevationUnit: "Feet", ...place });
  const inMetres = await ask(`?apikey=${apiKey}&elevationUnit=meter`);
  expect(inMetres.json?.data).toEqual({ elevation: height, elevationUnit: "Meter", ...place });
  const heights = [first, inMetres].map(({ json }) => (json?.data as { elevation: number }).elevation);
  expect((heights[0] ?? 0) / (heights[1] ?? 0)).toBeCloseTo(1 / 0.3048, 2);
  for (const [point, parameter] of [
    ["91,0?", "pointY"],
    ["0,181?", "pointX"],
    ["x,0?", "pointY"],
    ["0,0?elevationUnit=Fathom&", "elevationUnit"],
    ["0,0?srid=3857&", "srid"],
  ] as const) {
    const { status, json } = await request(`${emulator.url}/api/v1/elevation/${point}apikey=${apiKey}`);
    expect([status, Object.keys(json?.data as object)]).toEqual([400, [parameter]]);
  }
  const madeUp = await request(`${emulator.url}/api/v1/elevation/by-point/40/-105?apikey=${apiKey}`);
  expect([madeUp.status, madeUp.headers.get("content-type")]).toEqual([404, "text/html; charset=utf-8"]);
});

test("browsers may read the answer, good or bad, and ask beforehand", async () => {
  const headers = { origin: "https://acme.com" };
  expect((await ask("?apikey=unknown", headers)).headers.get("access-control-allow-origin")).toBe("*");
  const url = `${emulator.url}/api/v1/elevation/1,2`;
  const preflight = await request(url, { method: "OPTIONS", headers });
  expect([preflight.status, preflight.headers.get("access-control-allow-origin")]).toEqual([204, "*"]);
});

test("after the evaluation every service call is a 400 that says so; a subscription heals it", async () => {
  const { apiKey } = account.addClient({ name: "web", clientType: "JavaScript" });
  account.setRoles(["User", { name: "Evaluator", expiration: "2020-01-01T00:00:00Z" }]);
  const { status, json } = await ask(`?apikey=${apiKey}`);
  expect([status, json?.error?.message]).toEqual([400, expect.stringContaining("Expiration")]);
  account.setRoles(["User", "Subscriber"]);
  expect((await ask(`?apikey=${apiKey}`)).status).toBe(200);
});

test("calls that were answered are counted by client and day", async () => {
  const { id, apiKey } = account.addClient({ name: "web", clientType: "JavaScript" });
  await ask(`?apikey=${apiKey}`);
  await ask(`?apikey=${apiKey}`);
  await ask("?apikey=unknown");
  const api = await Api.for(emulator);
  const { json } = await api.call("GET", "/api/v1/accounts/current/statistics/byclient");
  const day = `${new Date().toISOString().slice(0, 10)}T00:00:00Z`;
  expect(json?.data).toContainEqual({
    clientId: id,
    clientName: "web",
    data: [{ dateTime: day, amount: 2 }],
  });
});
