import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { REPOSITORY } from "../repository";
import { GITHUB, GITLAB, PREVIEWS } from "./workflow";

jest.setTimeout(300_000);

const TOOLS = join(REPOSITORY, ".thinkgeo/tools");
const ACTIONLINT = "github.com/rhysd/actionlint/cmd/actionlint@v1.7.7";

const hasGo = spawnSync("go", ["version"]).status === 0;

// Where Pulumi is installed, Go need not be.
(hasGo ? test : test.skip).each([GITHUB, PREVIEWS])("%s passes actionlint", (file) => {
  const actionlint = join(TOOLS, "actionlint");
  if (!existsSync(actionlint))
    execFileSync("go", ["install", ACTIONLINT], {
      env: { ...process.env, GOBIN: TOOLS, GOFLAGS: "-mod=mod" },
      stdio: "pipe",
    });
  const { status, stdout } = spawnSync(actionlint, ["-no-color", file], { encoding: "utf8" });
  expect(stdout).toBe("");
  expect(status).toBe(0);
});

// No package that could be found carries GitLab's schema (the one of that name says nothing about jobs), so the keywords
// that the pipeline may use stand here, from GitLab's reference of .gitlab-ci.yml.
test("the GitLab pipeline uses GitLab's keywords only, and each job has rules and a script", () => {
  const {
    image,
    variables,
    default: defaults,
    ...jobs
  } = load(readFileSync(GITLAB, "utf8")) as Record<string, object>;
  expect(image).toEqual(expect.any(String));
  expect(Object.keys(defaults ?? {})).toEqual(["before_script"]);
  expect(Object.values(variables ?? {}).every((value) => typeof value === "string")).toBe(true);
  expect(Object.keys(jobs)).toEqual(["preview", "up", "drift"]);
  const keywords = ["rules", "script", "resource_group", "interruptible", "artifacts"];
  for (const job of Object.values(jobs)) {
    expect(keywords).toEqual(expect.arrayContaining(Object.keys(job)));
    expect(job).toMatchObject({
      rules: [{ if: expect.any(String) as string }],
      script: expect.any(Array) as string[],
    });
  }
});

test.each([GITHUB, PREVIEWS, GITLAB])("no command of %s prints secrets (pulumi-facts F11)", (file) => {
  const commands = readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => !line.trim().startsWith("#"));
  expect(commands.filter((line) => /\bpulumi up\b.*--(json|debug)/.test(line))).toEqual([]);
});
