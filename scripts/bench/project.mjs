import * as fs from "node:fs";
import * as path from "node:path";
import { measure } from "./measure.mjs";

const quietly = ["--non-interactive", "--color", "never"];

/** A Pulumi project and its stack in a folder of their own, with a state backend of files. */
export class Project {
  /**
   * @param {string} folder
   * @param {Record<string, string>} files its program
   * @param {NodeJS.ProcessEnv} environment
   * @param {{ main?: string, typescript?: boolean, stack?: string }} [how]
   */
  constructor(folder, files, environment, { main = "index.js", typescript = false, stack = "bench" } = {}) {
    this.folder = folder;
    this.stack = stack;
    const [home, state] = [path.join(folder, "home"), path.join(folder, "state")];
    for (const made of [home, state]) fs.mkdirSync(made);
    const settings = `name: bench\nruntime:\n  name: nodejs\n  options:\n    typescript: ${typescript}\n`;
    const all = {
      "Pulumi.yaml": settings,
      "package.json": JSON.stringify({ name: "bench", main }),
      ...files,
    };
    for (const [file, text] of Object.entries(all)) fs.writeFileSync(path.join(folder, file), text);
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

  async init() {
    await this.pulumi("stack", "init", this.stack);
    return this;
  }

  /**
   * How many clients the program declares from now on; another version changes them all.
   *
   * @param {number} count
   * @param {number} version
   */
  size(count, version) {
    fs.writeFileSync(path.join(this.folder, "size.json"), JSON.stringify({ count, version }));
    return this;
  }

  /** @param {string[]} args */
  pulumi(...args) {
    return this.run("pulumi", ...args, ...quietly);
  }

  /** @param {string[]} command */
  run(...command) {
    return this.runWith({}, ...command);
  }

  /**
   * @param {Record<string, string>} environment more of it, for this command alone
   * @param {string[]} command
   */
  runWith(environment, ...command) {
    return measure(command, { cwd: this.folder, env: { ...this.environment, ...environment } });
  }

  /** The stack as `pulumi stack export` shows it, secrets encrypted. */
  async exported() {
    return JSON.parse((await this.pulumi("stack", "export")).out);
  }

  /** What the stack takes on disk, without the copy of what it was before. */
  stateBytes() {
    const folder = path.join(this.folder, "state", ".pulumi", "stacks", "bench");
    const files = fs.readdirSync(folder).filter((name) => /\.json(?:\.gz|\.zst)?$/.test(name));
    return files.reduce((bytes, name) => bytes + fs.statSync(path.join(folder, name)).size, 0);
  }

  remove() {
    fs.rmSync(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }
}
