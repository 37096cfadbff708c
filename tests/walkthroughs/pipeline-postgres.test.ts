import { execFileSync, spawn, spawnSync, type ChildProcess } from "node:child_process";
import { chownSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { startEmulator } from "../../emulator";
import { EngineStack } from "../engine/engine-stack";

/** Where Debian keeps the server's programs; installed here, if this is a Debian machine and we may. */
function postgresPrograms(): string | undefined {
  const find = (): string | undefined => {
    const root = "/usr/lib/postgresql";
    const versions = existsSync(root) ? readdirSync(root) : [];
    return versions
      .map((version) => join(root, version, "bin"))
      .find((bin) => existsSync(join(bin, "initdb")));
  };
  const found = find();
  if (found !== undefined || userInfo().uid !== 0 || spawnSync("apt-get", ["--version"]).status !== 0)
    return found;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  spawnSync("apt-get", ["update", "-qq"], { env, stdio: "ignore" });
  spawnSync("apt-get", ["install", "-y", "-qq", "--no-install-recommends", "postgresql"], {
    env,
    stdio: "ignore",
  });
  return find();
}

/** A PostgreSQL server of its own on loopback. */
class Postgres {
  readonly #folder = mkdtempSync(join(tmpdir(), "thinkgeo-postgres-"));
  #server: ChildProcess | undefined;

  constructor(private readonly bin: string) {}

  async start(): Promise<string> {
    const port = await freePort();
    const data = join(this.#folder, "data");
    mkdirSync(data);
    const uid = this.#owner();
    for (const folder of [this.#folder, data]) if (uid !== undefined) chownSync(folder, uid, uid);
    const as = uid === undefined ? {} : { uid, gid: uid };
    execFileSync(join(this.bin, "initdb"), ["-D", data, "-U", "pulumi", "--auth=trust", "--no-sync"], {
      ...as,
      cwd: this.#folder,
      stdio: "pipe",
    });
    const flags = ["-D", data, "-p", String(port), "-h", "127.0.0.1", "-k", this.#folder, "-c", "fsync=off"];
    this.#server = spawn(join(this.bin, "postgres"), flags, { ...as, cwd: this.#folder, stdio: "ignore" });
    const ready = (): boolean =>
      spawnSync(join(this.bin, "pg_isready"), ["-h", "127.0.0.1", "-p", String(port)]).status === 0;
    for (let turn = 0; turn < 100 && !ready(); turn++)
      await new Promise((resolve) => setTimeout(resolve, 100));
    return `postgres://pulumi@127.0.0.1:${port}/postgres?sslmode=disable`;
  }

  /** The server refuses to run as root. */
  #owner(): number | undefined {
    return userInfo().uid === 0
      ? Number(execFileSync("id", ["-u", "postgres"], { encoding: "utf8" }))
      : undefined;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    if (server !== undefined && server.exitCode === null) {
      const ended = new Promise((resolve) => server.once("exit", resolve));
      server.kill("SIGQUIT");
      await ended;
    }
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 0;
}

const bin = postgresPrograms();
if (bin === undefined && process.env["CI"] !== undefined)
  throw new Error("PostgreSQL could not be installed for this test.");

(bin === undefined ? test.skip : test)(
  "two pipelines at once on one stack in PostgreSQL: the second is refused by the lock, and nothing is lost",
  async () => {
    const postgres = new Postgres(bin ?? "");
    const emulator = await startEmulator();
    const stack = new EngineStack(emulator.accounts[0]);
    try {
      stack.environment["PULUMI_BACKEND_URL"] = await postgres.start();
      await stack.init();
      stack.declare(
        { name: "a", args: { name: "A", type: "NativeConfidential" } },
        { name: "b", args: { name: "B", type: "NativeConfidential" } },
      );
      const held = emulator.fault({ kind: "hold", method: "POST", path: "/api/v1/clients", when: "after" });
      const first = stack.run("up", "--skip-preview");
      await held.untilFired(2);
      const second = await stack.run("up", "--skip-preview");
      expect(second.code).not.toBe(0);
      expect(second.out).toMatch(/locked/);
      held.remove();
      expect((await first).code).toBe(0);
      const made = emulator.accounts[0].clients().map(({ name }) => name);
      expect(made.filter((name) => name === "A" || name === "B").sort()).toEqual(["A", "B"]);
      await stack.expectNothingToDo();
      expect(Object.keys(await stack.state()).sort()).toEqual(["a", "b"]);
    } finally {
      stack.remove();
      await emulator.close();
      await postgres.stop();
    }
  },
);
