import { resolve } from "node:path";
import { redact } from "../../provider/cloud/secrets";
import { VERSION } from "../../provider/versions";
import { CWD, defineCommand, flag, jsonOption, requireAnswer, single, stackOption } from "../command";
import { EXIT } from "../terminal/ending";
import { json } from "../terminal/lines";
import { Context } from "./context";
import { probeAfter, type ProbeResult } from "./probe/probe";
import { probeLines } from "./probe/report";
import { stepLines, summaryLines, type DoctorReport, type StepReport } from "./report";
import { worst, type Facts, type Step } from "./step";
import { identity, rights, roles } from "./steps/account";
import { address, clock } from "./steps/address";
import { configuration } from "./steps/configuration";
import { description } from "./steps/description";
import { token } from "./steps/token";
import { versions } from "./steps/versions";

/** `thinkgeo doctor`: finds out why something does not work. */
export const doctor = defineCommand({
  summary: "check configuration, credentials and API",
  usage: "doctor [--stack NAME] [--cwd DIR] [--strict] [--probe] [--json]",
  about:
    "Checks all that must be right before a program can manage clients: configuration, network, token, client, roles, rights, clock, " +
    "the API's own description and versions. It says what to do about each failure. Without --probe it changes nothing.",
  options: {
    stack: stackOption("the stack whose configuration is read (default: the selected one, in a project)"),
    cwd: CWD,
    strict: flag("exit with 1 for warnings too"),
    probe: flag("make, change and delete test clients, to find out what is undocumented"),
    "yes-change-account": single("NAME", "confirm --probe without a question: the name of the account"),
    json: jsonOption("print JSON (docs/schemas/doctor.schema.json)"),
  },
  examples: [
    "thinkgeo doctor",
    "thinkgeo doctor --stack prod --cwd infra",
    'thinkgeo doctor --probe --yes-change-account "My account"',
  ],
  exitCodes:
    "0 if nothing failed, 1 if a check failed or the probe did not finish (with --strict also for a warning), 2 for a wrong command line",
  run: async (options, terminal) => {
    const confirmed = options["yes-change-account"];
    if (options.probe)
      requireAnswer(
        terminal,
        confirmed !== undefined,
        "--probe changes the account and must be confirmed: add --yes-change-account NAME.",
      );
    const context = new Context(terminal, options.stack, resolve(terminal.folder, options.cwd));
    const given = new Map<string, string>();
    const showStep = (step: StepReport): void => {
      if (!options.json) terminal.print(...stepLines(step, given, terminal.columns));
    };
    const showResult = (result: ProbeResult): ProbeResult => {
      const { probe } = result.report;
      if (options.json) terminal.write(json(result.report));
      else if (probe !== undefined) terminal.print(...probeLines(probe, terminal.columns));
      return result;
    };
    try {
      const { report, facts } = await examine(context, showStep);
      if (!options.json) terminal.print(...summaryLines(report));
      const { ok } = options.probe
        ? await terminal.ending.shielded(() => probeAfter(report, facts, context, confirmed, showResult))
        : showResult({ ok: true, report });
      const isBad = report.result === "fail" || (options.strict && report.result === "warn");
      return isBad || !ok ? EXIT.findings : EXIT.ok;
    } finally {
      context.close();
    }
  },
});

const STEPS: readonly Step[] = [
  configuration,
  address,
  token,
  identity,
  roles,
  rights,
  clock,
  description,
  versions,
];

/** Runs all steps in their order, each with what the earlier ones found out. */
async function examine(
  context: Context,
  show: (step: StepReport) => void,
): Promise<{ readonly report: DoctorReport; readonly facts: Partial<Facts> }> {
  let facts: Partial<Facts> = {};
  const steps: StepReport[] = [];
  for (const { name, title, run } of STEPS) {
    const found = await run(facts, context);
    const step = { name, title, ...resultOf(found) };
    show(step);
    steps.push(step);
    if (!("skipped" in found)) facts = { ...facts, ...found.facts };
  }
  const report: DoctorReport = {
    command: "thinkgeo doctor",
    version: 1,
    packageVersion: VERSION,
    apiUrl: facts.api?.configuration.apiUrl ?? null,
    result: worst(steps.map(({ result }) => result)),
    requests: context.recorder.requests.length,
    steps,
    differences: (facts.differences ?? []).map((one) => ({
      ...one,
      operation: redact(one.operation),
      field: redacted(one.field),
      expected: redacted(one.expected),
      found: redacted(one.found),
    })),
  };
  return { report, facts };
}

function resultOf(found: Awaited<ReturnType<Step["run"]>>): Omit<StepReport, "name" | "title"> {
  if ("skipped" in found) return { result: "skipped", findings: [], skipped: found.skipped };
  const findings = found.findings.map(({ level, text, todo }) => ({
    level,
    text: redact(text),
    todo: redacted(todo),
  }));
  return { result: worst(findings.map(({ level }) => level)), findings };
}

/** These texts may contain a server's words. */
const redacted = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : redact(text);
