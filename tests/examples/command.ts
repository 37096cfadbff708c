import { spawn } from "node:child_process";
import { resolve } from "node:path";

export const REPOSITORY = resolve(__dirname, "../..");

export interface Outcome {
  readonly status: number | null;
  /** What it wrote, to stdout and stderr. */
  readonly output: string;
}

/** Runs a command in the repository as a user would, to its end, in an environment without Pulumi and ThinkGeo settings. */
export function run(
  command: string,
  args: readonly string[],
  environment: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  const settings = Object.entries(process.env).filter(([name]) => !/^(?:PULUMI|THINKGEO)_/.test(name));
  const child = spawn(command, args, {
    cwd: REPOSITORY,
    env: { ...Object.fromEntries(settings), ...environment },
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
