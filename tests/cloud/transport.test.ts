import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:http";
import { createServer as createTcpServer, type Socket } from "node:net";
import { join } from "node:path";
import { startEmulator, type FaultEffect } from "../../emulator";
import { Transport, type WireResult } from "../../provider/cloud/transport";
import { answering, closedPort, listening } from "./local-servers";

async function send(
  url: string,
  timeoutMs = 5_000,
  headers: Record<string, string> = {},
): Promise<WireResult> {
  const transport = new Transport();
  try {
    return await transport.send({ method: "GET", url: new URL(url), headers }, timeoutMs);
  } finally {
    transport.close();
  }
}

test("an answer comes with its status, its headers and its whole body", () =>
  answering(
    ({ method, url, headers }, response) => {
      response.writeHead(418, { "x-one": "1", "set-cookie": ["a", "b"] });
      response.end(`${method} ${url} ${String(headers["x-mine"])}`);
    },
    async (url) => {
      expect(await send(`${url}/a/b?c=d`, 5_000, { "x-mine": "yes" })).toMatchObject({
        kind: "answer",
        status: 418,
        headers: { "x-one": "1", "set-cookie": "a" },
        text: "GET /a/b?c=d yes",
      });
    },
  ));

test("a body is sent as it is", () =>
  answering(
    (request, response) => {
      request.pipe(response);
    },
    async (url) => {
      const transport = new Transport();
      const request = { method: "POST", url: new URL(url), headers: {}, body: "ü {}" } as const;
      expect(await transport.send(request, 5_000)).toMatchObject({ kind: "answer", text: "ü {}" });
      transport.close();
    },
  ));

test("a connection is kept and used again", () => {
  const server = createServer((_, response) => response.end("ok"));
  let connections = 0;
  server.on("connection", () => connections++);
  return listening(server, async (port) => {
    const transport = new Transport();
    const request = { method: "GET", url: new URL(`http://127.0.0.1:${port}`), headers: {} } as const;
    for (let turn = 0; turn < 5; turn++) await transport.send(request, 5_000);
    transport.close();
    expect(connections).toBe(1);
  });
});

describe("why there is no answer", () => {
  test("nothing listens: nothing was sent", async () => {
    expect(await send(`http://127.0.0.1:${await closedPort()}`)).toMatchObject({
      kind: "not-sent",
      reason: "nothing listens at that address (ECONNREFUSED)",
    });
  });

  const CUT = "the connection was closed before the response was complete";
  test.each<[FaultEffect, WireResult["kind"], string]>([
    [{ kind: "drop" }, "ambiguous", `${CUT} (UND_ERR_SOCKET)`],
    [{ kind: "reset" }, "ambiguous", `${CUT} (ECONNRESET)`],
    [{ kind: "truncate" }, "ambiguous", `${CUT} (UND_ERR_SOCKET)`],
    [{ kind: "garbage-http" }, "ambiguous", "the response is not HTTP (HTTPParserError)"],
    [
      { kind: "huge-header" },
      "unreadable",
      "the response's headers are larger than 16 kB (UND_ERR_HEADERS_OVERFLOW)",
    ],
    [{ kind: "oversized", bytes: 70_000_000 }, "unreadable", "the response is larger than 64 MB"],
  ])("%j", async (fault, kind, reason) => {
    const emulator = await startEmulator();
    emulator.fault(fault);
    expect(await send(emulator.url)).toMatchObject({ kind, reason });
    await emulator.close();
  });

  const HEAD = "HTTP/1.1 200 OK\r\n";
  test.each<[what: string, answer: string, reason: string]>([
    ["no status", "HTTP/1.1 NaN Odd\r\n\r\n", "the response is not HTTP"],
    [
      "a status that there is not",
      "HTTP/1.1 000 Odd\r\ncontent-length: 0\r\n\r\n",
      "the response is not HTTP",
    ],
    ["a change of protocol", "HTTP/1.1 101 Switching Protocols\r\n\r\n", "the response is not HTTP"],
    ["half a head", `${HEAD}content-len`, CUT],
    ["half a body", `${HEAD}content-length: 9\r\n\r\nhalf`, CUT],
    ["half a body, and nothing after it", `${HEAD}connection: close\r\ncontent-length: 9\r\n\r\nhalf`, CUT],
    ["half a chunk", `${HEAD}transfer-encoding: chunked\r\n\r\n9\r\nhalf`, CUT],
    [
      "half a chunk, and nothing after it",
      `${HEAD}connection: close\r\ntransfer-encoding: chunked\r\n\r\n9\r\nhalf`,
      CUT,
    ],
    ["a chunk of no size", `${HEAD}transfer-encoding: chunked\r\n\r\nx\r\nhalf`, "the response is not HTTP"],
  ])("an answer with %s: the request may have been applied", (_, answer, reason) =>
    listening(
      createTcpServer((client) => client.once("data", () => client.end(answer))),
      async (port) => {
        expect(await send(`http://127.0.0.1:${port}`)).toMatchObject({
          kind: "ambiguous",
          reason: expect.stringContaining(reason) as string,
        });
      },
    ),
  );

  test("what HTTP cannot carry is not sent, and not repeated", () =>
    answering(
      (_, response) => response.end(),
      async (url) => {
        expect(await send(url, 5_000, { authorization: "Bearer to\nken" })).toMatchObject({
          kind: "untrusted",
          reason: "HTTP cannot carry this request (UND_ERR_INVALID_ARG)",
        });
      },
    ));
});

