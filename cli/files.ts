import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Terminal } from "./terminal/terminal";
import { UserError } from "../provider/troubleshooting";

/** The code of an error of the file system, such as ENOENT. */
export const errorCode = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error ? String(error.code) : "unknown reason";

/** The text of a file. A relative path starts at the folder in which the command runs. */
export function readText(file: string, terminal: Terminal): string {
  try {
    return readFileSync(resolve(terminal.folder, file), "utf8");
  } catch (error) {
    throw new UserError("file", `${file} cannot be read (${errorCode(error)}).`, { cause: error });
  }
}

/** The same; undefined if there is no such file. */
export function readTextIfThere(file: string, terminal: Terminal): string | undefined {
  try {
    return readFileSync(resolve(terminal.folder, file), "utf8");
  } catch (error) {
    if (errorCode(error) === "ENOENT" || errorCode(error) === "ENOTDIR") return undefined;
    throw new UserError("file", `${file} cannot be read (${errorCode(error)}).`, { cause: error });
  }
}

export function writeText(file: string, text: string, terminal: Terminal): void {
  try {
    writeFileSync(resolve(terminal.folder, file), text);
  } catch (error) {
    throw new UserError("file", `${file} cannot be written (${errorCode(error)}).`, { cause: error });
  }
}
