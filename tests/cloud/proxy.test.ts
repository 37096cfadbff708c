import { createServer } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { Transport, type WireResult } from "../../provider/cloud/transport";
import { answering, closedPort, listening, proxying } from "./local-servers";
import { CERTIFICATE, sendFromProcess, tls, withSecureEmulator } from "./secure-emulator";

type Environment = Readonly<Record<string, string>>;

/** Made with these variables, and no others of their kind. */
function transportWith(environment: Environment): Transport {
  const own = process.env;
  const others = Object.entries(own).filter(([name]) => !/_proxy$/i.test(name));
  process.env = { ...Object.fromEntries(others), ...environment };
  const transport = new Transport();
  process.env = own;
  return transport;
}

async function sendWith(environment: Environment, url: string, timeoutMs = 5_000): Promise<WireResult> {
  const transport = transportWith(environment);
  try {
    return await transport.send({ method: "GET", url: new URL(url), headers: {} }, timeoutMs);
  } finally {
    transport.close();
  }
}

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
          reason: `the proxy refused the connection (HTTP ${status})`,
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

  test.each(["https_proxy", "HTTPS_PROXY", "http_proxy", "HTTP_PROXY"])("%s is read", (name) =>
    proxying(async (proxy, asked) => {
      await sendWith({ [name]: proxy }, "https://127.0.0.1:1/");
      expect(asked).toEqual(["127.0.0.1:1"]);
    }, 403),
  );

  test.each([
    ["https_proxy", "HTTPS_PROXY"],
    ["HTTPS_PROXY", "http_proxy"],
    ["http_proxy", "HTTP_PROXY"],
  ])("%s counts for more than %s, also where it is empty", (first, second) =>
    proxying(
      (better, askedBetter) =>
        proxying(async (worse, askedWorse) => {
          await sendWith({ [first]: better, [second]: worse }, "https://127.0.0.1:1/");
          expect([askedBetter.length, askedWorse.length]).toEqual([1, 0]);
          expect(await sendWith({ [first]: "", [second]: worse }, "https://127.0.0.1:1/")).toMatchObject({
            reason: "nothing listens at that address (ECONNREFUSED)",
          });
          expect(askedWorse).toEqual([]);
        }, 403),
      403,
    ),
  );

  test("what is for this machine only (http) goes through none: it would leave it in clear text", () =>
    answering(
      (_, response) => response.end("direct"),
      (url) =>
        proxying(async (proxy, asked) => {
          const environment = { HTTP_PROXY: proxy, http_proxy: proxy, HTTPS_PROXY: proxy };
          expect(await sendWith(environment, url)).toMatchObject({ kind: "answer", text: "direct" });
          expect(asked).toEqual([]);
        }),
    ));

  test.each(["proxy:8080", "proxy.example.com", "http://", "ftp://127.0.0.1:1", "http://me:canary@:1"])(
    "the address %j is none: the variable is named and nothing is sent",
    async (HTTPS_PROXY) => {
      const result = await sendWith({ HTTPS_PROXY }, "https://127.0.0.1:1/");
      expect(result).toMatchObject({
        kind: "untrusted",
        reason: "HTTPS_PROXY is not the address of a proxy, such as http://proxy.example.com:8080",
      });
    },
  );

  test("one that does not listen was asked for nothing, so everything may be repeated", async () => {
    const HTTPS_PROXY = `http://127.0.0.1:${await closedPort()}`;
    expect(await sendWith({ HTTPS_PROXY }, "https://127.0.0.1:1/")).toMatchObject({ kind: "not-sent" });
  });

  test("one that says nothing is left when the time is up", () =>
    listening(createServer(), async (port) => {
      const HTTPS_PROXY = `http://127.0.0.1:${port}`;
      expect(await sendWith({ HTTPS_PROXY }, "https://127.0.0.1:1/", 100)).toMatchObject({
        kind: "not-sent",
        reason: "no connection within 0.1 s",
      });
    }));

  test("a request that was given up is not sent when the proxy at last speaks", async () => {
    const authorities = getCACertificates("default");
    setDefaultCACertificates([...authorities, tls.cert.toString()]);
    const ready = Promise.withResolvers();
    await withSecureEmulator((emulator, address) =>
      proxying(
        async (HTTPS_PROXY) => {
          const transport = transportWith({ HTTPS_PROXY });
          const url = new URL(address);
          const lost = { method: "DELETE", url, headers: {} } as const;
          expect(await transport.send(lost, 100)).toMatchObject({ kind: "not-sent" });
          ready.resolve(undefined);
          // It was in line before this one, and would have come first.
          const next = { method: "GET", url, headers: {} } as const;
          expect(await transport.send(next, 5_000)).toMatchObject({ kind: "answer", status: 200 });
          expect(emulator.requests().map(({ method }) => method)).toEqual(["GET"]);
          transport.close();
        },
        undefined,
        ready.promise,
      ),
    ).finally(() => {
      setDefaultCACertificates(authorities);
    });
  });
});
