import { closeSync, constants, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorCode } from "../files";
import { requirePlainFile } from "./out-folder";
import type { Change } from "./plan";

/** Carries the changes out. A file that has come up meanwhile is not overwritten. */
export function write(folder: string, changes: readonly Change[]): void {
  for (const { path } of changes) requirePlainFile(join(folder, path));
  try {
    mkdirSync(folder, { recursive: true });
    for (const { path, action, text } of changes) {
      const file = join(folder, path);
      if (action === "append") append(file, text);
      else if (action === "create") writeFileSync(file, text, { flag: "wx" });
      else {
        rmSync(`${file}.new`, { force: true });
        writeFileSync(`${file}.new`, text, { flag: "wx" });
        renameSync(`${file}.new`, file);
      }
    }
  } catch (error) {
    throw new Error(
      `${folder} cannot be written (${errorCode(error)}): run the command again when it can, it goes on where it stopped.`,
      {
        cause: error,
      },
    );
  }
}

/** To a file that is there, and never through a link that has come up meanwhile. */
function append(file: string, text: string): void {
  const opened = openSync(file, constants.O_WRONLY | constants.O_APPEND | constants.O_NOFOLLOW);
  try {
    writeFileSync(opened, text);
  } finally {
    closeSync(opened);
  }
}
