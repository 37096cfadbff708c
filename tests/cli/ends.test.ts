import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, openSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { endOf } from "../end-of";
import { BIN } from "../repository";
import { startEmulator, type Emulator, type EmulatorAccount } from "../../emulator/index";
import { exportOf } from "./drift/stack-export";
import { withSkewedClock } from "./skewed-clock";

interface Scene {
  readonly emulator: Emulator;
  readonly account: EmulatorAccount;
  /** Starts the command as a process of its own; its standard output goes to a pipe, or into a file. */
  readonly start: (
    args: readonly string[],
    more?: { readonly file?: string; readonly environment?: Record<string, string> },
  ) => { readonly child: ChildProcess; readonly ended: ReturnType<typeof endOf> };
}

async function withCommand(work: (scene: Scene) => Promise<void>): Promise<void> {
  const emulator = await startEmulator();
  const [account] = emulator.accounts;
  const folder = mkdtempSync(join(tmpdir(), "thinkgeo-ends-"));
  writeFileSync(join(folder, "dev.json"), exportOf());
  const start: Scene["start"] = (args, { file, environment } = {}) => {
    const child = spawn(process.execPath, [BIN, ...args], {
      cwd: folder,
      env: { PATH: process.env["PATH"], ...account.environment, ...environment },
      stdio: ["ignore", file === undefined ? "pipe" : openSync(file, "w"), "pipe"],
    });
    return { child, ended: endOf(child) };
  };
  try {
    await work({ emulator, account, start });
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await emulator.close();
  }
}

const SWEEP = ["sweep", "--prefix", "pr-", "--older-than", "7d", "--no-stacks", "--yes"];

/** Makes 95 clients that a sweep deletes, in three requests. */
const leave95 = (account: EmulatorAccount): void => {
  for (let number = 1; number <= 95; number++)
    account.addClient({ name: `pr-${number}-2026-01-01`, clientType: "JavaScript" });
};
const leftOf = (account: EmulatorAccount): number =>
  account.clients().filter(({ name }) => name.startsWith("pr-")).length;

describe.each([
  ["drift", ["drift", "dev.json"]],
  ["export", ["export", "--out", "keys"]],
  ["explain", ["explain", "--type", "JavaScript", "--origin", "https://a.com"]],
  ["doctor", ["doctor"]],
  ["sweep", SWEEP],
  ["help", ["--help"]],
])("%s", (_, args) => {
  test("a reader that goes away is said in a sentence, with exit code 2", () =>
    withCommand(async ({ start }) => {
      const { child, ended } = start(args);
      child.stdout?.destroy();
      const { code, err } = await ended;
      expect(err).toMatch(/thinkgeo [-\w]+: whoever read its output has gone \(EPIPE\)/);
      expect(err).not.toMatch(/\n {4}at /);
      expect(code).toBe(2);
    }));

  test("and so is a full disk", () =>
    withCommand(async ({ start }) => {
      const { code, err } = await start(args, { file: "/dev/full" }).ended;
      expect(err).toMatch(/thinkgeo [-\w]+: its output could not be written \(ENOSPC\)/);
      expect(code).toBe(2);
    }));
});

test.each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
  ["SIGHUP", 129],
] as const)("%s ends what only reads at once, with exit code %d", (signal, status) =>
  withCommand(async ({ emulator, start }) => {
    emulator.fault({ kind: "stall-headers", path: "/api/v1/clients" });
    const { child, ended } = start(["drift", "dev.json"]);
    emulator.onRequest(({ request, moment }) => {
      if (moment === "before" && request.path === "/api/v1/clients") child.kill(signal);
    });
    expect(await ended).toEqual({ code: status, out: "", err: `thinkgeo drift: interrupted (${signal}).\n` });
  }),
);

describe("a sweep", () => {
  test("that is interrupted finishes the deletes under way, begins no others, and says what it did", () =>
    withCommand(async ({ emulator, account, start }) => {
      leave95(account);
      const { child, ended } = start([...SWEEP, "--most", "95"]);
      // Answered once the signal has arrived.
      emulator.onRequest(async ({ request, moment }) => {
        if (moment !== "before" || request.method !== "DELETE") return;
        child.kill("SIGTERM");
        await once(child.stderr ?? child, "data");
      });
      const { code, out, err } = await ended;
      expect(out).toContain("Interrupted: 40 of 95 deleted, 0 failed, and 55 were not tried.");
      expect(err).toContain("Interrupted: finishing what is under way.");
      expect(code).toBe(143);
      expect(leftOf(account)).toBe(55);
    }));

  test.each([[[]], [["--json"]]])("whose reader goes away says in the log what it did: %j", (more) =>
    withCommand(async ({ emulator, account, start }) => {
      leave95(account);
      const { child, ended } = start([...SWEEP, "--most", "95", ...more]);
      emulator.onRequest(({ request, moment }) => {
        if (moment === "before" && request.method === "DELETE") child.stdout?.destroy();
      });
      const { code, err } = await ended;
      expect(err).toContain('95 of 95 clients whose names begin with "pr-" were deleted.');
      expect(code).toBe(2);
      expect(leftOf(account)).toBe(0);
    }),
  );

  test("deletes nothing where this machine's clock is wrong", () =>
    withCommand(async ({ emulator, account, start }) => {
      leave95(account);
      await withSkewedClock(emulator.url, -3600, async (url) => {
        const environment = { THINKGEO_API_URL: url };
        const { code, err } = await start(SWEEP, { environment }).ended;
        expect(err).toContain("This machine's clock is 60 minutes ahead of ThinkGeo's");
        expect(code).toBe(2);
      });
      expect(leftOf(account)).toBe(95);
    }));
});

test("a probe whose reader goes away cleans up", () =>
  withCommand(async ({ emulator, account, start }) => {
    const before = JSON.stringify(account.clients());
    const { child, ended } = start(["doctor", "--probe", "--yes-change-account", account.name]);
    emulator.onRequest(({ request, moment }) => {
      if (moment === "after" && request.method === "POST" && request.path === "/api/v1/clients")
        child.stdout?.destroy();
    });
    const { code, err } = await ended;
    expect(err).toContain("whoever read its output has gone");
    expect(code).toBe(2);
    expect(JSON.stringify(account.clients())).toBe(before);
  }));
