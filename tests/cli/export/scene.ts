import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { main } from "../../../cli/main";
import { startEmulator, type Emulator, type EmulatorOptions } from "../../../emulator";

/** How one command ended. */
export interface Ended {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

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
      run: (...args) => runMain(["export", "--out", "keys", ...args], folder, account.environment),
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

/** Runs a command line with a terminal that nobody sits at. */
export async function runMain(
  args: readonly string[],
  folder: string,
  environment: Readonly<Record<string, string | undefined>>,
): Promise<Ended> {
  let out = "";
  let err = "";
  const code = await main(args, {
    out: (text) => (out += text),
    err: (text) => (err += text),
    interactive: false,
    environment,
    folder,
    ask: undefined,
  });
  return { code, out, err };
}
