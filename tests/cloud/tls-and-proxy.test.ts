import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { startEmulator, type Emulator } from "../../emulator";
import { failing, withCloud } from "./cloud-world";
import { answering, proxying } from "./local-servers";

const FIXTURES = join(__dirname, "..", "emulator", "fixtures");
const CERTIFICATE = join(FIXTURES, "loopback-cert.pem");
const tls = { key: readFileSync(join(FIXTURES, "loopback-key.pem")), cert: readFileSync(CERTIFICATE) };

const ADVICE = "a private certificate authority goes into NODE_EXTRA_CA_CERTS.";

/** Sends one request from a process of its own, because Node.js reads these variables at its start. */
async function sendFromProcess(url: string, environment: Record<string, string>): Promise<unknown> {
  const transport = join(__dirname, "..", "..", "provider", "cloud", "transport.ts");
  const script = `
    const { Transport } = require(${JSON.stringify(transport)});
    const transport = new Transport();
    transport.send({ method: "GET", url: new URL(${JSON.stringify(url)}), headers: {} }, 10000).then((result) => {
      console.log(JSON.stringify({ kind: result.kind, status: result.status, reason: result.reason }));
      return transport.close();
    });`;
  const inherited = Object.entries(process.env).filter(([name]) => !/proxy|NODE_EXTRA/i.test(name));
  const { stdout } = await promisify(execFile)(process.execPath, ["-e", script], {
    env: { ...Object.fromEntries(inherited), ...environment },
  });
  return JSON.parse(stdout);
}

async function withSecureEmulator(work: (emulator: Emulator, url: string) => Promise<void>): Promise<void> {
  const emulator = await startEmulator({ tls });
  try {
    await work(emulator, `${emulator.url}/identity/.well-known/openid-configuration`);
  } finally {
    await emulator.close();
  }
}

describe("certificates", () => {
  test("one that nobody vouches for ends the call at once, and names the variable that helps", () =>
    withCloud(
      async ({ cloud, budget, emulator, time, lines }) => {
        const { message } = await failing("Untrusted", cloud.listClients(budget()));
        expect(message).toContain(`${emulator.url}: the connection failed (DEPTH_ZERO_SELF_SIGNED_CERT). `);
        expect(message).toContain(ADVICE);
        expect([emulator.requests(), time.waits, lines.length]).toEqual([[], [], 1]);
      },
      { tls },
    ));

  test("a server that speaks no TLS where https is asked for is not asked again", () =>
    answering(
      (_, response) => response.end("plain"),
      (url) =>
        withCloud(async ({ connect, budget, lines }) => {
          const cloud = connect({ THINKGEO_API_URL: url.replace("http:", "https:") });
          await failing("Untrusted", cloud.listClients(budget()));
          expect(lines).toHaveLength(1);
        }),
    ));

  test("one of a private authority is good where NODE_EXTRA_CA_CERTS names that authority", () =>
    withSecureEmulator(async (_, url) => {
      expect(await sendFromProcess(url, {})).toMatchObject({ kind: "untrusted" });
      expect(await sendFromProcess(url, { NODE_EXTRA_CA_CERTS: CERTIFICATE })).toEqual({
        kind: "answer",
        status: 200,
      });
    }));

  test("one for another name is not good, whoever vouches for it", () =>
    withSecureEmulator(async (emulator, url) => {
      const other = url.replace("127.0.0.1", "127.0.0.2");
      await proxying(async (HTTPS_PROXY) => {
        const environment = { NODE_EXTRA_CA_CERTS: CERTIFICATE, HTTPS_PROXY };
        expect(await sendFromProcess(other, environment)).toEqual({
          kind: "untrusted",
          reason: "the connection failed (ERR_TLS_CERT_ALTNAME_INVALID)",
        });
        expect(emulator.requests()).toEqual([]);
      });
    }));
});

describe("proxies", () => {
  test("HTTPS_PROXY is asked for a tunnel, and the request goes through it", () =>
    withSecureEmulator((emulator, url) =>
      proxying(async (HTTPS_PROXY, asked) => {
        const environment = { HTTPS_PROXY, NODE_EXTRA_CA_CERTS: CERTIFICATE };
        expect(await sendFromProcess(url, environment)).toEqual({ kind: "answer", status: 200 });
        expect([asked, emulator.requests().length]).toEqual([[new URL(emulator.url).host], 1]);
      }),
    ));

  test("NO_PROXY goes past it", () =>
    withSecureEmulator((emulator, url) =>
      proxying(async (HTTPS_PROXY, asked) => {
        const environment = { HTTPS_PROXY, NO_PROXY: "127.0.0.1", NODE_EXTRA_CA_CERTS: CERTIFICATE };
        expect(await sendFromProcess(url, environment)).toEqual({ kind: "answer", status: 200 });
        expect([asked, emulator.requests().length]).toEqual([[], 1]);
      }),
    ));

  test.each([403, 407, 502])("a proxy that refuses the tunnel (%d) is named, and not asked again", (status) =>
    withSecureEmulator((emulator, url) =>
      proxying(async (HTTPS_PROXY, asked) => {
        expect(await sendFromProcess(url, { HTTPS_PROXY })).toEqual({
          kind: "untrusted",
          reason: `the proxy refused the connection (Proxy response (${status}) !== 200 when HTTP Tunneling)`,
        });
        expect([asked.length, emulator.requests()]).toEqual([1, []]);
      }, status),
    ),
  );

  test("credentials in HTTPS_PROXY go to the proxy, and into no message", () =>
    withSecureEmulator((_, url) =>
      proxying(async (proxy) => {
        const HTTPS_PROXY = proxy.replace("//", "//user:canary-password@");
        const result = await sendFromProcess(url, { HTTPS_PROXY });
        expect(JSON.stringify(result)).not.toContain("canary");
      }, 407),
    ));
});
