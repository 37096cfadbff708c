import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "../repository";

/** This machine in the name of a plugin's archive. */
export const THIS_SYSTEM = `${process.platform}-${process.arch === "x64" ? "amd64" : process.arch}`;

/** The package as npm packs it, installed as npm would in a folder of its own, without a registry. */
export class PackedPackage {
  readonly #folder = mkdtempSync(join(tmpdir(), "thinkgeo-packed-"));
  /** A node_modules of it alone; what it needs is found one folder above. */
  readonly modules = join(this.#folder, "project/node_modules");

  constructor() {
    const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", this.#folder];
    const [{ filename, version }] = JSON.parse(
      execFileSync("npm", pack, { cwd: REPOSITORY, encoding: "utf8" }),
    ) as [{ filename: string; version: string }];
    const unpacked = join(this.modules, "pulumi-thinkgeo");
    mkdirSync(unpacked, { recursive: true });
    execFileSync("tar", ["-xzf", join(this.#folder, filename), "--strip-components=1", "-C", unpacked]);
    symlinkSync(join(REPOSITORY, "node_modules"), join(this.#folder, "node_modules"), "junction");
    const project = join(this.#folder, "project");
    writeFileSync(
      join(project, "package.json"),
      JSON.stringify({ private: true, dependencies: { "pulumi-thinkgeo": version } }),
    );
    // Makes node_modules/.bin, as an installation does.
    execFileSync("npm", ["rebuild", "--ignore-scripts"], { cwd: project, stdio: "pipe" });
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true, force: true });
  }
}
