import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { EmulatorAccount } from "../../emulator";
import { VERSION } from "../../provider/versions";
import { DEFAULT_FAIL_ON } from "../../cli/drift/report";
import type { EngineStack } from "../engine/engine-stack";
import { driftAction, runDriftAction, type ActionRun } from "../pipelines/action";
import { BOT, Forge } from "../pipelines/comments";
import { PipelineScene } from "../pipelines/scene";

const MARK = "<!-- thinkgeo drift: infra test -->";
const INPUTS = { stacks: "test", "working-directory": "infra" };

describe("the drift action, step by step", () => {
  let scene: PipelineScene;
  let account: EmulatorAccount;
  let stack: EngineStack;
  let forge: Forge;
  let workspace: string;

  beforeAll(async () => {
    scene = await PipelineScene.start();
    ({ account, stack } = scene);
    await stack.up();
    // The project is a directory of the repository.
    workspace = join(stack.folder, "repository");
    mkdirSync(join(workspace, "infra"), { recursive: true });
    for (const file of ["Pulumi.yaml", "Pulumi.test.yaml", "package.json"])
      if (existsSync(join(stack.folder, file)))
        cpSync(join(stack.folder, file), join(workspace, "infra", file));
    renameSync(join(stack.folder, "node_modules"), join(workspace, "infra/node_modules"));
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
    inputs: Readonly<Record<string, string>> = {},
    {
      pullRequest,
      token = "token",
      more = {},
    }: { pullRequest?: number; token?: string; more?: Record<string, string> } = {},
  ): Promise<ActionRun> => {
    const environment = scene.environment({ ...more, GITHUB_API_URL: forge.url });
    const event = pullRequest === undefined ? {} : { pullRequest };
    return runDriftAction({ ...INPUTS, ...inputs }, { workspace, environment, token, ...event });
  };
  const changeByHand = (): void => {
    account.editClient("Web", { allowedOrigins: ["acme.com", "evil.example"] });
  };
  const reportOf = ({ outputs }: ActionRun, name: string): string =>
    readFileSync(join(outputs["report"] ?? "", name), "utf8");
  const failing = ({ log }: ActionRun): string[] => log.split("\n").filter((line) => /^::error/.test(line));

  test("in sync: exit code 0, all reports, no error, and no comment where there is no pull request", async () => {
    const ended = await run();
    expect([ended.code, ended.outputs["exit-code"], failing(ended), ended.used]).toEqual([0, "0", [], []]);
    for (const format of ["json", "md", "sarif", "xml", "html"])
      expect(reportOf(ended, `drift.${format}`)).not.toBe("");
    expect(ended.summary).toBe(reportOf(ended, "drift.md"));
    expect(forge.calls).toEqual([]);
  });

  test("drift fails the step with 1, and is an annotation at the program's line", async () => {
    changeByHand();
    const ended = await run();
    expect([ended.code, ended.outputs["exit-code"]]).toEqual([1, "1"]);
    expect(failing(ended)).toEqual([
      expect.stringMatching(
        /^::error file=infra\/index\.js,line=\d+,title=thinkgeo drift%3A changed::"Web": .*%0A.*evil\.example/,
      ) as string,
    ]);
    expect(ended.log).toMatch(/^::warning .*title=thinkgeo drift%3A sample-client::/m);
  });

  test("a client's name cannot end an annotation, or begin another", async () => {
    const { name, id } = account.addClient({ name: "x\n::error file=a::b%0A" });
    const ended = await run();
    account.deleteClient(id);
    expect(failing(ended)).toEqual([]);
    expect(ended.log).toContain(`::${JSON.stringify(name).replaceAll("%", "%25")}: `);
  });

  test("SARIF goes to code scanning where that is asked for, with paths from the repository's root", async () => {
    changeByHand();
    const ended = await run({ "upload-sarif": "true" }, { pullRequest: 7 });
    expect(ended.used).toEqual([
      {
        uses: expect.stringMatching(/^github\/codeql-action\/upload-sarif@v\d+$/) as string,
        with: { sarif_file: `${ended.outputs["report"] ?? ""}/drift.sarif`, category: "thinkgeo-drift" },
      },
    ]);
    const { runs } = JSON.parse(reportOf(ended, "drift.sarif")) as {
      runs: [
        {
          results: {
            ruleId: string;
            locations: { physicalLocation: { artifactLocation: { uri: string } } }[];
          }[];
        },
      ];
    };
    const changed = runs[0].results.filter(({ ruleId }) => ruleId === "changed");
    expect(changed.map(({ locations }) => locations[0]?.physicalLocation.artifactLocation.uri)).toEqual([
      "infra/index.js",
    ]);
  });

  test("a pull request gets one comment, which later runs edit; drift does not fail it", async () => {
    forge.add("alice", `${MARK}\nquoted by a person`);
    forge.add(BOT, "<!-- thinkgeo drift: infra other -->\nof another stack");
    const first = await run({}, { pullRequest: 7 });
    changeByHand();
    const second = await run({}, { pullRequest: 7 });
    expect([first.code, second.code, second.outputs["exit-code"]]).toEqual([0, 0, "1"]);
    expect(forge.comments.map(({ body }) => body)).toEqual([
      `${MARK}\nquoted by a person`,
      "<!-- thinkgeo drift: infra other -->\nof another stack",
      `${MARK}\n${reportOf(second, "drift.md")}`,
    ]);
    expect(reportOf(second, "drift.md")).toContain("evil.example");
    expect(forge.calls.filter((call) => !call.startsWith("GET"))).toEqual([
      "POST /repos/acme/infra/issues/7/comments",
      "PATCH /repos/acme/infra/issues/comments/102",
    ]);
  });

  test("the comment is found again behind a hundred others", async () => {
    for (let other = 0; other < 100; other++) forge.add("alice", `comment ${other}`);
    await run({}, { pullRequest: 7 });
    await run({}, { pullRequest: 7 });
    expect(forge.comments).toHaveLength(101);
  });

  test("a pull request fails on drift if it shall, and gets no comment if it shall not", async () => {
    changeByHand();
    const ended = await run({ "fail-in-pull-requests": "true", comment: "false" }, { pullRequest: 7 });
    expect(ended.code).toBe(1);
    expect(forge.calls).toEqual([]);
  });

  test("where comments cannot be read, none is added, and the step fails and says which permission it needs", async () => {
    const ended = await run({}, { pullRequest: 7, token: "wrong" });
    expect(ended.code).toBe(1);
    expect(ended.log).toContain("pull-requests: write");
    expect(forge.comments).toEqual([]);
  });

  test("fail-on and baseline are the command's own", async () => {
    changeByHand();
    const none = await run({ "fail-on": "none" });
    expect([none.code, failing(none)]).toEqual([0, []]);
    const { findings } = JSON.parse(reportOf(none, "drift.json")) as { findings: { key: string }[] };
    writeFileSync(join(workspace, "infra/baseline.json"), JSON.stringify({ version: 1, findings }));
    const accepted = await run({ baseline: "baseline.json" });
    expect([accepted.code, failing(accepted)]).toEqual([0, []]);
    for (const kind of DEFAULT_FAIL_ON)
      expect(driftAction.inputs["fail-on"]?.description).not.toContain(kind);
  });

  test.each([
    ["a stack that there is not", { stacks: "nobody" }, "nobody"],
    ["another version of the package", { version: "9.9.9" }, `pulumi-thinkgeo ${VERSION} is installed`],
  ])("%s: exit code 2, and nothing is reported", async (_, inputs, said) => {
    const ended = await run(inputs, { pullRequest: 7 });
    expect(ended.outputs["exit-code"]).toBe("2");
    expect(ended.code).not.toBe(0);
    expect(ended.log).toContain(said);
    expect(forge.calls).toEqual([]);
  });

  test("the version that is installed is right", async () => {
    expect((await run({ version: VERSION })).code).toBe(0);
  });

  test("without the package: exit code 2, not that of drift", async () => {
    const [installed, elsewhere] = [join(workspace, "infra/node_modules"), join(workspace, "elsewhere")];
    renameSync(installed, elsewhere);
    // npx asks the registry for the name before it refuses.
    const ended = await run({}, { more: { npm_config_offline: "true" } });
    renameSync(elsewhere, installed);
    expect(ended.outputs["exit-code"]).toBe("2");
    expect(ended.code).not.toBe(0);
    expect(ended.log).toContain("run npm ci before this step");
  });
});