describe("what was sent is known of each request, not of its connection", () => {
  test.each(["end", "destroy", "resetAndDestroy"] as const)(
    "a TLS handshake that the server cuts off (%s): nothing was sent",
    (cutOff) =>
      listening(
        createTcpServer((client) => {
          client.on("error", () => undefined);
          client.once("data", () => client[cutOff]());
        }),
        async (port) => {
          expect(await send(`https://127.0.0.1:${port}`)).toMatchObject({
            kind: "not-sent",
            reason: "the connection was closed as soon as it was made (ECONNRESET)",
          });
        },
      ),
  );

  test("a kept connection that is closed when the next request comes: that one may have been applied", () => {
    const seen: Socket[] = [];
    const server = createServer(({ socket }, response) => {
      if (seen.includes(socket)) socket.destroy();
      else response.end("ok");
      seen.push(socket);
    });
    return listening(server, async (port) => {
      const transport = new Transport();
      const request = { method: "POST", url: new URL(`http://127.0.0.1:${port}`), headers: {} } as const;
      expect(await transport.send(request, 5_000)).toMatchObject({ text: "ok" });
      expect(await transport.send(request, 5_000)).toMatchObject({ kind: "ambiguous" });
      // It was sent once: nothing below repeats it.
      expect(seen).toEqual([seen[0], seen[0]]);
      transport.close();
    });
  });

  test("of several in flight, one that finds nobody was not sent, and one that waits for its answer was", () => {
    const waiting: Socket[] = [];
    const arrived = Promise.withResolvers();
    const server = createServer(({ socket }) => {
      waiting.push(socket);
      if (waiting.length === 2) arrived.resolve(undefined);
    });
    return listening(server, async (port) => {
      const transport = new Transport();
      const request = { method: "POST", url: new URL(`http://127.0.0.1:${port}`), headers: {} } as const;
      const sent = [transport.send(request, 5_000), transport.send(request, 5_000)];
      await arrived.promise;
      server.close();
      expect(await transport.send(request, 5_000)).toMatchObject({ kind: "not-sent" });
      for (const socket of waiting) socket.destroy();
      expect(await Promise.all(sent)).toMatchObject([{ kind: "ambiguous" }, { kind: "ambiguous" }]);
      transport.close();
    });
  });
});

describe("a server that is too slow", () => {
  test.each<[FaultEffect, string]>([
    [{ kind: "stall-headers" }, "no response within 0.5 s"],
    [{ kind: "delay", ms: 900 }, "no response within 0.5 s"],
    [{ kind: "stall-body" }, "the server began its response and did not finish it within 0.5 s"],
    [{ kind: "trickle", ms: 100 }, "the server began its response and did not finish it within 0.5 s"],
  ])("%j is left when the time is up, and the phase is said", async (fault, reason) => {
    const emulator = await startEmulator();
    const [account] = emulator.accounts;
    const found = emulator.fault(fault);
    const url = `${emulator.url}/identity/.well-known/openid-configuration`;
    expect(await send(url, 500)).toMatchObject({ kind: "ambiguous", reason });
    expect([found.fired, account.clients().length]).toEqual([1, 3]);
    await emulator.close();
  });

  test.each([0, 0.4, -5])("a time of %d ms is no error of its own", async (timeoutMs) => {
    const emulator = await startEmulator();
    emulator.fault({ kind: "stall-headers" });
    // A millisecond is enough for a connection, or is not.
    expect(await send(emulator.url, timeoutMs)).toMatchObject({
      reason: expect.stringMatching(/^no (?:connection|response) within 0 s$/) as string,
    });
    await emulator.close();
  });
});

