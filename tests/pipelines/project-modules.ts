import { chmodSync, mkdirSync, mkdtempSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BIN, REPOSITORY } from "../repository";

/** A node_modules folder as npm would make it for a project that uses this package: with its command. */
export function projectModules(): string {
  const modules = mkdtempSync(join(tmpdir(), "thinkgeo-modules-"));
  for (const name of ["@pulumi", "@types", "pulumi-thinkgeo", "typescript"]) {
    symlinkSync(join(REPOSITORY, "node_modules", name), join(modules, name), "junction");
  }
  chmodSync(BIN, 0o755);
  mkdirSync(join(modules, ".bin"));
  symlinkSync(BIN, join(modules, ".bin", "thinkgeo"));
  return modules;
}
