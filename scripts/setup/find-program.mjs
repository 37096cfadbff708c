import * as fs from "node:fs";
import * as path from "node:path";

const systemEndings = process.platform === "win32" ? [".exe", ".cmd", ""] : [""];

/**
 * Where a program stands in these folders, taken in order; undefined if it stands in none.
 *
 * @param {string} name
 * @param {string[]} folders
 * @param {string[]} endings of the file's name
 * @returns {string | undefined}
 */
export function findProgram(name, folders, endings = systemEndings) {
  for (const folder of folders) {
    for (const ending of endings) {
      const file = path.join(folder, name + ending);
      if (isExecutable(file)) return file;
    }
  }
  return undefined;
}

/**
 * The folders of PATH.
 *
 * @param {NodeJS.ProcessEnv} environment
 */
export function pathFolders(environment) {
  return (environment["PATH"] ?? "").split(path.delimiter).filter((folder) => folder !== "");
}

/** @param {string} file */
function isExecutable(file) {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
