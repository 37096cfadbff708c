import { execFile } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import * as z from "zod";
import type { Terminal } from "../terminal/terminal";
import { readJson } from "../text";
import { UserError } from "../../provider/troubleshooting";

/** The output of `pulumi stack export`. */
export function exportedState(
  stack: string,
  cwd: string,
  terminal: Terminal,
  secrets: "encrypted" | "plain",
): Promise<string> {
  const plain = secrets === "plain" ? ["--show-secrets"] : [];
  return pulumi(["stack", "export", "--stack", stack, ...plain], cwd, terminal);
}

/** The name of the stack that is selected in a folder. */
export async function selectedStack(cwd: string, terminal: Terminal): Promise<string> {
  return (await pulumi(["stack", "--show-name"], cwd, terminal)).trim();
}

/** Whether a folder is in a Pulumi project. */
export function isInProject(cwd: string, terminal: Terminal): boolean {
  for (let folder = resolve(terminal.folder, cwd); ; folder = dirname(folder)) {
    if (["Pulumi.yaml", "Pulumi.yml"].some((file) => existsSync(join(folder, file)))) return true;
    if (dirname(folder) === folder) return false;
  }
}

const stackList = z.array(z.looseObject({ name: z.string() }));

/** The names of all stacks of the project in a folder. */
export async function stackNames(cwd: string, terminal: Terminal): Promise<string[]> {
  const parsed = stackList.safeParse(readJson(await pulumi(["stack", "ls", "--json"], cwd, terminal)));
  if (!parsed.success)
    throw new UserError(
      "pulumi-failed",
      `"pulumi stack ls --json" in ${cwd} printed what is no list of stacks: name them instead.`,
    );
  return parsed.data.map(({ name }) => name);
}

const configJson = z.record(
  z.string(),
  z.looseObject({ value: z.string().optional(), secret: z.boolean().optional() }),
);

/** One stack's configuration under `thinkgeo:`. Secrets are in plain text: use the values for signing in only. */
export interface StackConfiguration {
  readonly name: string;
  readonly values: Readonly<Record<string, string>>;
  /** The keys that Pulumi.<stack>.yaml has in plain text. */
  readonly unencrypted: readonly string[];
}

export async function stackConfiguration(
  stack: string,
  cwd: string,
  terminal: Terminal,
): Promise<StackConfiguration> {
  const parsed = configJson.safeParse(
    readJson(await pulumi(["config", "--json", "--show-secrets", "--stack", stack], cwd, terminal)),
  );
  const entries = Object.entries(parsed.success ? parsed.data : {}).filter(([key]) =>
    key.startsWith("thinkgeo:"),
  );
  return {
    name: stack,
    values: Object.fromEntries(
      entries.flatMap(([key, { value }]) => (value === undefined ? [] : [[key, value]])),
    ),
    unencrypted: entries.flatMap(([key, { secret }]) => (secret === true ? [] : [key])),
  };
}

async function pulumi(args: readonly string[], cwd: string, terminal: Terminal): Promise<string> {
  const folder = resolve(terminal.folder, cwd);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true)
    throw new UserError(
      "pulumi-failed",
      `There is no directory ${cwd}: --cwd names the directory of the Pulumi project.`,
    );
  const options = {
    cwd: folder,
    env: { ...terminal.environment, PULUMI_SKIP_UPDATE_CHECK: "true" },
    maxBuffer: 1024 * 1024 * 1024,
    signal: terminal.ending.signal,
  };
  return new Promise((done, fail) => {
    execFile(
      "pulumi",
      [...args, "--non-interactive", "--color", "never"],
      options,
      (error, stdout, stderr) => {
        if (error === null) {
          done(stdout);
          return;
        }
        const reason =
          error.code === "ENOENT" ? "pulumi is not on PATH" : stderr.trim().replace(/^error: /, "");
        fail(
          new UserError("pulumi-failed", `"pulumi ${args.join(" ")}" in ${cwd} failed: ${reason}`, {
            cause: error,
          }),
        );
      },
    );
  });
}
