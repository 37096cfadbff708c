import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { explainReport, type ExplainReport } from "../../../cli/explain/report";
import { startEmulator, type Emulator, type EmulatorAccount } from "../../../emulator";
import { exportOf } from "../drift/stack-export";
import { runCommand, type Ended } from "../run-command";

/** Runs `thinkgeo explain` where no account can be reached. */
export const explain = (
  args: readonly string[],
  environment: Readonly<Record<string, string | undefined>> = {},
  folder = tmpdir(),
): Promise<Ended> =>
  runCommand(["explain", ...args], { environment: { PATH: process.env["PATH"], ...environment }, folder });

/** The report of a run with --json, checked against its schema. */
export function reportIn({ out, err }: Ended): ExplainReport {
  if (err !== "") throw new Error(err);
  return explainReport.parse(JSON.parse(out));
}

interface ExplainScene {
  readonly emulator: Emulator;
  readonly account: EmulatorAccount;
  readonly explain: (...args: readonly string[]) => Promise<Ended>;
  readonly report: (...args: readonly string[]) => Promise<ExplainReport>;
  /** Writes `<name>.json`, as `pulumi stack export --file` would. */
  readonly stack: (name: string, ...resources: readonly object[]) => void;
}

/** With an account to look into, and a folder for exports of stacks. */
export async function withExplain(work: (scene: ExplainScene) => Promise<void>): Promise<void> {
  const emulator = await startEmulator();
  const [account] = emulator.accounts;
  const folder = mkdtempSync(join(tmpdir(), "thinkgeo-explain-"));
  const run = (...args: readonly string[]): Promise<Ended> => explain(args, account.environment, folder);
  try {
    await work({
      emulator,
      account,
      explain: run,
      report: async (...args) => reportIn(await run(...args, "--json")),
      stack: (name, ...resources) => {
        writeFileSync(join(folder, `${name}.json`), exportOf(...resources));
      },
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await emulator.close();
  }
}
