import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { measure } from "./measure.mjs";

const quietly = ["--non-interactive", "--color", "never"];
const { version: VERSION } = JSON.parse(
  fs.readFileSync(new URL("../../package.json", import.meta.url), "utf8"),
);

/**
 * A temporary folder with the package as users have it: compiled, in a node_modules of its own. It is a copy, so that
 * what is compiled while the bench runs does not change what is measured.
 */
export class Workplace {
  /** @param {string} repository */
  constructor(repository) {
    this.path = fs.mkdtempSync(path.join(os.tmpdir(), "thinkgeo-bench-"));
    const modules = path.join(this.path, "node_modules");
    const copy = path.join(modules, "pulumi-thinkgeo");
    this.dist = path.join(copy, "dist");
    fs.mkdirSync(copy, { recursive: true });
    const installed = path.join(repository, "node_modules");
    for (const name of fs.readdirSync(installed)) {
      if (name !== "pulumi-thinkgeo" && !name.startsWith("."))
        fs.symlinkSync(path.join(installed, name), path.join(modules, name), "junction");
    }
    fs.cpSync(path.join(repository, "dist"), this.dist, { recursive: true });
    fs.cpSync(path.join(repository, "package.json"), path.join(copy, "package.json"));
  }

  /** A folder with our native plugin. */
  get plugin() {
    const folder = path.join(this.path, "plugin");
    if (!fs.existsSync(folder)) {
      fs.mkdirSync(folder);
      const main = path.join(this.dist, "provider", "hosts", "native", "main.js");
      fs.symlinkSync(main, path.join(folder, "pulumi-resource-thinkgeo"));
    }
    return folder;
  }

  /** The `thinkgeo` command. */
  get thinkgeo() {
    return path.join(this.dist, "cli", "bin.js");
  }

  /**
   * A new folder in it, from which the package is found.
   *
   * @param {string} name
   */
  folder(name) {
    return fs.mkdtempSync(path.join(this.path, `${name}-`));
  }

  remove() {
    fs.rmSync(this.path, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** A Pulumi project and its stack in a folder of their own, with a state backend of files. */
export class Project {
  /**
   * @param {string} folder
   * @param {import("./programs.mjs").Program} program
   * @param {NodeJS.ProcessEnv} environment
   */
  constructor(folder, program, environment) {
    this.folder = folder;
    this.program = program;
    const [home, state] = [path.join(folder, "home"), path.join(folder, "state")];
    for (const made of [home, state]) fs.mkdirSync(made);
    const all = {
      "Pulumi.yaml": "name: bench\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n",
      "package.json": JSON.stringify({ name: "bench", main: "index.js" }),
      ...program,
    };
    for (const [file, text] of Object.entries(all))
      if (typeof text === "string") fs.writeFileSync(path.join(folder, file), text);
    const users = Object.entries(process.env).filter(([name]) => !/^(?:PULUMI|THINKGEO)_/i.test(name));
    this.environment = {
      ...Object.fromEntries(users),
      PULUMI_HOME: home,
      PULUMI_BACKEND_URL: `file://${state}`,
      PULUMI_CONFIG_PASSPHRASE: "bench",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      ...environment,
    };
  }

  /**
   * How many clients the program declares from now on; another version changes them all.
   *
   * @param {number} count
   * @param {number} version
   */
  declare(count, version) {
    fs.writeFileSync(path.join(this.folder, "size.json"), JSON.stringify({ count, version }));
    for (const [file, text] of Object.entries(this.program))
      if (typeof text === "function") fs.writeFileSync(path.join(this.folder, file), text(count, version));
  }

  /**
   * Our native plugin in the project's PULUMI_HOME, as `pulumi plugin install` leaves a released version: then Pulumi
   * keeps its schema, and a YAML program does not start the plugin a second time to read it.
   *
   * @param {string} folder
   */
  installPlugin(folder) {
    const plugins = path.join(this.environment["PULUMI_HOME"] ?? "", "plugins");
    fs.cpSync(folder, path.join(plugins, `resource-thinkgeo-v${VERSION}`), {
      recursive: true,
      verbatimSymlinks: true,
    });
  }

  /** @param {string[]} args */
  pulumi(...args) {
    return this.run("pulumi", ...args, ...quietly);
  }

  /** @param {string[]} command */
  run(...command) {
    return measure(command, { cwd: this.folder, env: this.environment });
  }

  remove() {
    fs.rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
