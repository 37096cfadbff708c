import { spawn } from "node:child_process";
import { endWith } from "./interruption.mjs";
import { SetupError } from "./setup-error.mjs";
import { startable } from "./startable.mjs";
import { reachedChildren } from "./terminal.mjs";

/**
 * Runs the command in this process's place: same input and output, signals passed on, and its end is our end.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<void>}
 */
export function runCommand(command, args, environment) {
  const [program, ...all] = startable(command, args, environment);
  const child = spawn(program, all, { env: environment, stdio: "inherit" });
  for (const signal of /** @type {NodeJS.Signals[]} */ (["SIGINT", "SIGQUIT", "SIGTERM", "SIGHUP"])) {
    const reached = reachedChildren(signal);
    process.on(signal, () => void (reached || child.kill(signal)));
  }
  return new Promise((resolve, reject) => {
    child.on("error", (error) => {
      const missing = "code" in error && error.code === "ENOENT";
      reject(missing ? new SetupError(`The command \`${command}\` was not found on PATH.`) : error);
    });
    child.on("exit", (status, signal) => {
      process.exitCode = status ?? 1;
      if (signal !== null) endWith(signal);
      resolve();
    });
  });
}
