import { execFile, spawn } from "node:child_process";
import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { QUICK_NODE, UNCHECKED } from "../examples/command";
import { REPOSITORY } from "../repository";

// Through the real `pulumi` on PATH, as `npm test` puts it there: what a program may expect of the language host.

const home = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), "language-host-")));
const environment = {
  ...process.env,
  ...QUICK_NODE,
  ...UNCHECKED,
  PULUMI_HOME: path.join(home, "pulumi"),
  PULUMI_BACKEND_URL: `file://${home}`,
  PULUMI_CONFIG_PASSPHRASE: "test",
};

afterAll(() => {
  fs.rmSync(home, { recursive: true, force: true, maxRetries: 5 });
});

/** Makes a project of one program, with a stack. */
async function project(name: string, files: Record<string, string>, options = "{}"): Promise<string> {
  const folder = path.join(home, name);
  fs.mkdirSync(folder);
  fs.writeFileSync(
    path.join(folder, "Pulumi.yaml"),
    `name: ${name}\nruntime: { name: nodejs, options: ${options} }\n`,
  );
  fs.writeFileSync(path.join(folder, "package.json"), JSON.stringify({ main: Object.keys(files)[0] }));
  fs.symlinkSync(path.join(REPOSITORY, "node_modules"), path.join(folder, "node_modules"), "junction");
  for (const [file, text] of Object.entries(files)) fs.writeFileSync(path.join(folder, file), text);
  await pulumi(folder, "stack", "init", "dev");
  return folder;
}

function pulumi(folder: string, ...args: string[]): Promise<{ status: unknown; output: string }> {
  return new Promise((resolve) => {
    execFile(
      "pulumi",
      [...args, "--non-interactive"],
      { cwd: folder, env: environment },
      (error, stdout, stderr) => {
        resolve({ status: error === null ? 0 : error.code, output: stdout + stderr });
      },
    );
  });
}

// Each starts the engine once or twice, which takes seconds when the machine is busy.
jest.setTimeout(30_000);

const occurrences = (text: string, part: string) => text.split(part).length - 1;

test("a TypeScript program runs, gets its configuration, prints and exports", async () => {
  const folder = await project("plain", {
    "index.ts": `import * as pulumi from "@pulumi/pulumi";
      const config: pulumi.Config = new pulumi.Config();
      console.log("stack", pulumi.getStack(), "greeting", config.require("greeting"));
      console.error("on stderr");
      export const secret = config.requireSecret("word");`,
  });
  await pulumi(folder, "config", "set", "greeting", "hello");
  await pulumi(folder, "config", "set", "--secret", "word", "canary-word");
  const { status, output } = await pulumi(folder, "up", "--yes", "--skip-preview");
  expect(status).toBe(0);
  expect(output).toContain("stack dev greeting hello");
  expect(output).toContain("on stderr");
  expect(output).toContain("secret: [secret]");
  expect(output).not.toContain("canary-word");
});

test("a stack without configuration has an empty one, as with Pulumi's own host", async () => {
  const folder = await project(
    "unconfigured",
    {
      "index.js": `const pulumi = require("@pulumi/pulumi");
      console.log("config", process.env.PULUMI_CONFIG, "secrets", process.env.PULUMI_CONFIG_SECRET_KEYS);
      console.log("value", new pulumi.Config().get("greeting"), Object.keys(pulumi.runtime.allConfig()).length);`,
    },
    "{ typescript: false }",
  );
  const { status, output } = await pulumi(folder, "preview");
  expect(output).toContain("config {} secrets []");
  expect(output).toContain("value undefined 0");
  expect(status).toBe(0);
});

test("options of Pulumi.yaml reach Node.js, and plain JavaScript runs without TypeScript", async () => {
  const text = 'console.log(process.execArgv.join(" "), "typescript", process.env.PULUMI_NODEJS_TYPESCRIPT);';
  const options = '{ typescript: false, nodeargs: "--no-warnings --title=x" }';
  const { output } = await pulumi(await project("options", { "index.js": text }, options), "preview");
  expect(output).toContain("--no-warnings --title=x typescript false");
});

test("what a program throws is told once", async () => {
  const folder = await project("throws", { "index.js": 'throw new Error("its own words");' });
  const { status, output } = await pulumi(folder, "preview", "--json");
  expect(status).not.toBe(0);
  expect(occurrences(output, "its own words")).toBe(1);
});

test("a program that ends by itself fails with its exit status", async () => {
  const { status, output } = await pulumi(
    await project("ends", { "index.js": "process.exit(3);" }),
    "preview",
  );
  expect(status).not.toBe(0);
  expect(output).toMatch(/exit.* 3\b/);
});

test("a program without the SDK is told to install it", async () => {
  const folder = await project("bare", { "index.js": "" });
  fs.rmSync(path.join(folder, "node_modules"));
  const { status, output } = await pulumi(folder, "preview");
  expect(status).not.toBe(0);
  expect(output).toContain("npm install");
});

test("the program and its host end when the engine is killed", async () => {
  const folder = await project("killed", {
    "index.js": `console.log("processes", process.ppid, process.pid);
      module.exports = () => new Promise((resolve) => setTimeout(resolve, 60000));`,
  });
  const engine = spawn("pulumi", ["preview", "--non-interactive"], { cwd: folder, env: environment });
  const pids = await new Promise<number[]>((resolve) => {
    let output = "";
    engine.stdout.on("data", (data: Buffer) => {
      output += data.toString();
      const [, host, program] = /processes (\d+) (\d+)/.exec(output) ?? [];
      if (program !== undefined) resolve([Number(host), Number(program)]);
    });
  });
  engine.kill("SIGKILL");
  const deadline = Date.now() + 20_000;
  while (pids.some(isAlive) && Date.now() < deadline)
    await new Promise((resolve) => setTimeout(resolve, 100));
  expect(pids.filter(isAlive)).toEqual([]);
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
