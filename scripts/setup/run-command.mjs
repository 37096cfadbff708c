import { spawn } from "node:child_process";
import * as fs from "node:fs";
import { endWith } from "./interruption.mjs";
import { SetupError } from "./setup-error.mjs";

/**
 * Runs the command in this process's place: same input and output, signals passed on, and its end is our end.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<void>}
 */
export function runCommand(command, args, environment) {
  const child = spawn(command, args, {
    env: environment,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  // A terminal sends ^C to the whole foreground group, so the command has it already; passed on, it would count as a
  // second one, which makes Pulumi drop what it is doing.
  const passedOn = hasTerminal() ? [] : ["SIGINT", "SIGQUIT"];
  for (const signal of /** @type {NodeJS.Signals[]} */ (["SIGINT", "SIGQUIT", "SIGTERM", "SIGHUP"])) {
    const pass = passedOn.includes(signal) || signal === "SIGTERM" || signal === "SIGHUP";
    process.on(signal, () => void (pass && child.kill(signal)));
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

function hasTerminal() {
  try {
    fs.closeSync(fs.openSync("/dev/tty", "r"));
    return true;
  } catch {
    return false;
  }
}
