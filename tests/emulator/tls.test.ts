import { readFileSync } from "node:fs";
import { request as httpsRequest } from "node:https";
import { join } from "node:path";
import { startEmulator, type Emulator } from "../../emulator/index";
import { request } from "./support";

const fixture = (name: string): string => readFileSync(join(__dirname, "fixtures", name), "utf8");
const tls = { key: fixture("loopback-key.pem"), cert: fixture("loopback-cert.pem") };

let emulator: Emulator;
beforeAll(async () => {
  emulator = await startEmulator({ tls });
});
afterAll(() => emulator.close());
afterEach(() => {
  emulator.clearFaults();
});

function get(path: string): Promise<{ status: number | undefined; text: string }> {
  return new Promise((resolve, reject) => {
    httpsRequest(emulator.url + path, { ca: tls.cert, agent: false }, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () => {
        resolve({ status: response.statusCode, text: Buffer.concat(chunks).toString() });
      });
    })
      .on("error", reject)
      .end();
  });
}

test("speaks https to those who trust its certificate", async () => {
  expect(emulator.url).toMatch(/^https:\/\/127\.0\.0\.1:\d+$/);
  const { status, text } = await get("/identity/.well-known/openid-configuration");
  expect([status, text]).toEqual([200, expect.stringContaining(`"issuer":"${emulator.url}/identity"`)]);
  expect((await get("/emulator")).status).toBe(200);
});

test("is refused by those who do not, before any request", async () => {
  emulator.clearRequests();
  await expect(request(`${emulator.url}/api/v1/clients`)).rejects.toMatchObject({
    cause: { code: "DEPTH_ZERO_SELF_SIGNED_CERT" },
  });
  expect(emulator.requests()).toEqual([]);
});

test.each(["drop", "reset", "garbage-http"] as const)(
  "the fault %s works below TLS as well",
  async (kind) => {
    emulator.fault({ kind });
    await expect(get("/api/v1/clients")).rejects.toThrow();
  },
);
