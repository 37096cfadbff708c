import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmulator, type Emulator, type EmulatorOptions } from "../../../emulator";
import { runCommand, type Ended } from "../run-command";

/** An account, and an empty folder to export it into. */
export interface Scene {
  readonly emulator: Emulator;
  readonly account: Emulator["accounts"][0];
  readonly folder: string;
  /** Runs `thinkgeo export --out keys` with more arguments. */
  readonly run: (...args: readonly string[]) => Promise<Ended>;
  readonly read: (file: string) => string;
  readonly write: (file: string, text: string) => void;
  /** Everything that was written, by path. */
  readonly files: () => Record<string, string>;
}

export async function withScene(
  work: (scene: Scene) => Promise<void>,
  options: EmulatorOptions = {},
): Promise<void> {
  const emulator = await startEmulator(options);
  const [account] = emulator.accounts;
  const folder = mkdtempSync(join(tmpdir(), "thinkgeo-export-"));
  const keys = join(folder, "keys");
  const read = (file: string): string => readFileSync(join(keys, file), "utf8");
  try {
    await work({
      emulator,
      account,
      folder,
      run: (...args) =>
        runCommand(["export", "--out", "keys", ...args], { folder, environment: account.environment }),
      read,
      write: (file, text) => {
        writeFileSync(join(keys, file), text);
      },
      files: () => Object.fromEntries(readdirSync(keys).map((file) => [file, read(file)])),
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
    await emulator.close();
  }
}
