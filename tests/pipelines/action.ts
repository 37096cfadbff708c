import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { runInNewContext } from "node:vm";
import { load } from "js-yaml";
import { endOf } from "../end-of";

/** A user copies it to `.github/actions/thinkgeo-drift`. */
export const ACTION_FOLDER = resolve(__dirname, "../../examples/pipelines/drift-action");
/** What workflows write for it. */
export const USES_ACTION = "./.github/actions/thinkgeo-drift";

interface Step {
  readonly name: string;
  readonly id?: string;
  readonly if?: string;
  readonly uses?: string;
  readonly with?: Readonly<Record<string, string>>;
  readonly shell?: string;
  readonly "working-directory"?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly run?: string;
}

interface Action {
  readonly name: string;
  readonly description: string;
  readonly inputs: Readonly<
    Record<
      string,
      { readonly description: string; readonly required?: boolean; readonly default?: string } | undefined
    >
  >;
  readonly outputs: Readonly<Record<string, { readonly description: string; readonly value: string }>>;
  readonly runs: { readonly using: string; readonly steps: readonly Step[] };
}

export const driftAction = load(readFileSync(join(ACTION_FOLDER, "action.yml"), "utf8")) as Action;

/** Where GitHub's runner would run the action. */
interface Runner {
  readonly workspace: string;
  readonly environment: Readonly<Record<string, string>>;
  /** The event's pull request, if it is one. */
  readonly pullRequest?: number;
  readonly token: string;
}

export interface ActionRun {
  /** Of the step that failed, or 0. */
  readonly code: number | null;
  /** The log of all steps. */
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
  /** Steps that use another action, which is not run here. */
  readonly used: readonly { readonly uses: string; readonly with: Readonly<Record<string, string>> }[];
}

/** The steps of the action, by a shell as GitHub's runner starts it; a step that fails is the last. */
export async function runDriftAction(
  inputs: Readonly<Record<string, string>>,
  { workspace, environment, pullRequest, token }: Runner,
): Promise<ActionRun> {
  const temporary = mkdtempSync(join(workspace, "runner-"));
  const [outputFile, summaryFile] = [join(temporary, "output"), join(temporary, "summary")];
  writeFileSync(summaryFile, "");
  const defaults = Object.entries(driftAction.inputs).map(([name, input]) => [name, input?.default ?? ""]);
  const steps: Record<string, { outputs: Record<string, string> }> = {};
  const context = {
    inputs: { ...Object.fromEntries(defaults), ...inputs } as Record<string, string>,
    steps,
    github: {
      token,
      event_name: pullRequest === undefined ? "schedule" : "pull_request",
      event: pullRequest === undefined ? {} : { pull_request: { number: pullRequest } },
    },
  };
  const filled = (text: string): string =>
    text.replace(/\$\{\{(.*?)\}\}/g, (_, expression: string) => String(valueOf(expression, context)));
  const allFilled = (texts: Readonly<Record<string, string>> = {}): Record<string, string> =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, filled(text)]));
  const used: { uses: string; with: Record<string, string> }[] = [];
  let [code, log]: [number | null, string] = [0, ""];
  for (const step of driftAction.runs.steps) {
    if (code !== 0) break;
    if (step.if !== undefined && valueOf(step.if, context) !== true) continue;
    if (step.uses !== undefined) used.push({ uses: step.uses, with: allFilled(step.with) });
    if (step.run === undefined) continue;
    writeFileSync(outputFile, "");
    const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", step.run], {
      cwd: join(workspace, filled(step["working-directory"] ?? ".")),
      env: {
        ...environment,
        ...allFilled(step.env),
        GITHUB_ACTION_PATH: ACTION_FOLDER,
        GITHUB_OUTPUT: outputFile,
        GITHUB_STEP_SUMMARY: summaryFile,
        GITHUB_REPOSITORY: "acme/infra",
        RUNNER_TEMP: temporary,
      },
    });
    const ended = await endOf(child);
    code = ended.code;
    log += ended.out + ended.err;
    const lines = readFileSync(outputFile, "utf8").split("\n");
    const written = lines.flatMap((line) => [...line.matchAll(/^([\w-]+)=(.*)$/g)]);
    if (step.id !== undefined)
      steps[step.id] = {
        outputs: Object.fromEntries(written.map(([, name = "", value = ""]) => [name, value])),
      };
  }
  return {
    code,
    log,
    used,
    summary: readFileSync(summaryFile, "utf8"),
    outputs: Object.fromEntries(
      Object.entries(driftAction.outputs).map(([name, { value }]) => [name, filled(value)]),
    ),
  };
}

/** GitHub's expressions are JavaScript as far as these go; what is not there is empty. */
function valueOf(expression: string, context: object): unknown {
  const script = expression.replace(
    /\b(github|inputs|steps)((?:\.[\w-]+)+)/g,
    (_, root: string, path: string) => root + path.replace(/\.([\w-]+)/g, '?.["$1"]'),
  );
  const value: unknown = runInNewContext(script, context);
  return value ?? "";
}
