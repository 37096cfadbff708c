import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import manifest from "../../package.json";
import { REPOSITORY, textOf } from "../repository";

interface Job {
  readonly permissions?: Readonly<Record<string, string>>;
  readonly needs?: string;
  readonly strategy?: {
    readonly matrix: { readonly node: readonly number[]; readonly os?: readonly string[] };
  };
  readonly steps: readonly { readonly uses?: string; readonly run?: string }[];
}

interface Workflow {
  readonly permissions: Readonly<Record<string, string>>;
  readonly env: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

const FOLDER = join(REPOSITORY, ".github/workflows");
const workflows = readdirSync(FOLDER).map((file) => {
  const text = readFileSync(join(FOLDER, file), "utf8");
  return { file, text, workflow: load(text) as Workflow };
});
const jobsOf = (name: string): Workflow["jobs"] =>
  workflows.find(({ file }) => file === name)?.workflow.jobs ?? {};
const runs = (job: Job | undefined): readonly string[] => job?.steps.flatMap(({ run }) => run ?? []) ?? [];

describe.each(workflows)(".github/workflows/$file", ({ text, workflow }) => {
  const steps = Object.values(workflow.jobs).flatMap((job) => job.steps);

  test("names each action by its full tag", () => {
    const used = steps.flatMap(({ uses }) => uses ?? []);
    expect(used.length).toBeGreaterThan(0);
    for (const action of used) expect(action).toMatch(/^[\w-]+\/[\w-]+@v\d+\.\d+\.\d+$/);
  });

  test("may read the repository, and has no secret", () => {
    expect(workflow.permissions).toEqual({ contents: "read" });
    expect(text).not.toContain("secrets.");
    for (const { run } of steps) expect(run ?? "").not.toContain("${{");
  });

  test("runs scripts that package.json has", () => {
    const named = steps.flatMap(({ run }) => [
      ...(run ?? "").matchAll(/npm (?:run )?(start|test|[\w]+:\w+|lint)/g),
    ]);
    expect(named.length).toBeGreaterThan(2);
    for (const [, script = ""] of named) expect(Object.keys(manifest.scripts)).toContain(script);
  });

  test("installs the Pulumi that the set-up would build", () => {
    const [, engine] =
      /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/.exec(textOf("scripts/engine/go.mod")) ?? [];
    expect(workflow.env["PULUMI_VERSION"]).toBe(engine);
  });
});

test("CI runs on each system, with each supported line of Node.js", () => {
  const { test: posix, windows, lint } = jobsOf("ci.yml");
  expect(posix?.strategy?.matrix).toEqual({ os: ["ubuntu-24.04", "macos-15"], node: [22, 24] });
  expect(windows?.strategy?.matrix).toEqual({ node: [22, 24] });
  expect(textOf("scripts/matrix.mjs")).toContain('const nodes = ["22", "24"];');
  expect([runs(posix), runs(lint)]).toEqual([
    ["npm test", "npm run test:hosts", "npm run test:walkthroughs"],
    ["npm run lint"],
  ]);
});

// Behind --testPathIgnorePatterns a path would be one more pattern to leave out.
test.each(["test:install", "test:languages", "test:walkthroughs"] as const)(
  "npm run %s runs its own tests only",
  (script) => {
    expect(manifest.scripts[script]).toMatch(/ jest tests\/\S+ --testPathIgnorePatterns=node_modules$/);
  },
);

test("a release is checked first, and only what publishes may write", () => {
  const { build, npm, github } = jobsOf("release.yml");
  expect(runs(build)[0]).toBe('npm run release:check -- --tag "$GITHUB_REF_NAME"');
  expect(runs(build).slice(1)).toEqual(expect.arrayContaining(["npm run lint", "npm test"]));
  expect([npm?.needs, github?.needs]).toEqual(["build", "npm"]);
  expect([build?.permissions, npm?.permissions, github?.permissions]).toEqual([
    undefined,
    { "id-token": "write" },
    { contents: "write" },
  ]);
});

// The keys are those of GitHub's syntax for issue forms.
test.each(["bug", "live-api", "question"])(
  "the issue form %s has GitHub's keys only, and each field asks something",
  (name) => {
    const { body, ...form } = load(textOf(`.github/ISSUE_TEMPLATE/${name}.yml`)) as Record<
      string,
      unknown
    > & {
      body: { type: string; id?: string; attributes: Record<string, unknown>; validations?: object }[];
    };
    expect(Object.keys(form)).toEqual(["name", "description", "labels"]);
    const ids = body.flatMap(({ id }) => id ?? []);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { type, attributes } of body) {
      expect(["markdown", "textarea", "input", "dropdown"]).toContain(type);
      expect(attributes[type === "markdown" ? "value" : "label"]).toMatch(/\w/);
    }
  },
);
