import { spawn } from "node:child_process";
import { once } from "node:events";
import { appendFileSync, chmodSync, existsSync, mkdtempSync, readdirSync, rmSync, utimesSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OtherProcesses } from "../../provider/hosts/other-processes";

const ID = "6f9619ff-8b86-4d01-b42d-00cf4fc964ff";
const OTHER = "2b1d7c1e-52a7-4bfb-9d60-6a4f4d0f3a10";
const engine = { host: "127.0.0.1", port: 41234 };

describe("the provider processes of one run", () => {
  let base: string;
  let ended: number;
  beforeEach(async () => {
    base = mkdtempSync(join(tmpdir(), "thinkgeo-processes-"));
    const child = spawn(process.execPath, ["-e", ""]);
    ended = child.pid ?? 0;
    await once(child, "exit");
  });
  afterEach(() => {
    rmSync(base, { recursive: true });
  });

  // This process and the one that has started it: both are alive.
  const one = (): OtherProcesses => new OtherProcesses(engine, { base });
  const another = (): OtherProcesses => new OtherProcesses(engine, { base, pid: process.ppid });

  test("tell each other what they have and are to adopt, until they say otherwise; none hears itself", () => {
    const [here, there] = [one(), another()];
    here.tell("has", ID, true);
    here.tell("adopts", OTHER, true);
    expect([there.hears("has", ID.toUpperCase()), there.hears("adopts", ID)]).toEqual([true, false]);
    expect([there.hears("adopts", OTHER), there.hears("has", OTHER)]).toEqual([true, false]);
    expect(here.hears("has", ID)).toBe(false);
    here.tell("has", ID, false);
    expect([there.hears("has", ID), there.hears("adopts", OTHER)]).toEqual([false, true]);
    here.tell("has", ID, true);
    expect(there.hears("has", ID)).toBe(true);
  });

  test("hear nothing of another engine's, nor of what has ended; what is a day old is removed", () => {
    new OtherProcesses({ ...engine, port: 41235 }, { base, pid: process.ppid }).tell("has", ID, true);
    new OtherProcesses(engine, { base, pid: ended }).tell("has", OTHER, true);
    const here = one();
    expect([here.hears("has", ID), here.hears("has", OTHER)]).toEqual([false, false]);
    const aWeekAgo = Date.now() / 1000 - 7 * 86_400;
    utimesSync(join(base, "41235"), aWeekAgo, aWeekAgo);
    one();
    expect(readdirSync(base)).toEqual(["41234"]);
  });

  test("do not inherit from a process that had the same number, and do not read half a line", () => {
    one().tell("has", ID, true);
    const here = one();
    const there = another();
    expect(there.hears("has", ID)).toBe(false);
    here.tell("has", OTHER, true);
    appendFileSync(join(base, "41234", String(process.pid)), `+has ${ID.slice(0, 20)}`);
    expect([there.hears("has", OTHER), there.hears("has", ID.slice(0, 20))]).toEqual([true, false]);
  });

  test("say nothing where no engine has started them, or others may write", () => {
    new OtherProcesses(undefined, { base }).tell("has", ID, true);
    expect(readdirSync(base)).toEqual([]);
    if (process.platform === "win32") return;
    chmodSync(base, 0o777);
    one().tell("has", ID, true);
    expect(readdirSync(base)).toEqual([]);
    const file = join(base, "file");
    appendFileSync(file, "");
    new OtherProcesses(engine, { base: file }).tell("has", ID, true);
    expect(existsSync(join(file, "41234"))).toBe(false);
  });
});
