import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { load } from "js-yaml";

const FOLDER = resolve(__dirname, "../../examples/pipelines");

export const GITHUB = join(FOLDER, "github-actions.yml");
export const PREVIEWS = resolve(FOLDER, "../preview-environments/github-actions.yml");
export const GITLAB = join(FOLDER, "gitlab-ci.yml");

interface Step {
  readonly name?: string;
  readonly run?: string;
  readonly if?: string;
}

interface Job {
  readonly if?: string;
  readonly "runs-on"?: string;
  readonly steps: readonly Step[];
}

interface Workflow {
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

/** The script of one job of the GitLab pipeline, as one shell runs it. */
export function gitlabScript(job: string): string {
  const jobs = load(readFileSync(GITLAB, "utf8")) as Readonly<Record<string, GitLabJob>>;
  return (jobs[job]?.script ?? []).join("\n");
}
