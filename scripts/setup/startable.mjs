import * as fs from "node:fs";
import * as path from "node:path";
import { findProgram, pathFolders } from "./find-program.mjs";
import { npmCommand } from "./npm-command.mjs";

/**
 * What to start for a command, without a shell, which would read its arguments anew. On Windows Node.js starts only .exe files so: for a
 * command that npm installed, which is a .cmd file there, it is the program that this file names.
 *
 * @param {string} command
 * @param {string[]} args
 * @param {NodeJS.ProcessEnv} environment
 * @returns {[string, ...string[]]} the program and its arguments
 */
export function startable(command, args, environment, windows = process.platform === "win32") {
  if (!windows || path.isAbsolute(command)) return [command, ...args];
  if (command === "npm") return npmCommand(...args);
  const file = findProgram(command, pathFolders(environment), [".exe", ".cmd"]);
  if (!file?.endsWith(".cmd")) return [file ?? command, ...args];
  const target = targetOf(file);
  if (target === undefined) return [command, ...args];
  return /\.[cm]?js$/.test(target)
    ? startable("node", [target, ...args], environment, windows)
    : [target, ...args];
}

/**
 * The program in the last line of npm's .cmd file: `"%_prog%" "%dp0%\..\jest\bin\jest.js" %*`.
 *
 * @param {string} file
 */
function targetOf(file) {
  const [, target] = /"%dp0%\\([^"]+)"\s+%\*/.exec(fs.readFileSync(file, "utf8")) ?? [];
  return target === undefined ? undefined : path.join(path.dirname(file), ...target.split("\\"));
}
