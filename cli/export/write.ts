import { errorCode } from "./error-code";
import { appendFileSync, mkdirSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Change } from "./plan";

/** Carries the changes out. A file that has come up meanwhile is not overwritten. */
export function write(folder: string, changes: readonly Change[]): void {
  try {
    mkdirSync(folder, { recursive: true });
    for (const { path, action, text } of changes) {
      const file = join(folder, path);
      if (action === "append") appendFileSync(file, text);
      else if (action === "create") writeFileSync(file, text, { flag: "wx" });
      else {
        writeFileSync(`${file}.new`, text);
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
