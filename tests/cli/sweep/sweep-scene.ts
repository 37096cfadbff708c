import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { sweepReport, type SweepReport } from "../../../cli/sweep/report";
import type { Streams } from "../../../cli/terminal/terminal";
import {
  startEmulator,
  type Client,
  type Emulator,
  type EmulatorAccount,
  type EmulatorOptions,
} from "../../../emulator";
import { ownClients } from "../../own-clients";
import { exportOf } from "../drift/stack-export";
import { runCommand, type Ended } from "../run-command";

/** An account, and a folder with the exports of stacks. */
interface SweepScene {
  readonly emulator: Emulator;
  readonly account: EmulatorAccount;
  readonly write: (file: string, text: string) => void;
  readonly read: (file: string) => string;
  /** Writes `<name>.json`, as `pulumi stack export --file` would. */
  readonly stack: (name: string, ...resources: readonly object[]) => void;
  /** Makes a client of this name by hand. */
  readonly left: (name: string) => Client;
  readonly names: () => string[];
  /** `thinkgeo sweep --prefix pr- --older-than 7d`, and more. */
  readonly sweep: (...args: readonly string[]) => Promise<Ended>;
  /** The same with --json, checked against its schema. */
  readonly report: (...args: readonly string[]) => Promise<SweepReport>;
  /** Requests that could change the account, with what they were about, since the record was cleared. */
  readonly writes: () => string[];
}

/** A day so many days ago, as names have it. */
export const daysAgo = (days: number): string =>
  new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);

const PERIOD = ["--prefix", "pr-", "--older-than", "7d"];

export async function withSweep(
  work: (scene: SweepScene) => Promise<void>,
  options: EmulatorOptions & { readonly ask?: Streams["ask"] } = {},
): Promise<void> {
  const { ask, ...emulatorOptions } = options;
  const emulator = await startEmulator(emulatorOptions);
  const [account] = emulator.accounts;
  const folder = mkdtempSync(join(tmpdir(), "thinkgeo-sweep-"));
  const sweep = (...args: readonly string[]): Promise<Ended> =>
    runCommand(["sweep", ...(args.includes("--prefix") ? [] : PERIOD), ...args], {
      environment: { PATH: process.env["PATH"], ...account.environment },
      folder,
      ask,
    });
  const write = (file: string, text: string): void => {
    writeFileSync(join(folder, file), text);
  };
  try {
    await work({
      emulator,
      account,
      write,
      read: (file) => readFileSync(join(folder, file), "utf8"),
      stack: (name, ...resources) => {
        write(`${name}.json`, exportOf(...resources));
      },
      left: (name) => account.addClient({ name, clientType: "JavaScript", allowedOrigins: ["a.acme.com"] }),
      names: () => ownClients(account).map(({ name }) => name),
      sweep,
      report: async (...args) => sweepReport.parse(JSON.parse((await sweep(...args, "--json")).out)),
      writes: () =>
        emulator
          .requests()
          .filter(({ method, path }) => method !== "GET" && !path.endsWith("/token"))
          .map(({ method, path, query }) => [method, path, ...(query["clientIds"] ?? [])].join(" ")),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await emulator.close();
  }
}
