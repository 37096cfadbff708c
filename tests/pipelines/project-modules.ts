import { chmodSync, mkdirSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

const REPOSITORY = resolve(__dirname, "../..");

/** A node_modules folder as npm would make it for a project that uses this package: with its command. */
export function projectModules(): string {
  const modules = mkdtempSync(join(tmpdir(), "thinkgeo-modules-"));
  for (const name of ["@pulumi", "@types", "pulumi-thinkgeo", "typescript"]) {
    symlinkSync(join(REPOSITORY, "node_modules", name), join(modules, name));
  }
  const command = join(REPOSITORY, "dist/cli/bin.js");
  chmodSync(command, 0o755);
  mkdirSync(join(modules, ".bin"));
  symlinkSync(command, join(modules, ".bin", "thinkgeo"));
  return modules;
}
