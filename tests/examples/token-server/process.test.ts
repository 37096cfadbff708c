import { startEmulator, type Emulator } from "../../../emulator";
import { inFlight } from "./in-flight";
import { PAGE, TOKEN_PATH } from "./scene";
import { ServerProcess } from "./server-process";
import { until } from "./until";

let emulator: Emulator;
let server: ServerProcess | undefined;

const start = (changes: Readonly<Record<string, string>> = {}): ServerProcess =>
  (server = new ServerProcess({ ...emulator.accounts[0].environment, ALLOWED_ORIGINS: PAGE, ...changes }));

beforeAll(async () => {
  emulator = await startEmulator();
});
afterEach(async () => {
  emulator.clearFaults();
  await server?.kill();
});
afterAll(() => emulator.close());

test.each(["SIGTERM", "SIGINT"] as const)(
  "%s while a request is under way: answered, then exit code 0",
  async (signal) => {
    const held = emulator.fault({ kind: "hold", path: TOKEN_PATH });
    const running = start();
    const url = await running.url();
    await held.untilFired();
    const waiting = fetch(`${url}/token`, { headers: { origin: PAGE } });
    await inFlight(url, 1);
    running.signal(signal);
    await until(() => running.output.includes(`"event":"stopping","reason":"${signal}"`));
    held.release();

    expect((await waiting).status).toBe(200);
    expect(await running.ended()).toBe(0);
    expect(running.output.trimEnd().split("\n").at(-1)).toContain('"event":"stopped"');
  },
);

test("a log whose reader is gone does not end it: it answers on, and ends cleanly", async () => {
  const running = start();
  const url = await running.url();
  const ask = async (): Promise<number> =>
    (await fetch(`${url}/token`, { headers: { origin: PAGE } })).status;
  expect(await ask()).toBe(200);
  running.stopReading();
  // Each of these is a line of the log that nobody reads.
  for (let turn = 0; turn < 5; turn++) expect(await ask()).toBe(200);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  running.signal("SIGTERM");
  expect(await running.ended()).toBe(0);
});

test("a second signal ends it at once", async () => {
  const held = emulator.fault({ kind: "hold", path: TOKEN_PATH });
  const running = start({ SHUTDOWN_SECONDS: "300" });
  const url = await running.url();
  await held.untilFired();
  const waiting = fetch(`${url}/token`, { headers: { origin: PAGE } }).catch(() => "cut off");
  await inFlight(url, 1);
  running.signal("SIGTERM");
  await until(() => running.output.includes("stopping"));
  running.signal("SIGTERM");

  expect(await running.ended()).toBe("SIGTERM");
  expect(await waiting).toBe("cut off");
});

test("without settings it says what is missing, a line each, and ends", async () => {
  const running = start({ THINKGEO_CLIENT_SECRET: "", ALLOWED_ORIGINS: "" });

  expect(await running.ended()).toBe(1);
  expect(running.output.trimEnd().split("\n")).toEqual([
    expect.stringMatching(/^THINKGEO_CLIENT_SECRET is missing/),
    expect.stringMatching(/^ALLOWED_ORIGINS is missing/),
  ]);
});

test("a port that is taken is said in a sentence", async () => {
  const { port } = new URL(emulator.url);
  const running = start({ PORT: port });

  expect(await running.ended()).toBe(1);
  expect(running.output).toBe(`The server cannot listen at 127.0.0.1, port ${port} (EADDRINUSE).\n`);
});
