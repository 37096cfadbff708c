import { spawn } from "node:child_process";
import { join, resolve } from "node:path";

export const REPOSITORY = resolve(__dirname, "../..");

export interface Outcome {
  readonly status: number | null;
  /** What it wrote, to stdout and stderr. */
  readonly output: string;
}

/** Every command starts two or three processes of Node.js that load the same files. */
export const COMPILE_CACHE = { NODE_COMPILE_CACHE: join(REPOSITORY, ".thinkgeo", "compile-cache") };
/** `npm run lint` has checked the types of the examples; Pulumi would do it anew with every command. */
export const UNCHECKED = { PULUMI_NODEJS_TRANSPILE_ONLY: "true" };
/** For an `up` that is run as a workflow has it: the engine then runs its program once, not twice. */
export const WITHOUT_PREVIEW = { PULUMI_OPTION_SKIP_PREVIEW: "true" };

/** Runs a command in the repository as a user would, to its end, in an environment without Pulumi and ThinkGeo settings. */
export function run(
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
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding("utf8").on("data", (text: string) => (output += text));
  return new Promise((resolvePromise, reject) => {
    child.on("error", reject).on("close", (status) => {
      resolvePromise({ status, output });
    });
  });
}
