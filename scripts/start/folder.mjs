import * as fs from "node:fs";
import * as path from "node:path";
import { StartError } from "./start-error.mjs";

const mark = "made-by-npm-start";
const explanation =
  "Everything that npm start made: the emulated account, a Pulumi home, a stack. Remove it with: npm start -- --clean\n";

/** Everything that `npm start` keeps between two runs, in one folder. */
export class Folder {
  /**
   * @param {string} root
   * @param {string} [named]
   */
  constructor(root, named) {
    this.path = named === undefined ? path.join(root, ".thinkgeo/start") : path.resolve(named);
    const relative = path.relative(root, this.path);
    /** How to speak of it. */
    this.name = relative.startsWith("..") ? this.path : relative;
    this.home = path.join(this.path, "pulumi-home");
    this.state = path.join(this.path, "pulumi-state");
    /** A project of the same name, so that making the stack leaves no file beside the real one. */
    this.project = path.join(this.path, "project");
    this.account = path.join(this.path, "account.json");
    this.port = path.join(this.path, "port");
  }

  /** Makes the folder, or takes over the one of an earlier run; answers what gives it back. */
  open() {
    if (fs.existsSync(this.path) && !this.#isOurs() && fs.readdirSync(this.path).length > 0) {
      throw new StartError(`${this.name} holds something else: name another folder with --folder.`);
    }
    for (const folder of [this.home, this.state, this.project]) fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(this.path, mark), explanation);
    const release = this.#occupy();
    // Nobody else works here, so a lock in the stack's state was left by a run that was killed.
    fs.rmSync(path.join(this.state, ".pulumi/locks"), { recursive: true, force: true });
    return release;
  }

  /** Removes it all; answers whether there was anything. */
  clean() {
    if (!fs.existsSync(this.path)) return false;
    if (!this.#isOurs()) throw new StartError(`${this.name} was not made by npm start, so it stays.`);
    this.#occupy();
    fs.rmSync(this.path, { recursive: true, force: true, maxRetries: 5 });
    return true;
  }

  #isOurs() {
    return fs.existsSync(path.join(this.path, mark));
  }

  #occupy() {
    const file = path.join(this.path, "running");
    const owner = readNumber(file);
    if (owner !== undefined && isAlive(owner)) {
      throw new StartError(
        `npm start runs already, as process ${owner}: wait for it or end it (if that is another program, delete ${path.join(this.name, "running")}).`,
      );
    }
    fs.writeFileSync(file, `${process.pid}\n`);
    return () => fs.rmSync(file, { force: true });
  }
}

/**
 * @param {string} file
 * @returns {number | undefined}
 */
export function readNumber(file) {
  if (!fs.existsSync(file)) return undefined;
  const text = fs.readFileSync(file, "utf8").trim();
  return /^[1-9]\d*$/.test(text) ? Number(text) : undefined;
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}
