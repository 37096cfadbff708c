import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startEmulator, type Emulator } from "../../emulator";
import { EngineStack } from "../engine/engine-stack";
import { projectModules } from "./project-modules";
import { githubCommands, gitlabScript } from "./workflow";

describe("the very commands of the pipelines, in order", () => {
  let emulator: Emulator;
  let stack: EngineStack;
  let modules: string;

  beforeAll(async () => {
    emulator = await startEmulator();
    modules = projectModules();
    stack = await new EngineStack(emulator.accounts[0], modules).init();
    stack.declare({ name: "web", args: { name: "Web", type: "JavaScript", allowedOrigins: ["acme.com"] } });
    // What posts a comment leaves its arguments behind.
    const tools = join(stack.folder, "tools");
    mkdirSync(tools);
    for (const tool of ["gh", "curl"]) {
      writeFileSync(join(tools, tool), `#!/bin/sh\necho "$@" > "${stack.folder}/${tool}.txt"\n`);
      chmodSync(join(tools, tool), 0o755);
    }
  });
  afterAll(async () => {
    stack.remove();
    rmSync(modules, { recursive: true, force: true });
    await emulator.close();
  });

  const shell = (script: string): Promise<{ code: number | null; out: string }> => {
    const { PATH = "", HOME = "" } = process.env;
    const env = {
      HOME,
      STACK: "test",
      PULL_REQUEST: "7",
      ...stack.environment,
      PATH: `${join(stack.folder, "tools")}:${PATH}`,
    };
    const child = spawn("bash", ["-e", "-c", script], { cwd: stack.folder, env });
    let out = "";
    for (const stream of [child.stdout, child.stderr])
      stream.on("data", (data: Buffer) => (out += data.toString()));
    return new Promise((resolve) =>
      child.once("exit", (code) => {
        resolve({ code, out });
      }),
    );
  };
  const run = async (job: string): Promise<(number | null)[]> => {
    const codes: (number | null)[] = [];
    for (const command of githubCommands(job)) codes.push((await shell(command)).code);
    return codes;
  };

  test("GitHub: a pull request is previewed, and the report posted; nothing is changed", async () => {
    const before = emulator.accounts[0].clients();
    expect(await run("preview")).toEqual([0, 0, 0]);
    expect(readFileSync(join(stack.folder, "gh.txt"), "utf8")).toContain("pr comment 7 --body-file drift.md");
    expect(readFileSync(join(stack.folder, "drift.md"), "utf8")).not.toBe("");
    expect(emulator.accounts[0].clients()).toEqual(before);
  });

  test("GitHub: main is deployed, and the nightly run finds nothing", async () => {
    expect(await run("up")).toEqual([0]);
    expect(emulator.accounts[0].client("Web")).toMatchObject({ allowedOrigins: ["acme.com"] });
    expect(await run("drift")).toEqual([0, 0]);
    expect(existsSync(join(stack.folder, "drift.xml"))).toBe(true);
  });

  test("GitHub: the nightly run tells what somebody changed by hand, and up --refresh heals it", async () => {
    emulator.accounts[0].editClient("Web", { allowedOrigins: ["acme.com", "evil.example"] });
    expect(await run("drift")).toEqual([7, 1]);
    expect(readFileSync(join(stack.folder, "drift.xml"), "utf8")).toContain("evil.example");
    expect(emulator.accounts[0].client("Web")).toMatchObject({
      allowedOrigins: ["acme.com", "evil.example"],
    });
    await stack.up("--refresh");
    expect(emulator.accounts[0].client("Web")).toMatchObject({ allowedOrigins: ["acme.com"] });
  });

  test("GitLab: each job does the same", async () => {
    expect((await shell(gitlabScript("preview"))).code).toBe(0);
    expect((await shell(gitlabScript("up"))).code).toBe(0);
    expect((await shell(gitlabScript("drift"))).code).toBe(0);
    emulator.accounts[0].editClient("Web", { isActive: false });
    expect((await shell(gitlabScript("drift"))).code).not.toBe(0);
  });
});