test.each([301, 302, 303, 307, 308])(
  "a redirect (%d) is not followed: nothing is sent elsewhere",
  (status) => {
    const elsewhere: unknown[] = [];
    return answering(
      ({ headers }, response) => {
        elsewhere.push(headers);
        response.end("caught");
      },
      async (other) => {
        const emulator = await startEmulator();
        emulator.fault({ kind: "redirect", location: `${other}/catch`, status });
        const result = await send(emulator.url, 5_000, { authorization: "Bearer canary" });
        expect(result).toMatchObject({ kind: "answer", status, headers: { location: `${other}/catch` } });
        expect(elsewhere).toEqual([]);
        await emulator.close();
      },
    );
  },
);

describe("time limits", () => {
  const timers = () => jest.spyOn(globalThis, "setTimeout");
  const ten = 10_000;

  test.each([
    [29_999.2, 30_000],
    [90_000, 30_000],
    [1_200.3, 1_201],
    [0, 1],
  ])("of %d ms that are left, one attempt has %d", async (left, limit) => {
    const set = timers();
    await send(`http://127.0.0.1:${await closedPort()}`, left);
    expect(set).toHaveBeenCalledWith(expect.any(Function), limit);
    set.mockRestore();
  });

  /** Lets the ten seconds for a connection pass at once. */
  const tenSecondsLater = (set: ReturnType<typeof timers>): void => {
    set.mock.calls.find(([, ms]) => ms === ten)?.[0]();
  };

  test("ten seconds are enough for a connection, and then nothing was sent", () =>
    listening(createTcpServer(), async (port) => {
      const set = timers();
      const result = send(`https://127.0.0.1:${port}`);
      tenSecondsLater(set);
      expect(await result).toMatchObject({ kind: "not-sent", reason: "no connection within 10 s" });
      set.mockRestore();
    }));

  test("an answer may take longer than a connection", () => {
    const asked = Promise.withResolvers();
    const ready = Promise.withResolvers();
    return answering(
      (_, response) => {
        asked.resolve(undefined);
        void ready.promise.then(() => response.end("late"));
      },
      async (url) => {
        const set = timers();
        const result = send(url);
        await asked.promise;
        tenSecondsLater(set);
        ready.resolve(undefined);
        expect(await result).toMatchObject({ kind: "answer", text: "late" });
        set.mockRestore();
      },
    );
  });
});

test("a connection that the server closed while it was idle is not used again", () =>
  answering(
    (_, response) => response.setHeader("connection", "close").end("ok"),
    async (url) => {
      const transport = new Transport();
      for (let turn = 0; turn < 3; turn++)
        expect(await transport.send({ method: "GET", url: new URL(url), headers: {} }, 5_000)).toMatchObject({
          text: "ok",
        });
      transport.close();
    },
  ));

test("an answer is read whole, whatever its characters are cut into", () =>
  answering(
    (_, response) => {
      const bytes = Buffer.from("ü€😀".repeat(50));
      response.writeHead(200);
      const next = (at: number): void => {
        if (at >= bytes.length) response.end();
        else response.write(bytes.subarray(at, at + 5), () => setImmediate(next, at + 5));
      };
      next(0);
    },
    async (url) => {
      expect(await send(url)).toMatchObject({ text: "ü€😀".repeat(50) });
    },
  ));

test("closing ends what is being connected, so that it keeps no process alive", () => {
  const connected = Promise.withResolvers<Socket>();
  return listening(createTcpServer(connected.resolve), async (port) => {
    const transport = new Transport();
    const request = { method: "GET", url: new URL(`https://127.0.0.1:${port}`), headers: {} } as const;
    const result = transport.send(request, 5_000);
    const socket = await connected.promise;
    transport.close();
    expect(await result).toMatchObject({ kind: "not-sent" });
    socket.resume();
    await once(socket, "close");
  });
});

test("undici is loaded with the first request, and not with the provider: a preview without changes sends none", () => {
  const dist = join(__dirname, "../../dist/provider");
  const script = `
    const loaded = () => Object.keys(require.cache).some((path) => path.includes("node_modules/undici/"));
    require(${JSON.stringify(join(dist, "hosts/dynamic.js"))});
    const { Transport } = require(${JSON.stringify(join(dist, "cloud/transport.js"))});
    const transport = new Transport({});
    const before = loaded();
    transport.send({ method: "GET", url: new URL("http://127.0.0.1:1"), headers: {} }, 5000).then(({ kind }) => {
      console.log(JSON.stringify({ before, after: loaded(), kind }));
    });`;
  const said = execFileSync(process.execPath, ["-e", script], { encoding: "utf8" });
  expect(JSON.parse(said)).toEqual({ before: false, after: true, kind: "not-sent" });
});
