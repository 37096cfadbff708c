import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";

export const REPOSITORY = resolve(__dirname, "..");

/** The compiled command. */
export const BIN = join(REPOSITORY, "dist/cli/bin.js");

/** The text of a file of the repository. */
export const textOf = (file: string): string => readFileSync(join(REPOSITORY, file), "utf8");

/** The files of the repository that are committed, or could be. */
export const committedFiles = (): string[] =>
  execFileSync("git", ["ls-files", "-co", "--exclude-standard"], { cwd: REPOSITORY, encoding: "utf8" })
    .split("\n")
    .filter((file) => file !== "" && existsSync(join(REPOSITORY, file)));

/** PATH with this Node.js first, and without the folders that hold a command: this repository's own, or a user's. */
export const pathWithout = (command: string): string =>
  [
    dirname(process.execPath),
    ...(process.env["PATH"] ?? "").split(delimiter).filter((folder) => !existsSync(join(folder, command))),
  ].join(delimiter);
