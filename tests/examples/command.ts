import { spawn } from "node:child_process";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { endOf } from "../end-of";
import type { EmulatorAccount } from "../../emulator";
import { REPOSITORY } from "../repository";

export interface Outcome {
  readonly status: number | null;
  /** What it wrote, to stdout and stderr. */
  readonly output: string;
}

/** Every command starts two or three processes of Node.js that load the same files. */
export const COMPILE_CACHE = { NODE_COMPILE_CACHE: join(REPOSITORY, ".thinkgeo", "compile-cache") };
/** For commands whose processes of Node.js are all Pulumi's. */
export const QUICK_NODE = {
  ...COMPILE_CACHE,
  NODE_OPTIONS: `--import=${pathToFileURL(join(__dirname, "without-arborist.mjs")).href}`,
};
/** `npm run lint` has checked the types of the examples; Pulumi would do it anew with every command. */
export const UNCHECKED = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
/** For an `up` that is run as a workflow has it: the engine then runs its program once, not twice. */
export const WITHOUT_PREVIEW = { PULUMI_OPTION_SKIP_PREVIEW: "true" };

/** For the stack of an example that keeps its state in a folder of the test's, and its keys in an account of the emulator. */
export const exampleEnvironment = (
  account: EmulatorAccount,
  folder: string,
  stack: string,
): Record<string, string> => ({
  ...account.environment,
  PULUMI_HOME: join(folder, "home"),
  PULUMI_BACKEND_URL: `file://${folder}`,
  PULUMI_CONFIG_PASSPHRASE: "example",
  PULUMI_STACK: stack,
});

/** Runs a command in the repository as a user would, to its end, in an environment without Pulumi and ThinkGeo settings. */
export async function run(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const settings = Object.entries(process.env).filter(([name]) => !/^(?:PULUMI|THINKGEO)_/.test(name));
  const child = spawn(command, args, {
    cwd: REPOSITORY,
    env: { ...Object.fromEntries(settings), ...COMPILE_CACHE, ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const { code, out, err } = await endOf(child);
  return { status: code, output: out + err };
}
