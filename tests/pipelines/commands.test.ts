import { spawn, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { startEmulator, type Emulator } from "../../emulator";
import { endOf } from "../end-of";
import { EngineStack } from "../engine/engine-stack";
import { WITHOUT_PREVIEW } from "../examples/command";
import { projectModules } from "./project-modules";
import { BOT, Forge, GH } from "./comments";
import { githubCommands, gitlabScript } from "./workflow";

const MARK = "<!-- thinkgeo drift -->";

// GitHub's command has jq in it; its stand-in here asks for the real one.
const github = spawnSync("jq", ["--version"]).status === 0 ? test : test.skip;

describe("the very commands of the pipelines, in order", () => {
  let emulator: Emulator;
  let stack: EngineStack;
  let modules: string;
  let forge: Forge;

  beforeAll(async () => {
    emulator = await startEmulator();
    modules = projectModules();
    stack = await new EngineStack(emulator.accounts[0], modules).init();
    stack.declare({ name: "web", args: { name: "Web", type: "JavaScript", allowedOrigins: ["acme.com"] } });
    const tools = join(stack.folder, "tools");
    mkdirSync(tools);
    writeFileSync(join(tools, "gh"), GH);
    chmodSync(join(tools, "gh"), 0o755);
  });
  beforeEach(async () => {
    forge = await Forge.start();
  });
  afterEach(() => forge.close());
  afterAll(async () => {
    stack.remove();
    rmSync(modules, { recursive: true, force: true });
    await emulator.close();
  });

  const shell = (script: string, more: object = {}): ReturnType<typeof endOf> => {
    const { PATH = "", HOME = "" } = process.env;
    const env = {
      HOME,
      STACK: "test",
      // What the runners set, and what the workflow takes from the event.
      GITHUB_REPOSITORY: "acme/infra",
      PULL_REQUEST: "7",
      GH_TOKEN: "token",
      MARK,
      FORGE: forge.url,
      CI_API_V4_URL: forge.url,
      CI_MERGE_REQUEST_PROJECT_ID: "1",
      CI_MERGE_REQUEST_IID: "7",
      GITLAB_TOKEN: "token",
      ...stack.environment,
      ...more,
      PATH: `${join(stack.folder, "tools")}:${PATH}`,
    };
    return endOf(spawn("bash", ["-e", "-c", script], { cwd: stack.folder, env }));
  };
  const run = async (job: string, more: object = {}): Promise<(number | null)[]> => {
    const codes: (number | null)[] = [];
    for (const command of githubCommands(job)) codes.push((await shell(command, more)).code);
    return codes;
  };

  github("GitHub: a pull request is previewed, and the report posted; nothing is changed", async () => {
    const before = emulator.accounts[0].clients();
    expect(await run("preview")).toEqual([0, 0, 0]);
    const report = readFileSync(join(stack.folder, "drift.md"), "utf8");
    expect(report).not.toBe("");
    expect(forge.comments.map(({ body }) => body)).toEqual([`${MARK}\n${report}`]);
    expect(emulator.accounts[0].clients()).toEqual(before);
  });

  github("GitHub: the next runs edit that comment, and no other", async () => {
    forge.add("alice", `${MARK}\nquoted by a person`);
    forge.add(BOT, "of another workflow");
    const [, ...afterPreview] = githubCommands("preview");
    const report = async (): Promise<void> => {
      for (const command of afterPreview) expect((await shell(command)).code).toBe(0);
    };
    await report();
    emulator.accounts[0].addClient({ name: "made by hand" });
    await report();
    const [alice, other, ours, ...more] = forge.comments.map(({ body }) => body);
    expect([alice, other, more]).toEqual([`${MARK}\nquoted by a person`, "of another workflow", []]);
    expect(ours).toContain("made by hand");
    expect(forge.calls.filter((call) => !call.startsWith("GET"))).toEqual([
      "POST /repos/acme/infra/issues/7/comments",
      "PATCH /repos/acme/infra/issues/comments/102",
    ]);
    emulator.accounts[0].deleteClient("made by hand");
  });

  github("GitHub: where comments cannot be read, none is added, and the job fails", async () => {
    const [post = ""] = githubCommands("preview").slice(-1);
    expect((await shell(`GH_TOKEN=wrong\n${post}`)).code).not.toBe(0);
    expect(forge.comments).toEqual([]);
  });

  test("GitHub: main is deployed, and the nightly run finds nothing", async () => {
    expect(await run("up", WITHOUT_PREVIEW)).toEqual([0]);
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
    expect((await shell(gitlabScript("preview"))).code).toBe(0);
    expect(forge.calls).toEqual([
      "GET /projects/1/merge_requests/7/notes",
      "POST /projects/1/merge_requests/7/notes",
      "GET /projects/1/merge_requests/7/notes",
      "PUT /projects/1/merge_requests/7/notes/100",
    ]);
    const report = readFileSync(join(stack.folder, "drift.md"), "utf8");
    expect(forge.comments.map(({ body }) => body)).toEqual([`${MARK}\n${report}`]);
    expect((await shell(gitlabScript("up"), WITHOUT_PREVIEW)).code).toBe(0);
    emulator.accounts[0].editClient("Web", { isActive: false });
    expect((await shell(gitlabScript("drift"))).code).not.toBe(0);
  });
});
