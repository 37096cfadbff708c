import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import { REPOSITORY, textOf } from "../repository";
import { ACTION_FOLDER } from "./action";
import { COMPONENT, componentInputs, componentJobs } from "./component";
import { GITHUB, GITLAB, githubJobs, gitlabRule, PREVIEWS } from "./workflow";

/** Whether a job of the workflow runs for a pull request of that author, from that repository. */
function runsFor(job: string, file: string, login: string, from = "acme/infra", action = "opened"): unknown {
  const github = {
    event_name: "pull_request",
    repository: "acme/infra",
    event: { action, pull_request: { user: { login }, head: { repo: { full_name: from } } } },
  };
  // GitHub's expressions are JavaScript as far as these go.
  const expression = githubJobs(file)[job]?.if ?? "";
  const functions = {
    contains: (list: string[], item: string) => list.includes(item),
    fromJSON: (text: string): unknown => JSON.parse(text),
  };
  return runInNewContext(expression, { github, ...functions });
}

describe.each([
  ["preview", GITHUB],
  ["up", PREVIEWS],
])("GitHub: the job %s of %s", (job, file) => {
  test.each([
    ["a branch of the repository", "alice", "acme/infra", true],
    ["a fork", "mallory", "mallory/infra", false],
    ["a fork that has gone", "mallory", undefined, false],
    ["Dependabot", "dependabot[bot]", "acme/infra", false],
  ])("%s", (_, login, from, runs) => {
    expect(runsFor(job, file, login, from ?? "")).toBe(runs);
  });
});

test("GitHub: Renovate gets no preview, and a push runs none", () => {
  expect(runsFor("preview", GITHUB, "renovate[bot]")).toBe(false);
  const condition = githubJobs(GITHUB)["preview"]?.if ?? "";
  expect(runInNewContext(condition, { github: { event_name: "push", event: {} } })).toBe(false);
});

test.each([
  ["a branch of the project", "feature", "7", true],
  ["a fork", "feature", "8", false],
  ["Renovate", "renovate/undici-9", "7", false],
  ["Dependabot", "dependabot/npm_and_yarn/undici-9", "7", false],
  ["a branch that only speaks of it", "fix-renovate/x", "7", true],
])("GitLab: %s", (_, branch, source, runs) => {
  const variables: Record<string, string> = {
    CI_PIPELINE_SOURCE: "merge_request_event",
    CI_MERGE_REQUEST_PROJECT_ID: "7",
    CI_MERGE_REQUEST_SOURCE_PROJECT_ID: source,
    CI_MERGE_REQUEST_SOURCE_BRANCH_NAME: branch,
  };
  const [rule] = componentJobs({ stacks: "prod" })["thinkgeo-drift"]?.rules ?? [];
  // Who gets a preview gets the report, and nobody else.
  expect(rule?.if).toBe(gitlabRule("preview"));
  const expression = gitlabRule("preview")
    .replace(
      /\$(\w+) !~ (\/\S+\/)(?= |$)/,
      (_text, name: string, pattern: string) => `!${pattern}.test($${name})`,
    )
    .replace(/\$(\w+)/g, (_text, name: string) => JSON.stringify(variables[name]));
  expect(runInNewContext(expression)).toBe(runs);
});

test("the documents and the files say in words who is left out", () => {
  for (const file of [
    GITHUB,
    GITLAB,
    join(REPOSITORY, "docs/guides/ci-and-drift.md"),
    join(REPOSITORY, "examples/pipelines/README.md"),
  ]) {
    const text = readFileSync(file, "utf8");
    for (const word of ["forks?", "Dependabot", "Renovate"])
      expect(text).toMatch(new RegExp(`\\b${word}\\b`));
  }
});

test("images are pinned, GitLab's to the version of Pulumi that these tests run", () => {
  const [, engine = ""] =
    /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/.exec(textOf("scripts/engine/go.mod")) ?? [];
  const image = `pulumi/pulumi-nodejs-22:${engine}`;
  expect(readFileSync(GITLAB, "utf8")).toMatch(new RegExp(`^image: ${image}$`, "m"));
  expect(componentInputs["image"]?.default).toBe(image);
  for (const file of [GITHUB, PREVIEWS])
    for (const job of Object.values(githubJobs(file))) expect(job["runs-on"]).toMatch(/^ubuntu-\d\d\.\d\d$/);
});

test.each([COMPONENT, PREVIEWS, join(ACTION_FOLDER, "action.yml")])(
  "%s runs the installed command, and fetches none",
  (file) => {
    const commands = readFileSync(file, "utf8").match(/\bnpx .*/g) ?? [];
    expect(commands.length).toBeGreaterThan(0);
    for (const command of commands) expect(command).toMatch(/^npx --no-install thinkgeo /);
  },
);
