import * as fs from "node:fs";
import * as path from "node:path";
import { SetupError } from "./setup-error.mjs";

const needed = { major: 22, minor: 19 };

/**
 * The Node that the command runs on: the one that the npm package `node` brought, else this machine's own if it is
 * new enough.
 *
 * @param {string} root
 * @returns {string} path of the executable
 */
export function nodeRuntime(root) {
  const brought = path.join(root, "node_modules/.bin", process.platform === "win32" ? "node.exe" : "node");
  if (fs.existsSync(brought)) return brought;
  if (isNewEnough(process.versions.node)) return process.execPath;
  throw new SetupError(
    `Node.js ${needed.major}.${needed.minor} or newer is missing (this is ${process.versions.node}), because the ` +
      "npm package `node` was installed without its install script: run `npm rebuild node --ignore-scripts=false`, " +
      "or install a newer Node.js.",
  );
}

/** @param {string} version */
function isNewEnough(version) {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  return major > needed.major || (major === needed.major && minor >= needed.minor);
}
