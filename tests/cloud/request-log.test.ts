import { keepSecret } from "../../provider/cloud/secrets";
import { lineLog } from "../../provider/cloud/exchange";
import { CLIENTS, failing, withCloud } from "./cloud-world";

const asked = {
  operation: "read",
  method: "GET",
  url: new URL("https://host/api/v1/clients?clientIds=a"),
} as const;

test("is one line a request: method, path, outcome, time, attempt", () => {
  const lines: string[] = [];
  const log = lineLog((line) => lines.push(line));
  log(asked, { kind: "answer", status: 200, headers: { "x-a": "b" }, text: "body" }, 12.6, 1);
  log(asked, { kind: "ambiguous", reason: "it was reset", cause: new Error("cause") }, 0, 3);
  expect(lines).toEqual([
    "thinkgeo: GET /api/v1/clients?clientIds=a 200 13 ms attempt 1",
    "thinkgeo: GET /api/v1/clients?clientIds=a ambiguous: it was reset 0 ms attempt 3",
  ]);
});

test("holds nothing that could change the screen", () => {
  const lines: string[] = [];
  const failed = { kind: "ambiguous", reason: "\u001b[2J\n\u202e\u009b", cause: 0 } as const;
  lineLog((line) => lines.push(line))(asked, failed, 1, 1);
  expect(lines).toEqual([
    "thinkgeo: GET /api/v1/clients?clientIds=a ambiguous: \\u001b[2J\\u000a\\u202e\\u009b 1 ms attempt 1",
  ]);
});

test("holds no secret", () => {
  keepSecret("canary-in-an-address");
  const lines: string[] = [];
  const url = new URL("https://host/?a=canary-in-an-address&access_token=other");
  lineLog((line) => lines.push(line))(
    { ...asked, url },
    { kind: "not-sent", reason: "Bearer canary-unknown-12", cause: 0 },
    1,
    1,
  );
  expect(lines.join()).not.toMatch(/canary|other/);
});

test("of a whole run holds neither credentials, nor tokens, nor the secrets of clients", () =>
  withCloud(async ({ cloud, budget, emulator, account, lines }) => {
    const made = await cloud.createClient({ name: "Map", clientType: "NativeConfidential" }, "key", budget());
    emulator.fault({ kind: "status", status: 503, times: 1, path: CLIENTS, message: made.apiSecret ?? "" });
    await cloud.listClients(budget());
    emulator.fault({ kind: "status", status: 400, times: 1, path: CLIENTS, message: account.clientSecret });
    const { message } = await failing("Rejected", cloud.listClients(budget()));
    expect(lines).toHaveLength(5);
    const text = [message, ...lines].join("\n");
    for (const secret of [made.apiSecret, account.clientSecret, ...account.clients().map((c) => c.apiSecret)])
      expect(text).not.toContain(secret);
    expect(text).not.toMatch(/eyJ|Bearer/);
    expect(message).toContain("HTTP 400: [redacted].");
    expect(lines[0]).toMatch(/^thinkgeo: POST \/identity\/connect\/token 200 \d+ ms attempt 1$/);
    expect(lines[3]).toMatch(/^thinkgeo: GET \/api\/v1\/clients 200 \d+ ms attempt 2$/);
  }));
