import { statSync } from "node:fs";
import { resolve } from "node:path";
import type { StackConfiguration } from "../settings";
import { exportStack, readStackFile, selectedStack, stackConfiguration, type Stack } from "../stacks";
import type { Terminal } from "../terminal";

/** Where the stacks are, as the command line says it. */
export interface Sources {
  readonly stack: readonly string[];
  readonly file: readonly string[];
  /** Each the name of a stack, or a file. */
  readonly positionals: readonly string[];
  readonly cwd: string;
  readonly secrets: "plain" | "encrypted";
}

export interface Read {
  readonly stacks: readonly Stack[];
  /** Settings of the first stack; files have none. */
  readonly configuration: StackConfiguration;
}

/** Reads every stack once, and the settings of the first; without any, the stack that is selected in the folder. */
export async function readSources(sources: Sources, terminal: Terminal): Promise<Read> {
  const { cwd, secrets } = sources;
  const isFile = (text: string): boolean =>
    text.endsWith(".json") ||
    statSync(resolve(terminal.folder, text), { throwIfNoEntry: false })?.isFile() === true;
  const files = new Set([...sources.file, ...sources.positionals.filter(isFile)]);
  const named = new Set([...sources.stack, ...sources.positionals.filter((text) => !isFile(text))]);
  if (files.size + named.size === 0) named.add(await selectedStack(cwd, terminal));
  const [first] = named;
  const [configuration, ...exported] = await Promise.all([
    first === undefined ? {} : stackConfiguration(first, cwd, terminal),
    ...[...named].map((name) => exportStack(name, cwd, terminal, secrets)),
  ]);
  return {
    stacks: [...exported, ...[...files].map((file) => readStackFile(file, terminal))],
    configuration,
  };
}
