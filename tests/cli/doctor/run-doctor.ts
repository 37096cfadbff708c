import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { doctorReport, type DoctorReport, type StepReport } from "../../../cli/doctor/report";
import type { Streams } from "../../../cli/terminal/terminal";
import { startEmulator, type Emulator, type EmulatorAccount, type EmulatorOptions } from "../../../emulator";
import { runCommand, type Ended } from "../run-command";
import { fakePulumi } from "../fake-pulumi";

interface DoctorWorld {
  readonly cloud: Emulator;
  readonly account: EmulatorAccount;
  /** An empty folder; its `bin` is the PATH. */
  readonly folder: string;
  readonly environment: Record<string, string>;
  /** `thinkgeo doctor ARGS…` */
  readonly doctor: (args?: readonly string[], extra?: Partial<Streams>) => Promise<Ended>;
  /** The same with --json, read with its schema. */
  readonly report: (args?: readonly string[]) => Promise<DoctorReport>;
}

/** An account, and a machine with a Pulumi that is new enough. */
export async function withDoctor(
  work: (world: DoctorWorld) => Promise<void>,
  options: EmulatorOptions = {},
): Promise<void> {
  // Nobody waits: the doctor's waits let the emulator's time pass, and nothing else does, however slow this machine is.
  let waited = 0;
  const started = Date.now();
  const cloud = await startEmulator({ now: () => started + waited, ...options });
  // The account is older than any lag.
  waited = 60_000;
  const sleep = (ms: number): Promise<void> => {
    waited += ms;
    return new Promise((resolve) => setImmediate(resolve));
  };
  const folder = mkdtempSync(join(tmpdir(), "doctor-"));
  const [account] = cloud.accounts;
  const environment: Record<string, string> = {
    ...account.environment,
    PATH: join(folder, "bin"),
    THINKGEO_REQUEST_TIMEOUT: "2",
  };
  fakePulumi(folder, 'console.log("v3.270.0");');
  const doctor: DoctorWorld["doctor"] = (args = [], extra = {}) =>
    runCommand(["doctor", ...args], { environment, folder, sleep, ...extra });
  const report = async (args: readonly string[] = []): Promise<DoctorReport> => {
    const { out, err } = await doctor(["--json", ...args]);
    if (out === "") throw new Error(err);
    return doctorReport.parse(JSON.parse(out));
  };
  try {
    await work({ cloud, account, folder, environment, doctor, report });
  } finally {
    await cloud.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** One step of a report. */
export function stepOf(report: DoctorReport, name: StepReport["name"]): StepReport {
  const found = report.steps.find((step) => step.name === name);
  if (found === undefined) throw new Error(`The report has no step ${name}.`);
  return found;
}

/** Everything that one step says, as text. */
export const wordsOf = (report: DoctorReport, name: StepReport["name"]): string =>
  stepOf(report, name)
    .findings.map(({ level, text, todo = "" }) => `${level}: ${text} ${todo}`.trim())
    .join("\n");

/** The result of each step, by its name. */
export const resultsOf = async ({ report }: DoctorWorld): Promise<Record<string, string>> =>
  Object.fromEntries((await report()).steps.map(({ name, result }) => [name, result]));
