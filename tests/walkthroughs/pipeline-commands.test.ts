import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { EmulatorAccount } from "../../emulator";
import { endOf } from "../end-of";
import type { EngineStack } from "../engine/engine-stack";
import { WITHOUT_PREVIEW } from "../examples/command";
import { runDriftAction } from "../pipelines/action";
import { Forge } from "../pipelines/comments";
import { componentJobs } from "../pipelines/component";
import { PipelineScene } from "../pipelines/scene";
import { driftInputs, githubCommands, gitlabInclude, gitlabScript } from "../pipelines/workflow";

/** The stack of the tests, in place of the workflows' own. */
const STACK = "test";

// The drift action and the component have tests of their own; here are the jobs that use them.
describe("the very commands of the pipelines, in order", () => {
  let scene: PipelineScene;
  let account: EmulatorAccount;
  let stack: EngineStack;
  let forge: Forge;

  beforeAll(async () => {
    scene = await PipelineScene.start();
    ({ account, stack } = scene);
  });
  beforeEach(async () => {
    forge = await Forge.start();
  });
  afterEach(() => forge.close());
  afterAll(() => scene.close());

  const shell = (script: string, more: Readonly<Record<string, string>> = {}): ReturnType<typeof endOf> => {
    const env = scene.environment({ STACK, ...more });
    return endOf(spawn("bash", ["-e", "-c", script], { cwd: stack.folder, env }));
  };
  /** The exit codes of a job's commands, and last that of the drift action, if the job uses it. */
  const run = async (
    job: string,
    pullRequest?: number,
    more: Readonly<Record<string, string>> = {},
  ): Promise<(number | null)[]> => {
    const codes: (number | null)[] = [];
    for (const command of githubCommands(job)) codes.push((await shell(command, more)).code);
    const inputs = driftInputs(job);
    if (inputs === undefined) return codes;
    expect(inputs["stacks"]).toBe("prod");
    const environment = scene.environment({ GITHUB_API_URL: forge.url });
    const event = pullRequest === undefined ? {} : { pullRequest };
    const runner = { workspace: stack.folder, environment, token: "token", ...event };
    return [...codes, (await runDriftAction({ ...inputs, stacks: STACK }, runner)).code];
  };
  const gitlab = (job: string, more: Readonly<Record<string, string>> = {}): ReturnType<typeof endOf> =>
    shell(gitlabScript(job), more);
  const gitlabDrift = (more: Readonly<Record<string, string>> = {}): ReturnType<typeof endOf> => {
    const job = componentJobs({ ...gitlabInclude().inputs, stacks: STACK })["thinkgeo-drift"];
    return shell(job?.script.join("\n") ?? "false", {
      ...job?.variables,
      CI_API_V4_URL: forge.url,
      CI_PROJECT_DIR: stack.folder,
      GITLAB_TOKEN: "token",
      ...more,
    });
  };
  const MERGE_REQUEST = { CI_MERGE_REQUEST_PROJECT_ID: "1", CI_MERGE_REQUEST_IID: "7" };

  test("GitHub: a pull request is previewed, and the report posted; nothing is changed", async () => {
    const before = account.clients();
    expect(await run("preview", 7)).toEqual([0, 0]);
    expect(forge.comments.map(({ body }) => body)).toEqual([
      expect.stringMatching(/^<!-- thinkgeo drift: /) as string,
    ]);
    expect(account.clients()).toEqual(before);
  });

  test("GitHub: main is deployed, and the nightly run finds nothing", async () => {
    expect(await run("up", undefined, WITHOUT_PREVIEW)).toEqual([0]);
    expect(account.client("Web")).toMatchObject({ allowedOrigins: ["acme.com"] });
    expect(await run("drift")).toEqual([0, 0]);
    expect(forge.calls).toEqual([]);
  });

  test("GitHub: a change by hand fails the nightly run, no pull request, and up --refresh corrects it", async () => {
    account.editClient("Web", { allowedOrigins: ["acme.com", "evil.example"] });
    expect(await run("drift")).toEqual([7, 1]);
    expect(await run("preview", 7)).toEqual([0, 0]);
    expect(forge.comments[0]?.body).toContain("evil.example");
    expect(account.client("Web")).toMatchObject({
      allowedOrigins: ["acme.com", "evil.example"],
    });
    await stack.up("--refresh");
    expect(account.client("Web")).toMatchObject({ allowedOrigins: ["acme.com"] });
  });

  test("GitLab: each job does the same", async () => {
    expect((await gitlab("preview")).code).toBe(0);
    expect((await gitlabDrift(MERGE_REQUEST)).code).toBe(0);
    expect(forge.comments).toHaveLength(1);
    expect((await gitlab("up", WITHOUT_PREVIEW)).code).toBe(0);
    expect([(await gitlab("refresh")).code, (await gitlabDrift()).code]).toEqual([0, 0]);
    account.editClient("Web", { isActive: false });
    expect([(await gitlab("refresh")).code, (await gitlabDrift()).code]).toEqual([7, 1]);
    expect(existsSync(join(stack.folder, "thinkgeo-drift/drift.xml"))).toBe(true);
  });
});
