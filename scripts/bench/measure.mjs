import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { watchProcesses } from "./watch.mjs";

/** @typedef {{ wall: number, cpu: number, processes: import("./watch.mjs").Peaks, startedAt: number, out: string }} Cost */

// Bash counts all children that were waited for, and the engine waits for its own: the whole tree.
const timed = 'TIMEFORMAT="%R %U %S"; { time "$@" >"$BENCH_OUT" 2>&1; } 2>"$BENCH_TIMES"';

/**
 * Runs a command and measures it with everything that it starts: seconds of wall time and of CPU, and peak memory.
 *
 * @param {string[]} command
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} where
 * @returns {Promise<Cost>}
 */
export async function measure(command, { cwd, env }) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "thinkgeo-bench-times-"));
  const files = { BENCH_OUT: path.join(folder, "out"), BENCH_TIMES: path.join(folder, "times") };
  const mark = randomUUID();
  const endWatch = watchProcesses(`BENCH_MARK=${mark}`);
  const startedAt = Date.now();
  try {
    const options = { cwd, env: { ...env, ...files, BENCH_MARK: mark } };
    const child = spawn("bash", ["-c", timed, "bash", ...command], { ...options, stdio: "ignore" });
    const [code] = await once(child, "exit");
    const out = fs.readFileSync(files.BENCH_OUT, "utf8");
    if (code !== 0) throw new Error(`${command.join(" ")} ended with ${code}:\n${out}`);
    const times = fs.readFileSync(files.BENCH_TIMES, "utf8").trim().split("\n").at(-1) ?? "";
    const [wall = NaN, user = NaN, system = NaN] = times.split(" ").map(Number);
    return { wall, cpu: user + system, processes: endWatch(), startedAt, out };
  } finally {
    endWatch();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}
