import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { transformFileSync } from "@swc/core";

const source = join(__dirname, "../../emulator");

/** Compiles the emulator into a folder of its own, so that a test can run it as a process without a build. */
export function compileEmulator(): {
  readonly main: string;
  readonly folder: string;
  readonly remove: () => void;
} {
  const folder = mkdtempSync(join(tmpdir(), "emulator-"));
  const out = join(folder, "emulator");
  const names = readdirSync(source, { recursive: true, encoding: "utf8" });
  for (const name of names.filter((file) => file.endsWith(".ts"))) {
    const { code } = transformFileSync(join(source, name), {
      jsc: { target: "es2023", parser: { syntax: "typescript" } },
      module: { type: "commonjs" },
    });
    mkdirSync(dirname(join(out, name)), { recursive: true });
    writeFileSync(join(out, name.replace(/\.ts$/, ".js")), code);
  }
  const remove = (): void => {
    rmSync(folder, { recursive: true, force: true });
  };
  return { main: join(out, "main.js"), folder, remove };
}
