import { execFile, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import * as fs from "node:fs";
import * as path from "node:path";
import { promisify } from "node:util";

/** @typedef {Record<string, number>} Memory peak megabytes of each kind of process */
/** @typedef {{ wall: number, cpu: number, memory: Memory, out: string }} Cost seconds, and what it printed */

const LARGEST_OUTPUT = 256 * 1024 * 1024;
const WATCH_EVERY_MS = 100;

/** Which process is which, by its command line. */
const ROLES = {
  provider: /cmd[/\\]dynamic-provider|pulumi-resource-(?:noop|thinkgeo)\b/,
  program: /cmd[/\\]run\b|pulumi-language-yaml\b/,
  engine: /^\S*\bpulumi \w/,
};

// Bash counts all children that were waited for, and the engine waits for its own: the whole tree.
const timed = 'TIMEFORMAT="%R %U %S"; { time "$@" >"$BENCH_OUT" 2>&1; } 2>"$BENCH_TIMES"';

/**
 * Runs a command, and measures it with everything that it starts.
 *
 * @param {string[]} command
 * @param {{ cwd: string, env: NodeJS.ProcessEnv }} where
 * @returns {Promise<Cost>}
 */
export async function measure(command, { cwd, env }) {
  const folder = fs.mkdtempSync(path.join(cwd, "times-"));
  const files = { BENCH_OUT: path.join(folder, "out"), BENCH_TIMES: path.join(folder, "times") };
  const mark = `BENCH_MARK=${randomUUID()}`;
  const endWatch = watchMemory(mark);
  try {
    const options = { cwd, env: { ...env, ...files, BENCH_MARK: mark.slice("BENCH_MARK=".length) } };
    const child = spawn("bash", ["-c", timed, "bash", ...command], { ...options, stdio: "ignore" });
    const [code] = await once(child, "exit");
    const out = fs.readFileSync(files.BENCH_OUT, "utf8");
    if (code !== 0) throw new Error(`${command.join(" ")} ended with ${code}:\n${out}`);
    const times = fs.readFileSync(files.BENCH_TIMES, "utf8").trim().split("\n").at(-1) ?? "";
    const [wall = NaN, user = NaN, system = NaN] = times.split(" ").map(Number);
    return { wall, cpu: user + system, memory: endWatch(), out };
  } finally {
    endWatch();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Watches the peak memory (VmHWM) of the processes that have `mark` in their environment, which finds them whoever their
 * parent is. It only grows, so looking now and then is enough. Linux only; elsewhere nothing is found.
 *
 * @param {string} mark
 * @returns {() => Memory} ends the watch
 */
function watchMemory(mark) {
  /** @type {Map<string, boolean>} */
  const known = new Map();
  /** @type {Memory} */
  const peaks = {};
  const look = () => {
    for (const pid of fs.readdirSync("/proc").filter((name) => /^\d+$/.test(name))) {
      const ours = known.get(pid) ?? read(pid, "environ").split("\0").includes(mark);
      known.set(pid, ours);
      if (!ours) continue;
      const command = read(pid, "cmdline").replaceAll("\0", " ");
      const [role] = Object.entries(ROLES).find(([, pattern]) => pattern.test(command)) ?? [];
      if (role === undefined) continue;
      const kilobytes = Number(/^VmHWM:\s*(\d+)/m.exec(read(pid, "status"))?.[1] ?? 0);
      peaks[role] = Math.max(peaks[role] ?? 0, kilobytes / 1024);
    }
  };
  const timer = fs.existsSync("/proc/self/environ") ? setInterval(look, WATCH_EVERY_MS) : undefined;
  return () => {
    clearInterval(timer);
    return peaks;
  };
}

/**
 * @param {string} pid
 * @param {string} file
 */
function read(pid, file) {
  try {
    return fs.readFileSync(`/proc/${pid}/${file}`, "utf8");
  } catch {
    // It has ended, or is somebody else's.
    return "";
  }
}

/**
 * Runs a Node.js program that prints JSON, and answers that.
 *
 * @param {string[]} args
 * @param {{ cwd: string, env?: Record<string, string> }} where
 */
export async function jsonOf(args, { cwd, env = {} }) {
  const options = { cwd, env: { ...process.env, ...env }, maxBuffer: LARGEST_OUTPUT };
  const { stdout } = await promisify(execFile)(process.execPath, args, options);
  return JSON.parse(stdout);
}

const reportUsage = `import { writeFileSync } from "node:fs";
process.on("exit", () => writeFileSync(process.env.BENCH_USAGE, JSON.stringify(process.resourceUsage())));`;

/**
 * Runs a Node.js program and answers its CPU seconds and its peak megabytes.
 *
 * @param {string[]} args
 * @param {{ cwd: string, env: Record<string, string> }} where
 * @returns {Promise<{ cpu: number, memory: number }>}
 */
export async function usageOf(args, { cwd, env }) {
  const file = path.join(cwd, "usage.json");
  const hook = `data:text/javascript,${encodeURIComponent(reportUsage)}`;
  const options = { cwd, env: { ...process.env, ...env, BENCH_USAGE: file }, maxBuffer: LARGEST_OUTPUT };
  await promisify(execFile)(process.execPath, ["--import", hook, ...args], options);
  const { userCPUTime, systemCPUTime, maxRSS } = JSON.parse(fs.readFileSync(file, "utf8"));
  return { cpu: (userCPUTime + systemCPUTime) / 1e6, memory: maxRSS / 1024 };
}
