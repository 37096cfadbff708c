import { spawn } from "node:child_process";
import { mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ownClients } from "../own-clients";
import { REPOSITORY } from "../repository";
import { startEmulator, type Client, type Emulator } from "../../emulator";
import { exampleEnvironment, run, UNCHECKED } from "../examples/command";

jest.setTimeout(180_000);

const FOLDER = join(REPOSITORY, "examples/rotation");

describe("examples/rotation", () => {
  const place = mkdtempSync(join(tmpdir(), "thinkgeo-example-"));
  const stack = `test-${process.pid}`;
  const credentials = join(place, "credentials.json");
  let emulator: Emulator;

  async function pulumi(...args: string[]): Promise<string> {
    const { status, output } = await run("pulumi", ["--cwd", FOLDER, "--non-interactive", ...args], {
      ...exampleEnvironment(emulator.accounts[0], place, stack),
      ...UNCHECKED,
    });
    if (status !== 0) throw new Error(`pulumi ${args.join(" ")}: ${output}`);
    return output;
  }

  /** `up` as of a day, and its credentials handed over to the server. */
  async function upOn(day: string): Promise<void> {
    await pulumi("config", "set", "now", `${day}T00:00:00Z`);
    await pulumi("up", "--yes", "--skip-preview");
    writeFileSync(`${credentials}.new`, await pulumi("stack", "output", "credentials", "--show-secrets"));
    renameSync(`${credentials}.new`, credentials);
  }

  const own = (): Client[] => ownClients(emulator.accounts[0]);

  beforeAll(async () => {
    emulator = await startEmulator();
    await pulumi("stack", "init", stack);
    await pulumi("config", "set", "--path", "serverAddresses[0]", "127.0.0.1");
  });
  afterAll(async () => {
    await emulator.close();
    rmSync(place, { recursive: true, force: true });
    rmSync(join(FOLDER, `Pulumi.${stack}.yaml`), { force: true });
  });

  test("a server that calls all the time is refused nothing through a whole rotation", async () => {
    await upOn("2026-01-01");
    const [first] = own();
    const caller = spawn(process.execPath, [join(FOLDER, "caller.ts"), credentials], {
      env: { PATH: process.env["PATH"], THINKGEO_API_URL: emulator.url },
    });
    let output = "";
    const ended = new Promise<number | null>((resolve) => caller.once("exit", resolve));
    const begun = new Promise<void>((resolve) => {
      for (const stream of [caller.stdout, caller.stderr])
        stream.on("data", (data: Buffer) => {
          output += data.toString();
          resolve();
        });
    });
    try {
      await begun;
      await upOn("2026-04-01");
      expect(own().map(({ isActive }) => isActive)).toEqual([true, true]);
      await upOn("2026-04-08");
      expect(own().map(({ isActive }) => isActive)).toEqual([false, true]);
      await upOn("2026-04-15");
      expect(own()).toHaveLength(1);
      expect(own()[0]?.id).not.toBe(first?.id);
    } finally {
      caller.kill("SIGTERM");
    }
    expect(await ended).toBe(0);
    const last = output.trimEnd().split("\n").at(-1) ?? "";
    console.log(`rotation: ${last}`);
    const [, requests, keys, refused] = /^(\d+) requests with (\d+) keys, (\d+) refused$/.exec(last) ?? [];
    expect({ output, keys, refused }).toEqual({ output, keys: "2", refused: "0" });
    expect(Number(requests)).toBeGreaterThan(50);
    // The account's own count says the same.
    const served = emulator.requests().filter(({ path }) => path.includes("/elevation/"));
    expect(served.length).toBe(Number(requests));
    expect(served.filter(({ status }) => status !== 200)).toEqual([]);
  });

  test("a Node.js that runs no TypeScript, such as 20, says so in a sentence", async () => {
    // So does Node.js 20, which this machine need not have.
    const program = ["--no-experimental-strip-types", join(FOLDER, "caller.ts"), credentials];
    const { status, output } = await run(process.execPath, program, {});
    expect(status).toBe(1);
    expect(output).toMatch(
      /^caller\.ts needs Node\.js 22\.19 or newer, which runs TypeScript: this is v\S+\.\n$/,
    );
  });

  test("a leaked key is replaced at once, and no old one is left", async () => {
    const before = own();
    await pulumi("config", "set", "leaked", "true");
    await pulumi("up", "--yes", "--skip-preview");
    expect(own()).toHaveLength(1);
    expect(own()[0]?.id).not.toBe(before[0]?.id);
    await pulumi("destroy", "--yes", "--skip-preview");
    expect(own()).toEqual([]);
  });
});
