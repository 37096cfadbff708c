import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { driftReport, type Report } from "../../../cli/drift/report";
import type { Streams } from "../../../cli/terminal/terminal";
import { startEmulator, type Emulator, type EmulatorAccount, type EmulatorOptions } from "../../../emulator";
import { runCommand, type Ended } from "../run-command";
import { exportOf } from "./stack-export";

/** An account, and a folder with the exports of stacks. */
interface DriftScene {
  readonly emulator: Emulator;
  readonly account: EmulatorAccount;
  readonly folder: string;
  readonly write: (file: string, text: string) => void;
  readonly read: (file: string) => string;
  /** Writes `<name>.json`, as `pulumi stack export --file` would. */
  readonly stack: (name: string, ...resources: readonly object[]) => void;
  readonly drift: (...args: readonly string[]) => Promise<Ended>;
  /** The report of a run with --json, checked against its schema. */
  readonly report: (...args: readonly string[]) => Promise<Report>;
  /** Requests since the record was cleared. */
  readonly calls: () => string[];
  /** For how long the runs have waited, each time. */
  readonly waited: readonly number[];
}

export async function withDrift(
  work: (scene: DriftScene) => Promise<void>,
  options: EmulatorOptions & {
    readonly terminal?: Partial<Streams>;
    /** Told for how long a run waits, while it does. */
    readonly waiting?: (ms: number) => void;
  } = {},
): Promise<void> {
  const { terminal = {}, waiting = () => undefined, ...emulatorOptions } = options;
  const emulator = await startEmulator(emulatorOptions);
  const [account] = emulator.accounts;
  const waited: number[] = [];
  const folder = mkdtempSync(join(tmpdir(), "thinkgeo-drift-"));
  const drift = (...args: readonly string[]): Promise<Ended> =>
    runCommand(["drift", ...args], {
      environment: { PATH: process.env["PATH"], ...account.environment },
      folder,
      sleep: (ms) => {
        waited.push(ms);
        waiting(ms);
        return Promise.resolve();
      },
      ...terminal,
    });
  const write = (file: string, text: string): void => {
    writeFileSync(join(folder, file), text);
  };
  try {
    await work({
      emulator,
      account,
      folder,
      write,
      read: (file) => readFileSync(join(folder, file), "utf8"),
      stack: (name, ...resources) => {
        write(`${name}.json`, exportOf(...resources));
      },
      drift,
      report: async (...args) => {
        const { out, err } = await drift(...args, "--json");
        if (err !== "") throw new Error(err);
        return driftReport.parse(JSON.parse(out));
      },
      waited,
      calls: () => emulator.requests().map(({ method, path }) => `${method} ${path}`),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await emulator.close();
  }
}
