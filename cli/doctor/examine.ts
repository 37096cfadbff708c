import { redact } from "../../provider/cloud/redact";
import { VERSION } from "../../provider/version";
import { worst } from "./finding";
import type { DoctorReport, StepReport } from "./report";
import { missingNeed, type Step } from "./step";
import { address } from "./steps/address";
import { clock } from "./steps/clock";
import { configuration } from "./steps/configuration";
import { description } from "./steps/description";
import { identity } from "./steps/identity";
import { rights } from "./steps/rights";
import { roles } from "./steps/roles";
import { token } from "./steps/token";
import { versions } from "./steps/versions";
import type { Visit } from "./visit";

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

/** Does every step that can be done, in order. */
export async function examine(visit: Visit, tell: (report: StepReport) => void): Promise<DoctorReport> {
  const steps: StepReport[] = [];
  for (const step of STEPS) {
    const report = await take(step, visit);
    tell(report);
    steps.push(report);
  }
  return {
    command: "thinkgeo doctor",
    version: 1,
    packageVersion: VERSION,
    apiUrl: visit.configuration?.apiUrl ?? null,
    result: worst(steps.map(({ result }) => result)),
    requests: visit.witness.seen.length,
    steps,
    differences: visit.differences.map((one) => ({
      ...one,
      operation: redact(one.operation),
      field: presented(one.field),
      expected: presented(one.expected),
      found: presented(one.found),
    })),
  };
}

async function take(step: Step, visit: Visit): Promise<StepReport> {
  const { name, title } = step;
  const skipped = missingNeed(step, visit);
  if (skipped !== undefined) return { name, title, result: "skipped", findings: [], skipped };
  const findings = (await step.run(visit)).map(({ level, text, todo }) => ({
    level,
    text: redact(text),
    todo: presented(todo),
  }));
  return { name, title, result: worst(findings.map(({ level }) => level)), findings };
}

/** Any of these texts may be a server's. */
const presented = (text: string | undefined): string | undefined =>
  text === undefined ? undefined : redact(text);
