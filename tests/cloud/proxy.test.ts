import { createServer, type Socket } from "node:net";
import { getCACertificates, setDefaultCACertificates } from "node:tls";
import { proxyFor } from "../../provider/cloud/proxy";
import { Transport, type WireResult } from "../../provider/cloud/transport";
import { answering, closedPort, listening, proxying } from "./local-servers";
import { CERTIFICATE, sendFromProcess, tls, withSecureEmulator } from "./secure-emulator";

type Environment = Readonly<Record<string, string>>;

async function sendWith(environment: Environment, url: string, timeoutMs = 5_000): Promise<WireResult> {
  const transport = new Transport(environment);
  try {
    return await transport.send({ method: "GET", url: new URL(url), headers: {} }, timeoutMs);
  } finally {
    transport.close();
  }
}

/** A proxy that does this with each connection, once it was asked for something. */
const misbehaving = <T>(
  misbehave: (client: Socket, request: string) => unknown,
  work: (url: string) => Promise<T>,
): Promise<T> =>
  listening(
    createServer((client) => {
      client.on("error", () => undefined);
      client.once("data", (request) => misbehave(client, String(request)));
    }),
    (port) => work(`http://127.0.0.1:${port}`),
  );

describe("which proxy an address is asked through, as curl and Go read the variables", () => {
  const proxy = "http://user:password@proxy.example:3128";
  const chosen = (url: string, environment: Environment): string | undefined => {
    const found = proxyFor(new URL(url), environment);
    return found === undefined ? undefined : `${found.variable} ${found.address?.href ?? "unusable"}`;
  };

  test.each<[Environment, string | undefined]>([
    [{}, undefined],
    [{ HTTPS_PROXY: proxy }, `HTTPS_PROXY ${proxy}/`],
    [{ https_proxy: proxy, HTTPS_PROXY: "http://other" }, `https_proxy ${proxy}/`],
    [{ all_proxy: proxy, ALL_PROXY: "http://other" }, `all_proxy ${proxy}/`],
    [{ HTTPS_PROXY: proxy, all_proxy: "http://other" }, `HTTPS_PROXY ${proxy}/`],
    [{ https_proxy: "", HTTPS_PROXY: " ", ALL_PROXY: proxy }, `ALL_PROXY ${proxy}/`],
    [{ https_proxy: "" }, undefined],
    [{ http_proxy: proxy, HTTP_PROXY: proxy }, undefined],
    [{ HTTPS_PROXY: "proxy.example:3128" }, "HTTPS_PROXY http://proxy.example:3128/"],
    [{ HTTPS_PROXY: "proxy.example" }, "HTTPS_PROXY http://proxy.example/"],
    [{ HTTPS_PROXY: "HTTPS://proxy.example" }, "HTTPS_PROXY https://proxy.example/"],
    [{ HTTPS_PROXY: "socks5://proxy.example" }, "HTTPS_PROXY unusable"],
    [{ ALL_PROXY: "http://" }, "ALL_PROXY unusable"],
    [{ HTTPS_PROXY: "http://100%:secret@proxy.example" }, "HTTPS_PROXY unusable"],
  ])("%j", (environment, expected) => {
    expect(chosen("https://cloud.example", environment)).toBe(expected);
    expect(chosen("http://localhost:8080", environment)).toBeUndefined();
  });

  test.each<[list: string, url: string, isExempt: boolean]>([
    ["a.example", "https://a.example", true],
    ["A.Example.", "https://a.example", true],
    ["a.example", "https://a.example.", true],
    ["a.example", "https://b.a.example", true],
    ["a.example", "https://ba.example", false],
    [".a.example", "https://b.a.example", true],
    [".a.example", "https://a.example", true],
    ["*.a.example", "https://b.a.example", true],
    ["*.a.example", "https://a.example", false],
    ["x, y\tz,,a.example", "https://a.example", true],
    [" , ", "https://a.example", false],
    ["*", "https://a.example", true],
    ["x,*", "https://a.example", true],
    ["a.example:443", "https://a.example", true],
    ["a.example:444", "https://a.example", false],
    ["a.example:444", "https://a.example:444", true],
    ["*:444", "https://a.example", false],
    ["10.1.2.3", "https://10.1.2.3", true],
    ["2.3", "https://10.1.2.3", false],
    ["10.1.0.0/16", "https://10.1.2.3", true],
    ["10.1.0.0/16:443", "https://10.1.2.3", true],
    ["10.2.0.0/16", "https://10.1.2.3", false],
    ["10.1.2.3/33", "https://10.1.2.3", false],
    ["10.1.2.3/", "https://10.1.2.3", false],
    ["::/0", "https://10.1.2.3", false],
    ["0.0.0.0/0", "https://a.example", false],
    ["::1", "https://[::1]:8443", true],
    ["[0:0:0:0:0:0:0:1]:8443", "https://[::1]:8443", true],
    ["[::1]:8444", "https://[::1]:8443", false],
    ["fd00::/8", "https://[fd12::1]", true],
  ])("NO_PROXY=%j and %s: exempt is %p", (list, url, isExempt) => {
    for (const name of ["no_proxy", "NO_PROXY"])
      expect(proxyFor(new URL(url), { HTTPS_PROXY: proxy, [name]: list }) === undefined).toBe(isExempt);
  });

  test("no_proxy counts for more than NO_PROXY, unless it is empty", () => {
    const both = { HTTPS_PROXY: proxy, no_proxy: "x.example", NO_PROXY: "a.example" };
    expect(chosen("https://a.example", both)).toBeDefined();
    expect(chosen("https://a.example", { ...both, no_proxy: "" })).toBeUndefined();
  });
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
          reason: `the proxy refused the connection (HTTP ${status})`,
        });
        expect([asked.length, emulator.requests()]).toEqual([1, []]);
      }, status),
    ),
  );

  test("credentials in HTTPS_PROXY go to the proxy, and into no message", () => {
    const asked: string[] = [];
    const refuse = (client: Socket, request: string): void => {
      asked.push(request);
      client.end("HTTP/1.1 407 No\r\n\r\n");
    };
    return misbehaving(refuse, async (proxy) => {
      const HTTPS_PROXY = proxy.replace("//", "//user:canary%40password@");
      const result = await sendWith({ HTTPS_PROXY }, "https://127.0.0.1:1/");
      const credentials = Buffer.from("user:canary@password").toString("base64");
      expect(asked).toEqual([expect.stringContaining(`proxy-authorization: Basic ${credentials}\r\n`)]);
      expect(JSON.stringify(result)).not.toMatch(/canary|dXNlcjpj/);
    });
  });

  test("what the variables say counts for the sockets", () =>
    proxying(
      (better, askedBetter) =>
        proxying(async (worse, askedWorse) => {
          await sendWith(
            { https_proxy: better, HTTPS_PROXY: worse, ALL_PROXY: worse },
            "https://127.0.0.1:1/",
          );
          expect([askedBetter, askedWorse]).toEqual([["127.0.0.1:1"], []]);
        }, 403),
      403,
    ));

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

  test.each([
    ["HTTPS_PROXY", "socks5://127.0.0.1:1"],
    ["https_proxy", "ftp://127.0.0.1:1"],
    ["ALL_PROXY", "http://me:canary@:1"],
    ["HTTPS_PROXY", "http://canary%:x@127.0.0.1:1"],
  ])("%s=%s is no proxy that can be used: the variable is named and nothing is sent", async (name, value) => {
    expect(await sendWith({ [name]: value }, "https://127.0.0.1:1/")).toEqual({
      kind: "untrusted",
      reason: `${name} is not the address of an HTTP proxy, such as http://proxy.example.com:8080`,
      cause: undefined,
    });
  });

  const REFUSED = "the proxy's response is not HTTP";
  const CLOSED = "the connection was closed as soon as it was made (ECONNRESET)";
  test.each<[what: string, (client: Socket) => unknown, WireResult["kind"], reason: string]>([
    ["no status", (client) => client.end("HTTP/1.1 NaN No\r\n\r\n"), "untrusted", REFUSED],
    ["an empty status", (client) => client.end("HTTP/1.1 \r\n\r\n"), "untrusted", REFUSED],
    ["another protocol", (client) => client.end("SSH-2.0-OpenSSH\r\n"), "untrusted", REFUSED],
    [
      "endless headers",
      (client) => client.end(`HTTP/1.1 200 OK\r\nx: ${"y".repeat(40_000)}`),
      "untrusted",
      REFUSED,
    ],
    ["its end", (client) => client.end(), "not-sent", "the proxy made no connection (UND_ERR_PRX_CONN)"],
    ["half an answer", (client) => client.end("HTTP/1.1 200 O"), "not-sent", "the proxy made no connection"],
    ["a reset", (client) => client.resetAndDestroy(), "not-sent", CLOSED],
    ["a tunnel that ends", (client) => client.end("HTTP/1.1 200 OK\r\n\r\n"), "not-sent", CLOSED],
    [
      "a tunnel to no TLS",
      (client) => client.end("HTTP/1.1 200 OK\r\n\r\nhello"),
      "untrusted",
      "(ERR_SSL_WRONG_VERSION_NUMBER)",
    ],
  ])("one whose answer is %s: one sentence, and nothing was sent", (_, misbehave, kind, reason) =>
    misbehaving(misbehave, async (HTTPS_PROXY) => {
      expect(await sendWith({ HTTPS_PROXY }, "https://127.0.0.1:1/")).toMatchObject({
        kind,
        reason: expect.stringContaining(reason) as string,
      });
    }),
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
          const transport = new Transport({ HTTPS_PROXY });
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
