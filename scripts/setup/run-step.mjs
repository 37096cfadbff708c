import { spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { onInterruption } from "./interruption.mjs";
import { startable } from "./startable.mjs";

const keptLines = 2_000;

/**
 * @typedef {object} Outcome
 * @property {boolean} found false if there is no such program
 * @property {number | null} status exit status; null if a signal or the time-out ended it
 * @property {string[]} stdout
 * @property {string[]} stderr
 */

/**
 * Runs one tool of the set-up to its end and keeps what it says. It is a process group of its own, so that an
 * interruption or a time-out takes its children along.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {object} options
 * @param {string} options.cwd
 * @param {NodeJS.ProcessEnv} [options.env]
 * @param {(line: string) => void} [options.onLine]
 * @param {AbortSignal} [options.signal] ends the tool when aborted
 * @returns {Promise<Outcome>}
 */
export async function runStep(command, args, { cwd, env = process.env, onLine, signal }) {
  const windows = process.platform === "win32";
  const [program, ...all] = startable(command, args, env);
  const child = spawn(program, all, {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe"],
    detached: !windows,
  });
  const kill = () => {
    if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
    try {
      if (windows) child.kill();
      else process.kill(-child.pid, "SIGKILL");
    } catch {
      // It ended by itself in this very moment.
    }
  };
  const forget = onInterruption(kill);
  signal?.addEventListener("abort", kill);

  /** @param {import("node:stream").Readable} stream */
  const lines = (stream) => {
    /** @type {string[]} */
    const kept = [];
    createInterface({ input: stream }).on("line", (line) => {
      kept.push(line);
      if (kept.length > keptLines) kept.shift();
      onLine?.(line);
    });
    return kept;
  };
  const stdout = lines(child.stdout);
  const stderr = lines(child.stderr);

  try {
    return await new Promise((resolve, reject) => {
      child.on("error", (error) => {
        if ("code" in error && error.code === "ENOENT")
          resolve({ found: false, status: null, stdout, stderr });
        else reject(error);
      });
      child.on("close", (status) => resolve({ found: true, status, stdout, stderr }));
    });
  } finally {
    forget();
    signal?.removeEventListener("abort", kill);
  }
}
