import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

export const REPOSITORY = resolve(__dirname, "..");

/** The compiled command. */
export const BIN = join(REPOSITORY, "dist/cli/bin.js");

/** The text of a file of the repository. */
export const textOf = (file: string): string => readFileSync(join(REPOSITORY, file), "utf8");
