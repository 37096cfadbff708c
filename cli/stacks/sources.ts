import { statSync } from "node:fs";
import { resolve } from "node:path";
import { exportStack, readStackFile, selectedStack, type Stack } from "./stack";
import type { Terminal } from "../terminal/terminal";

/** Where the stacks are, as the command line says it. */
export interface Sources {
  readonly stack: readonly string[];
  readonly file: readonly string[];
  /** Each the name of a stack, or a file. */
  readonly positionals: readonly string[];
  readonly cwd: string;
  readonly secrets: "plain" | "encrypted";
}

export interface Names {
  readonly stacks: readonly string[];
  readonly files: readonly string[];
  /** The first that was named, and not only selected. */
  readonly named: string | undefined;
}

/** What is meant; without any, the stack that is selected in the folder. */
export async function namesOf(sources: Sources, terminal: Terminal): Promise<Names> {
  const isFile = (text: string): boolean =>
    text.endsWith(".json") ||
    statSync(resolve(terminal.folder, text), { throwIfNoEntry: false })?.isFile() === true;
  const files = new Set([...sources.file, ...sources.positionals.filter(isFile)]);
  const named = new Set([...sources.stack, ...sources.positionals.filter((text) => !isFile(text))]);
  const [first] = named;
  if (files.size + named.size === 0) named.add(await selectedStack(sources.cwd, terminal));
  return { stacks: [...named], files: [...files], named: first };
}

/** Reads every stack once. */
export async function readSources(
  { cwd, secrets }: Pick<Sources, "cwd" | "secrets">,
  { stacks, files }: Names,
  terminal: Terminal,
): Promise<readonly Stack[]> {
  const exported = await Promise.all(stacks.map((name) => exportStack(name, cwd, terminal, secrets)));
  return [...exported, ...files.map((file) => readStackFile(file, terminal))];
}
