import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

/**
 * A temporary folder with the package as users have it: compiled, in a node_modules of its own. It is a copy, so that
 * what is compiled while the bench runs does not change what is measured.
 */
export class Workplace {
  /** @param {string} repository */
  constructor(repository) {
    this.path = fs.mkdtempSync(path.join(os.tmpdir(), "thinkgeo-bench-"));
    this.modules = path.join(this.path, "node_modules");
    this.package = path.join(this.modules, "pulumi-thinkgeo");
    fs.mkdirSync(this.package, { recursive: true });
    const installed = path.join(repository, "node_modules");
    for (const name of fs.readdirSync(installed)) {
      if (name !== "pulumi-thinkgeo" && !name.startsWith("."))
        fs.symlinkSync(path.join(installed, name), path.join(this.modules, name));
    }
    fs.cpSync(path.join(repository, "dist"), path.join(this.package, "dist"), { recursive: true });
    fs.cpSync(path.join(repository, "package.json"), path.join(this.package, "package.json"));
  }

  /**
   * A new folder in it, from which the package is found.
   *
   * @param {string} name
   */
  folder(name) {
    return fs.mkdtempSync(path.join(this.path, `${name}-`));
  }

  /**
   * A compiled file of the package.
   *
   * @param {string[]} names
   */
  compiled(...names) {
    return path.join(this.package, "dist", ...names);
  }

  remove() {
    fs.rmSync(this.path, { recursive: true, force: true, maxRetries: 5 });
  }
}
