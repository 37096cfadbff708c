import { spawn, type ChildProcess } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";

interface Ended {
  status: number | null;
  signal: NodeJS.Signals | null;
  stdout: string;
  stderr: string;
}

const scripts = path.resolve(__dirname, "../../scripts");
const lockedPackages = {
  "node_modules/left": { version: "1.0.0", integrity: "sha512-left" },
  "node_modules/for-another-machine": { version: "1.0.0", integrity: "sha512-other", optional: true },
};

/** A clone of this repository in a temporary folder: the real scripts, and a PATH on which every tool is a fake. */
export class FakeClone {
  readonly home = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "setup-")));
  readonly root = path.join(this.home, "clone");
  readonly bin = path.join(this.home, "bin");
  readonly cache = path.join(this.home, "cache");
  readonly #started: ChildProcess[] = [];

  constructor() {
    fs.mkdirSync(this.bin);
    fs.cpSync(scripts, path.join(this.root, "scripts"), { recursive: true });
    this.write(
      "package.json",
      JSON.stringify({ name: "clone", scripts: {}, dependencies: { left: "^1.0.0" } }),
    );
    this.lock(lockedPackages);
    this.write("tsconfig.build.json", JSON.stringify({ include: ["provider", "sdk"] }));
    this.write("provider/shell.ts", "export const text = 1;\n");
    this.tool("npm", fakeNpm);
    this.tool("show", 'console.log(process.env[process.argv[2]] ?? "");');
    this.tool("end", "process.exit(Number(process.argv[2]));");
  }

  lock(packages: Record<string, unknown>): void {
    const dependencies = { left: "^1.0.0" };
    this.write("package-lock.json", JSON.stringify({ packages: { "": { dependencies }, ...packages } }));
  }

  write(file: string, text: string): void {
    fs.mkdirSync(path.dirname(path.join(this.root, file)), { recursive: true });
    fs.writeFileSync(path.join(this.root, file), text);
  }

  /** Puts a fake on PATH: a program of a few lines, in JavaScript. */
  tool(name: string, text: string, folder = this.bin): void {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(path.join(folder, name), `#!${process.execPath}\n${text}\n`, { mode: 0o755 });
  }

  without(name: string): void {
    fs.rmSync(path.join(this.bin, name));
  }

  /** What the fakes noted, one line a call. */
  calls(tool: string): string[] {
    const log = path.join(this.home, "calls.log");
    if (!fs.existsSync(log)) return [];
    const lines = fs.readFileSync(log, "utf8").split("\n");
    return lines.filter((line) => line.startsWith(`${tool} `));
  }

  /** Names in the shared cache folder: engines, and whatever else was left there. */
  cached(): string[] {
    const folder = path.join(this.cache, "pulumi-thinkgeo");
    return fs.existsSync(folder) ? fs.readdirSync(folder) : [];
  }

  start(args: string[], environment: NodeJS.ProcessEnv = {}): { child: ChildProcess; ended: Promise<Ended> } {
    const child = spawn(process.execPath, [path.join(this.root, "scripts/with-setup.mjs"), ...args], {
      cwd: this.root,
      env: {
        PATH: this.bin,
        HOME: this.home,
        XDG_CACHE_HOME: this.cache,
        CALLS_LOG: path.join(this.home, "calls.log"),
        ...environment,
      },
    });
    this.#started.push(child);
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (data: Buffer) => (stdout += data.toString()));
    child.stderr.on("data", (data: Buffer) => (stderr += data.toString()));
    const ended = new Promise<Ended>((resolve) => {
      child.on("close", (status, signal) => {
        resolve({ status, signal, stdout, stderr });
      });
    });
    return { child, ended };
  }

  run(args: string[], environment?: NodeJS.ProcessEnv): Promise<Ended> {
    return this.start(args, environment).ended;
  }

  async until(condition: () => boolean): Promise<void> {
    const deadline = Date.now() + 10_000;
    while (!condition()) {
      if (Date.now() > deadline) throw new Error("what the test waits for did not happen within 10 s");
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  remove(): void {
    for (const child of this.#started) child.kill("SIGKILL");
    fs.rmSync(this.home, { recursive: true, force: true, maxRetries: 5 });
  }
}

const note =
  'require("fs").appendFileSync(process.env.CALLS_LOG, TOOL + " " + process.argv.slice(2).join(" ") + "\\n");';

/** `npm install`: fills node_modules with fakes of what the set-up uses, and writes npm's own record last. `npm rebuild` links commands. */
const fakeNpm = `
const TOOL = "npm"; ${note}
const fs = require("fs"), path = require("path");
const put = (file, text) => {
  fs.mkdirSync(path.dirname("node_modules/" + file), { recursive: true });
  fs.writeFileSync("node_modules/" + file, text, { mode: 0o755 });
};
if (process.argv[2] === "rebuild") {
  const { bin } = JSON.parse(fs.readFileSync("package.json", "utf8"));
  for (const [name, file] of Object.entries(bin)) fs.symlinkSync("../../" + file, "node_modules/.bin/" + name);
  process.exit(0);
}
if (process.env.NPM_FAILS) { console.error("npm error network is down"); process.exit(1); }
fs.rmSync("node_modules", { recursive: true, force: true });
put("typescript/bin/tsc", ${JSON.stringify(fakeTsc())});
put("@pulumi/pulumi/package.json", "{}");
put("@pulumi/pulumi/pulumi-resource-pulumi-nodejs", "#!/bin/sh");
put("@pulumi/pulumi/automation/index.js", ${JSON.stringify(fakeAutomation())});
put("semver/index.js", "exports.parse = (text) => text;");
put(".bin/marker", "");
if (!process.env.NPM_BLOCKS_SCRIPTS) fs.symlinkSync(process.execPath, "node_modules/.bin/node");
setTimeout(() => {
  const packages = JSON.parse(fs.readFileSync("package-lock.json", "utf8")).packages;
  for (const name of Object.keys(packages)) if (name === "" || packages[name].optional) delete packages[name];
  put(".package-lock.json", JSON.stringify({ packages }));
}, Number(process.env.NPM_MS ?? 0));
`;

function fakeTsc(): string {
  return `
const TOOL = "tsc"; ${note}
if (process.env.TSC_FAILS) { console.log("provider/shell.ts(1,1): error TS1005"); process.exit(2); }
const folder = process.argv[process.argv.indexOf("--outDir") + 1];
require("fs").mkdirSync(folder, { recursive: true });
require("fs").copyFileSync("provider/shell.ts", folder + "/shell.js");`;
}

/** The SDK's installer: not reachable, unless the test says that it is. */
function fakeAutomation(): string {
  return `
const fs = require("fs");
exports.PulumiCommand = { async install({ root, version }) {
  if (!process.env.INSTALLER_WORKS) throw new Error("Failed to download");
  fs.mkdirSync(root + "/bin", { recursive: true });
  for (const name of ["pulumi", "pulumi-language-nodejs"]) {
    fs.writeFileSync(root + "/bin/" + name, "#!" + process.execPath + "\\nconsole.log('installed " + version + "')", { mode: 0o755 });
  }
} };`;
}

/** `go list` and `go build`: writes the two programs where it is told to, after as long as the test wants. */
export const fakeGo = `
const TOOL = "go"; ${note}
const fs = require("fs");
const [verb, ...args] = process.argv.slice(2);
if (verb === "list") { console.log("one\\ntwo"); process.exit(0); }
const folder = args.find((arg) => arg.startsWith("-o=")).slice(3);
fs.writeFileSync(folder + "languagehost", "#!/bin/sh", { mode: 0o755 });
console.error("one");
if (process.env.GO_FAILS) { console.error("two.go:1: syntax error"); process.exit(1); }
setTimeout(() => {
  fs.writeFileSync(folder + "pulumi", "#!" + process.execPath + "\\nconsole.log('built')", { mode: 0o755 });
}, Number(process.env.GO_MS ?? 0));
`;
