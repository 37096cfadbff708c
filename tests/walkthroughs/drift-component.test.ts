import { spawn } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { EmulatorAccount } from "../../emulator";
import { endOf } from "../end-of";
import type { EngineStack } from "../engine/engine-stack";
import { Forge } from "../pipelines/comments";
import { componentInputs, componentJobs } from "../pipelines/component";
import { driftAction } from "../pipelines/action";
import { PipelineScene } from "../pipelines/scene";
import { gitlabInclude } from "../pipelines/workflow";

const MARK = "<!-- thinkgeo drift: . test -->";

describe.each(["bash", "sh"])("GitLab's component for drift, by %s", (shell) => {
  let scene: PipelineScene;
  let account: EmulatorAccount;
  let stack: EngineStack;
  let forge: Forge;

  beforeAll(async () => {
    scene = await PipelineScene.start();
    ({ account, stack } = scene);
    await stack.up();
  });
  beforeEach(async () => {
    forge = await Forge.start();
  });
  afterEach(async () => {
    account.editClient("Web", { allowedOrigins: ["acme.com"] });
    await forge.close();
  });
  afterAll(() => scene.close());

  const run = (
    inputs: Readonly<Record<string, string | boolean>> = {},
    more: Readonly<Record<string, string>> = {},
  ): ReturnType<typeof endOf> => {
    const [job] = Object.values(componentJobs({ stacks: "test", ...inputs }));
    const script = [...(job?.before_script ?? []), ...(job?.script ?? [])].filter(
      (line) => line !== "npm ci",
    );
    const runner = { CI_API_V4_URL: forge.url, CI_PROJECT_DIR: stack.folder, GITLAB_TOKEN: "token" };
    const env = { ...runner, ...job?.variables, ...scene.environment(more) };
    return endOf(spawn(shell, ["-e", "-c", script.join("\n")], { cwd: stack.folder, env }));
  };
  const MERGE_REQUEST = { CI_MERGE_REQUEST_PROJECT_ID: "1", CI_MERGE_REQUEST_IID: "7" };
  const report = (name: string): string => readFileSync(join(stack.folder, "thinkgeo-drift", name), "utf8");

  test("every night: 0 in sync, 1 after a change by hand, with reports and without a comment", async () => {
    expect((await run()).code).toBe(0);
    account.editClient("Web", { allowedOrigins: ["acme.com", "evil.example"] });
    expect((await run()).code).toBe(1);
    for (const format of ["json", "md", "sarif", "xml", "html"])
      expect(report(`drift.${format}`)).toContain("evil.example");
    expect(forge.calls).toEqual([]);
  });

  test("a merge request gets one comment, which the next run edits; drift does not fail it", async () => {
    expect((await run({}, MERGE_REQUEST)).code).toBe(0);
    account.editClient("Web", { allowedOrigins: ["acme.com", "evil.example"] });
    expect((await run({}, MERGE_REQUEST)).code).toBe(0);
    expect(forge.comments.map(({ body }) => body)).toEqual([`${MARK}\n${report("drift.md")}`]);
    expect(report("drift.md")).toContain("evil.example");
    expect(forge.calls).toEqual([
      "GET /projects/1/merge_requests/7/notes",
      "POST /projects/1/merge_requests/7/notes",
      "GET /projects/1/merge_requests/7/notes",
      "PUT /projects/1/merge_requests/7/notes/100",
    ]);
    expect(existsSync(join(stack.folder, "notes.json"))).toBe(false);
  });

  test("a merge request fails on drift if it shall, and gets no comment if it shall not", async () => {
    account.editClient("Web", { allowedOrigins: ["acme.com", "evil.example"] });
    const inputs = { "fail-in-merge-requests": true, comment: false };
    expect((await run(inputs, MERGE_REQUEST)).code).toBe(1);
    expect((await run({ ...inputs, "fail-on": "none" }, MERGE_REQUEST)).code).toBe(0);
    expect(forge.calls).toEqual([]);
  });

  test.each([
    ["a stack that there is not", { stacks: "nobody" }],
    ["another version of the package", { version: "9.9.9" }],
    ["a baseline that there is not", { baseline: "nothing.json" }],
  ])("%s: exit code 2, in a merge request too, and no comment", async (_, inputs) => {
    expect((await run(inputs, MERGE_REQUEST)).code).toBe(2);
    expect(forge.calls).toEqual([]);
  });
});

test("the component has the inputs of the action, and those that only a whole job needs", () => {
  const ofAction = Object.keys(driftAction.inputs).map((name) =>
    name.replace("pull-requests", "merge-requests"),
  );
  const ofJobs = ["job", "stage", "image"];
  expect(Object.keys(componentInputs)).toEqual([
    ...ofAction.filter((name) => name !== "upload-sarif"),
    ...ofJobs,
  ]);
});

test("the pipeline includes it with inputs that it has, and every input that it needs", () => {
  const { local, inputs } = gitlabInclude();
  expect(local).toBe("ci/thinkgeo-drift.yml");
  for (const name of Object.keys(inputs)) expect(componentInputs).toHaveProperty([name]);
  expect(Object.keys(componentJobs(inputs))).toEqual(["thinkgeo-drift"]);
});
