import { request as httpRequest } from "node:http";
import { startEmulator, type Emulator } from "../../emulator/index";

describe("a page of some website", () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = await startEmulator();
  });
  afterAll(() => emulator.close());

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

  test("cannot have the page under a name of its own", async () => {
    for (const path of ["/clients.html", "/emulator/console/main.js", "/emulator/accounts"]) {
      expect((await send("GET", path, { host: "evil.example" })).status).toBe(403);
      expect((await send("GET", path, { host: `localhost.evil.example` })).status).toBe(403);
      expect((await send("GET", path, { host: `localhost:${new URL(emulator.url).port}` })).status).toBe(200);
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
