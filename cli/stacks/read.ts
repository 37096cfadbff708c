import { readFileSync, statSync } from "node:fs";
import { resolve } from "node:path";
import { errorCode } from "../files";
import type { Terminal } from "../terminal/terminal";
import { UserError } from "../../provider/troubleshooting";
import { exportedState, selectedStack } from "./pulumi";
import { parseStack, type Stack } from "./state";

/** The stacks that a command line names, and how to read them. */
interface StackOptions {
  readonly stack: readonly string[];
  readonly file: readonly string[];
  /** Each is the name of a stack or of a file. */
  readonly positionals?: readonly string[];
  readonly cwd: string;
}

/** Names of stacks, and files with exported stacks. */
interface ChosenStacks {
  readonly names: readonly string[];
  readonly files: readonly string[];
  /** The first stack that the command line names; undefined if it names none, so that the selected one is used. */
  readonly named: string | undefined;
}

/** The stacks that the command line names, or else the one that is selected in the folder. */
export async function chooseStacks(options: StackOptions, terminal: Terminal): Promise<ChosenStacks> {
  const { stack, file, positionals = [], cwd } = options;
  const isFile = (text: string): boolean =>
    text.endsWith(".json") ||
    statSync(resolve(terminal.folder, text), { throwIfNoEntry: false })?.isFile() === true;
  const files = new Set([...file, ...positionals.filter(isFile)]);
  const names = new Set([...stack, ...positionals.filter((text) => !isFile(text))]);
  const [named] = names;
  if (files.size + names.size === 0) names.add(await selectedStack(cwd, terminal));
  return { names: [...names], files: [...files], named };
}

export async function readStacks(
  { names, files }: Pick<ChosenStacks, "names" | "files">,
  cwd: string,
  terminal: Terminal,
  secrets: "encrypted" | "plain" = "encrypted",
): Promise<readonly Stack[]> {
  const exported = await exportStacks(names, cwd, terminal, secrets);
  return [...exported, ...files.map((file) => readStackFile(file, terminal))];
}

/** How many stacks are exported at the same time: each takes a process of Pulumi. */
const AT_ONCE = 4;

/** Stacks as their backend has them now. */
export async function exportStacks(
  names: readonly string[],
  cwd: string,
  terminal: Terminal,
  secrets: "encrypted" | "plain" = "encrypted",
): Promise<readonly Stack[]> {
  const stacks: Stack[] = [];
  for (let first = 0; first < names.length; first += AT_ONCE) {
    const some = names.slice(first, first + AT_ONCE);
    stacks.push(...(await Promise.all(some.map((name) => exportStack(name, cwd, terminal, secrets)))));
  }
  return stacks;
}

export async function exportStack(
  name: string,
  cwd: string,
  terminal: Terminal,
  secrets: "encrypted" | "plain" = "encrypted",
): Promise<Stack> {
  return parseStack(name, await exportedState(name, cwd, terminal, secrets), `stack ${name}`);
}

/** A stack from a file that `pulumi stack export --file` wrote. */
export function readStackFile(file: string, terminal: Terminal): Stack {
  let text: string;
  try {
    text = readFileSync(resolve(terminal.folder, file), "utf8");
  } catch (error) {
    throw new UserError(
      "state-file",
      `${file} cannot be read (${errorCode(error)}): make it with "pulumi stack export --file ${file}".`,
      { cause: error },
    );
  }
  return parseStack(file, text);
}
