import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { HOSTS } from "./engine-stack";
import { stacksOn, type Scene } from "./with-stack";

const server = { name: "server", args: { type: "NativeConfidential", allowedIpAddresses: ["203.0.113.7"] } };

/** A command that the test will interrupt. */
function start({ stack }: Scene, ...args: string[]): { child: ChildProcess; ended: Promise<unknown> } {
  const { PATH = "", HOME = "" } = process.env;
  const child = spawn("pulumi", [...args, "--non-interactive", "--color", "never"], {
    cwd: stack.folder,
    env: { PATH, HOME, ...stack.environment },
    detached: true,
    stdio: "ignore",
  });
  return { child, ended: once(child, "exit") };
}

/** Ends the engine alone, as the kernel would when memory runs out: what it started lives on. */
function killEngine(child: ChildProcess): void {
  if (child.pid !== undefined) process.kill(child.pid, "SIGKILL");
}

/** The processes that run the provider for a stack; Linux alone tells. */
const providersOf = ({ stack }: Scene): string[] =>
  readdirSync("/proc").filter((pid) => {
    try {
      const command = readFileSync(`/proc/${pid}/cmdline`, "utf8");
      return (
        /cmd\/dynamic-provider|hosts\/native\/main/.test(command) &&
        readlinkSync(`/proc/${pid}/cwd`) === stack.folder
      );
    } catch {
      return false;
    }
  });

describe.each(HOSTS)("on the %s host:", (host) => {
  const onStack = stacksOn(host);

  describe("an engine that is killed", () => {
    // Without that setting: tests/docs/interrupted-run.test.ts. Which clients are taken over: tests/client/create.test.ts.
    test("while the server makes the client, with onLostClient adopt: the rerun converges by itself", () =>
      onStack(async (scene) => {
        scene.stack.environment["THINKGEO_ON_LOST_CLIENT"] = "adopt";
        scene.stack.declare(server);
        const run = start(scene, "up", "--skip-preview", "--yes");
        const stop = scene.emulator.onRequest(async ({ moment, request }) => {
          if (moment !== "after" || request.method !== "POST" || request.path !== "/api/v1/clients") return;
          killEngine(run.child);
          await run.ended;
        });
        await run.ended;
        // The orphaned provider process has its chance to do harm.
        await sleep(500);
        stop();
        await scene.stack.expect(0, "cancel", "--yes");
        const lost = scene.own();
        expect(lost).toHaveLength(1);
        await scene.stack.up();
        expect(scene.own()).toEqual(lost);
      }));

    test("leaves a provider process that repeats nothing", () =>
      onStack(async (scene) => {
        scene.stack.declare(...["a", "b", "c"].map((name) => ({ ...server, name })));
        const run = start(scene, "up", "--skip-preview", "--yes");
        // Refused and not applied, so a living engine would have each POST repeated after four seconds.
        const fault = scene.emulator.fault({
          kind: "status",
          status: 429,
          retryAfter: 4,
          method: "POST",
          path: "/api/v1/clients",
        });
        await fault.untilFired(3);
        killEngine(run.child);
        await run.ended;
        fault.remove();
        scene.emulator.clearRequests();
        await sleep(6_000);
        expect(scene.calls()).toEqual([]);
        expect(scene.own()).toEqual([]);
      }));

    // What has something to say after the engine's end finds nobody that reads it.
    const open = { name: "open", args: { type: "NativeConfidential" } };
    const leavesNothing = (declared: typeof open, environment: Record<string, string>): Promise<void> =>
      onStack(async (scene) => {
        scene.stack.declare(declared);
        scene.stack.environment = { ...scene.stack.environment, ...environment };
        const run = start(scene, "up", "--skip-preview", "--yes");
        const fault = scene.emulator.fault({
          kind: "delay",
          ms: 500,
          method: "POST",
          path: "/api/v1/clients",
        });
        await fault.untilFired();
        killEngine(run.child);
        await run.ended;
        expect(providersOf(scene)).not.toEqual([]);
        while (providersOf(scene).length > 0) await sleep(200);
      });
    (process.platform === "linux" ? test : test.skip)(
      "leaves no provider process behind for long, whether it has nothing to say, a warning, or a log",
      () =>
        Promise.all([
          leavesNothing(server, {}),
          leavesNothing(open, {}),
          leavesNothing(server, { THINKGEO_LOG: "debug" }),
        ]),
    );

    test("while it destroys: the rerun deletes the rest, and no more", () =>
      onStack(async (scene) => {
        const names = ["a", "b", "c"];
        await scene.stack.declare(...names.map((name) => ({ ...server, name }))).up();
        const run = start(scene, "destroy", "--skip-preview", "--yes");
        const stop = scene.emulator.onRequest(async ({ moment, request }) => {
          if (request.method !== "DELETE" || moment !== "after") return;
          killEngine(run.child);
          await run.ended;
        });
        await run.ended;
        stop();
        await scene.stack.expect(0, "cancel", "--yes");
        await scene.stack.expect(0, "destroy", "--skip-preview", "--yes");
        expect(scene.own()).toEqual([]);
        expect(scene.account.clients()).toHaveLength(3);
      }));
  });

  describe("a run that is interrupted with ^C", () => {
    test("once: what is under way is finished, and state knows it", () =>
      onStack(async (scene) => {
        scene.stack.declare(server);
        const run = start(scene, "up", "--skip-preview", "--yes");
        const fault = scene.emulator.fault({
          kind: "delay",
          ms: 800,
          method: "POST",
          path: "/api/v1/clients",
        });
        await fault.untilFired();
        run.child.kill("SIGINT");
        await run.ended;
        await scene.stack.up();
        expect(scene.own()).toHaveLength(1);
      }));

    test("twice: the rerun makes no second client and says how to go on", () =>
      onStack(async (scene) => {
        scene.stack.declare(server);
        const run = start(scene, "up", "--skip-preview", "--yes");
        const fault = scene.emulator.fault({
          kind: "delay",
          ms: 1_500,
          method: "POST",
          path: "/api/v1/clients",
        });
        await fault.untilFired();
        run.child.kill("SIGINT");
        await sleep(200);
        run.child.kill("SIGINT");
        await run.ended;
        await sleep(1_500);
        const made = scene.own();
        expect(made.length).toBeLessThanOrEqual(1);
        const rerun = await scene.stack.run("up", "--skip-preview");
        if (rerun.code === 0) {
          expect(scene.own()).toHaveLength(1);
        } else {
          expect(rerun.out).toContain(`adopt: "${made[0]?.id ?? ""}"`);
          expect(scene.own()).toEqual(made);
        }
      }));
  });
});
