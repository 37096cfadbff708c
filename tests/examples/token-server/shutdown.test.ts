import { connect, type Socket } from "node:net";
import { once } from "node:events";
import { TOKEN_PATH, withServer } from "./scene";
import { inFlight } from "./in-flight";
import type { Emulator } from "../../../emulator";

const holdFirstToken = (emulator: Emulator): void => {
  emulator.fault({ kind: "hold", path: TOKEN_PATH, times: 1 });
};

async function connected(url: string): Promise<Socket> {
  const socket = connect(Number(new URL(url).port), "127.0.0.1");
  await once(socket, "connect");
  return socket;
}

test("a request that is under way is answered, and nothing new is accepted", () =>
  withServer(
    async ({ ask, server, emulator, lines, url }) => {
      const [held] = emulator.faults;
      await held?.untilFired();
      const waiting = ask();
      await inFlight(url, 1);
      const closed = server.close();
      await expect(connected(url)).rejects.toMatchObject({ code: "ECONNREFUSED" });
      held?.release();
      const response = await waiting;
      await closed;

      expect([response.status, response.headers.get("connection")]).toEqual([200, "close"]);
      expect(lines.at(-1)).toContain('"event":"stopped"');
      expect(lines.at(-1)).toContain('"level":"info"');
    },
    {},
    holdFirstToken,
  ));

test("what is not answered by the deadline is cut off", () =>
  withServer(
    async ({ ask, server, emulator, clock, lines, url }) => {
      await emulator.faults[0]?.untilFired();
      const waiting = ask().catch(() => "cut off");
      await inFlight(url, 1);
      const closed = server.close();
      clock.advance(4_999);
      expect(lines.join("")).not.toContain("stopped");
      clock.advance(1);
      await closed;

      expect(await waiting).toBe("cut off");
      expect(lines.join("")).toContain('"event":"stopped","message":"1 requests were cut off."');
    },
    { SHUTDOWN_SECONDS: "5" },
    holdFirstToken,
  ));

test("connections that ask nothing do not hold it up", () =>
  withServer(async ({ ask, server, url }) => {
    const silent = await connected(url);
    const ended = once(silent, "close");
    expect((await ask()).status).toBe(200);
    await server.close();
    await ended;
  }));

test("it renews nothing any more", () =>
  withServer(async ({ ask, server, clock, tokenRequests }) => {
    await ask();
    await server.close();
    expect(clock.due).toEqual([]);
    expect(tokenRequests()).toBe(1);
  }));

test("meanwhile it is not ready for whoever still has a connection", () =>
  withServer(
    async ({ ask, server, emulator, url }) => {
      await emulator.faults[0]?.untilFired();
      const waiting = ask();
      await inFlight(url, 1);
      const early = await connected(url);
      // Whoever connects after it is accepted after it, so that it has been accepted when this is answered.
      await ask("/healthz");
      const closed = server.close();
      early.write("GET /readyz HTTP/1.1\r\nHost: here\r\n\r\n");
      const [answer] = (await once(early, "data")) as [Buffer];
      emulator.faults[0]?.release();

      expect(answer.toString()).toMatch(/^HTTP\/1\.1 503 [^]*connection: close[^]*\{"status":"stopping"\}/i);
      expect((await waiting).status).toBe(200);
      await closed;
    },
    {},
    holdFirstToken,
  ));
