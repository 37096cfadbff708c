import { createServer } from "node:http";
import { createServer as createTcpServer } from "node:net";
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
    // The second may be asked for before the first has come back to the pool.
    expect(connections).toBeLessThanOrEqual(2);
  });
});

describe("why there is no answer", () => {
  test("nothing listens: nothing was sent", async () => {
    expect(await send(`http://127.0.0.1:${await closedPort()}`)).toMatchObject({
      kind: "not-sent",
      reason: "nothing listens at that address (ECONNREFUSED)",
    });
  });

  test.each<[FaultEffect, WireResult["kind"], string]>([
    [{ kind: "drop" }, "ambiguous", "the connection was closed before the answer was complete (ECONNRESET)"],
    [{ kind: "reset" }, "ambiguous", "the connection was closed before the answer was complete (ECONNRESET)"],
    [
      { kind: "truncate" },
      "ambiguous",
      "the connection was closed before the answer was complete (ECONNRESET)",
    ],
    [{ kind: "garbage-http" }, "ambiguous", "the answer is not HTTP (HPE_INVALID_CONSTANT)"],
    [
      { kind: "huge-header" },
      "unreadable",
      "the answer's headers are larger than 16 kB (HPE_HEADER_OVERFLOW)",
    ],
    [{ kind: "oversized", bytes: 70_000_000 }, "unreadable", "the answer is larger than 64 MB"],
  ])("%j", async (fault, kind, reason) => {
    const emulator = await startEmulator();
    emulator.fault(fault);
    expect(await send(emulator.url)).toMatchObject({ kind, reason });
    await emulator.close();
  });
});

describe("a server that is too slow", () => {
  test.each<[FaultEffect, string]>([
    [{ kind: "stall-headers" }, "no answer within 0.5 s"],
    [{ kind: "delay", ms: 900 }, "no answer within 0.5 s"],
    [{ kind: "stall-body" }, "the server began its answer and did not finish it within 0.5 s"],
    [{ kind: "trickle", ms: 100 }, "the server began its answer and did not finish it within 0.5 s"],
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
    expect((await send(emulator.url, timeoutMs)).kind).toBe("ambiguous");
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
