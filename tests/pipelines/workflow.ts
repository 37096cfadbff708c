import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { load } from "js-yaml";
import { USES_ACTION } from "./action";

const FOLDER = resolve(__dirname, "../../examples/pipelines");

export const GITHUB = join(FOLDER, "github-actions.yml");
export const PREVIEWS = resolve(FOLDER, "../preview-environments/github-actions.yml");
export const GITLAB = join(FOLDER, "gitlab-ci.yml");

interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
}

interface Job {
  readonly if?: string;
  readonly "runs-on"?: string;
  readonly steps: readonly Step[];
}

interface Workflow {
  readonly env?: Readonly<Record<string, string>>;
  readonly jobs: Readonly<Record<string, Job>>;
}

interface GitLabJob {
  readonly rules?: readonly { readonly if: string }[];
  readonly script?: readonly string[];
}

export const githubJobs = (file: string): Workflow["jobs"] =>
  (load(readFileSync(file, "utf8")) as Workflow).jobs;

/** The condition of one job of the GitLab pipeline. */
export function gitlabRule(job: string): string {
  const jobs = load(readFileSync(GITLAB, "utf8")) as Readonly<Record<string, GitLabJob>>;
  return jobs[job]?.rules?.[0]?.if ?? "";
}

/** The commands of one job of a GitHub workflow, in order, without those that install, and those that another event runs. */
export function githubCommands(job: string, file = GITHUB, event?: string): string[] {
  return (githubJobs(file)[job]?.steps ?? []).flatMap(({ name, run, if: condition }) => {
    const skipped = event !== undefined && condition?.includes(`github.event_name == '${event}'`) === false;
    return run === undefined || name === "Install" || skipped ? [] : [run];
  });
}

/** What a job of the GitHub workflow gives to the drift action, if it uses it. */
export function driftInputs(job: string): Readonly<Record<string, string>> | undefined {
  const { env, jobs } = load(readFileSync(GITHUB, "utf8")) as Workflow;
  const step = jobs[job]?.steps.find(({ uses }) => uses === USES_ACTION);
  if (step === undefined) return undefined;
  const filled = (text: string): string =>
    text.replace(/\$\{\{ env\.(\w+) \}\}/g, (_, name: string) => env?.[name] ?? "");
  return Object.fromEntries(Object.entries(step.with ?? {}).map(([name, value]) => [name, filled(value)]));
}

/** The script of one job of the GitLab pipeline, as one shell runs it. */
export function gitlabScript(job: string): string {
  const jobs = load(readFileSync(GITLAB, "utf8")) as Readonly<Record<string, GitLabJob>>;
  return (jobs[job]?.script ?? []).join("\n");
}

/** How the GitLab pipeline includes the component for drift. */
export function gitlabInclude(): {
  readonly local: string;
  readonly inputs: Readonly<Record<string, string>>;
} {
  const { include } = load(readFileSync(GITLAB, "utf8")) as {
    include: [{ local: string; inputs: Record<string, string> }];
  };
  return include[0];
}
