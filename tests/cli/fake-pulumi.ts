import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** A `pulumi` in the folder's `bin`, written in JavaScript. */
export function fakePulumi(folder: string, script: string): void {
  mkdirSync(join(folder, "bin"), { recursive: true });
  const file = join(folder, "bin/pulumi");
  writeFileSync(file, `#!${process.execPath}\n${script}\n`);
  chmodSync(file, 0o755);
}
