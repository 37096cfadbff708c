import { readFileSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import type { Terminal } from "../terminal/terminal";

const codeOf = (error: unknown): string =>
  typeof error === "object" && error !== null && "code" in error ? String(error.code) : "unknown";

/** A file's text, or a sentence about why there is none. */
export function readText(file: string, terminal: Terminal): string {
  try {
    return readFileSync(resolve(terminal.folder, file), "utf8");
  } catch (error) {
    throw new Error(`${file} cannot be read (${codeOf(error)}).`, { cause: error });
  }
}

/** Undefined where there is no such file. */
export function readTextIfThere(file: string, terminal: Terminal): string | undefined {
  try {
    return readFileSync(resolve(terminal.folder, file), "utf8");
  } catch (error) {
    if (codeOf(error) === "ENOENT" || codeOf(error) === "ENOTDIR") return undefined;
    throw new Error(`${file} cannot be read (${codeOf(error)}).`, { cause: error });
  }
}

export function writeText(file: string, text: string, terminal: Terminal): void {
  try {
    writeFileSync(resolve(terminal.folder, file), text);
  } catch (error) {
    throw new Error(`${file} cannot be written (${codeOf(error)}).`, { cause: error });
  }
}
