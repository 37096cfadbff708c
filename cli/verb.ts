import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import * as z from "zod";
import type { Terminal } from "./terminal";

/** How every verb ends; docs/cli.md documents them. */
export const EXIT = { fine: 0, found: 1, failed: 2 } as const;

/** One thing that `thinkgeo` can do. */
export interface Verb {
  readonly summary: string;
  /** What is printed for --help. */
  readonly help: Help;
  /** Runs, and returns the exit code. */
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<number>;
}

/** An option as a person sees it. */
export interface Option {
  /** Its name without the dashes. */
  readonly name: string;
  /** What stands for its value in the help; none: a switch. */
  readonly value?: string;
  readonly repeated?: boolean;
  readonly text: string;
}

export interface Help {
  /** What follows `thinkgeo `. */
  readonly usage: string;
  readonly about: string;
  readonly options: readonly Option[];
  /** At least one, ready to be pasted. */
  readonly examples: readonly string[];
  readonly exitCodes: string;
}

/** A command line that cannot be understood. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Splits the arguments as `options` say, and reads them with `schema`; what is wrong is a sentence. */
export function readOptions<T>(args: readonly string[], options: readonly Option[], schema: z.ZodType<T>): T {
  const config: ParseArgsOptionsConfig = Object.fromEntries(
    options.map(({ name, value, repeated = false }) => [
      name,
      { type: value === undefined ? "boolean" : "string", multiple: repeated },
    ]),
  );
  const { values, positionals } = split(args, config);
  const parsed = schema.safeParse({ ...values, positionals });
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const path = String(issue?.path[0] ?? "");
  throw new UsageError(
    `${path === "" || path === "positionals" ? "" : `--${path}: `}${issue?.message ?? "cannot be understood"}.`,
  );
}

function split(
  args: readonly string[],
  options: ParseArgsOptionsConfig,
): { values: object; positionals: string[] } {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    // "Unknown option '--foo'. To specify a positional argument …": its first sentence is the one that helps.
    const message =
      typeof error === "object" && error !== null && "message" in error ? String(error.message) : "";
    const [first = ""] = message.split(". ");
    throw new UsageError(`${first.replace(/\.$/, "")}.`);
  }
}

export function renderHelp({ usage, about, options, examples, exitCodes }: Help): string {
  const left = (option: Option): string =>
    `--${option.name}${option.value === undefined ? "" : ` ${option.value}`}`;
  const all = [...options, { name: "help", text: "print this" }];
  const width = Math.max(...all.map((option) => left(option).length));
  const lines = all.map(
    (option) =>
      `  ${left(option).padEnd(width)}  ${option.text}${option.repeated === true ? " (may be repeated)" : ""}`,
  );
  const samples = examples.map((example) => `  ${example}`);
  return [
    `Usage: thinkgeo ${usage}`,
    "",
    about,
    "",
    "Options:",
    ...lines,
    "",
    "Examples:",
    ...samples,
    "",
    `Exit codes: ${exitCodes}`,
    "",
  ].join("\n");
}
