import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import * as z from "zod";
import { closest } from "../provider/text";
import { table, wrapped, type Line } from "./terminal/lines";
import type { Terminal } from "./terminal/terminal";

/** One thing that `thinkgeo` can do. */
export interface Verb {
  readonly summary: string;
  /** What is printed for --help. */
  readonly help: Help;
  /** It runs until it is stopped, which is its normal end. */
  readonly serves?: boolean;
  /** Runs, and returns the exit code. */
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<number>;
}

/** An option as a person sees it. */
export interface Option {
  /** Its name without the dashes. */
  readonly name: string;
  /** One letter. */
  readonly short?: string;
  /** What stands for its value in the help; none: a switch. */
  readonly value?: string;
  readonly repeated?: boolean;
  /** The words that it takes, where there are only some. */
  readonly words?: readonly string[];
  readonly text: string;
}

export interface Help {
  /** What follows `thinkgeo `. */
  readonly usage: string;
  readonly about: string;
  readonly options: readonly Option[];
  /** Names under a title of their own, and what is said of each. */
  readonly list?: { readonly title: string; readonly entries: ReadonlyMap<string, string> };
  /** At least one, ready to be pasted. */
  readonly examples: readonly string[];
  readonly exitCodes: string;
}

const HELP: Option = { name: "help", short: "h", text: "print this" };

/** Options that every verb has without saying so. */
export const OPTIONS_OF_ALL: readonly Option[] = [HELP];

/** Options that mean the same for every verb that has them. */
export const CWD: Option = {
  name: "cwd",
  short: "C",
  value: "DIR",
  text: "folder of the Pulumi project (default: this one)",
};
export const stackOption = (text: string, repeated = false): Option => ({
  name: "stack",
  short: "s",
  value: "NAME",
  repeated,
  text,
});
export const jsonOption = (text: string): Option => ({ name: "json", short: "j", text });

/** A command line that cannot be understood. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Whether the help is asked for, as an option and not as another one's value. */
export const asksForHelp = (args: readonly string[]): boolean => {
  const end = args.indexOf("--");
  return (end === -1 ? args : args.slice(0, end)).some((arg) => arg === "--help" || arg === "-h");
};

/** Splits the arguments as `options` say, and reads them with `schema`; what is wrong is a sentence. */
export function readOptions<T>(args: readonly string[], options: readonly Option[], schema: z.ZodType<T>): T {
  const { values, positionals } = split(args, options);
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
  options: readonly Option[],
): { values: object; positionals: string[] } {
  const config: ParseArgsOptionsConfig = Object.fromEntries(
    options.map(({ name, short, value, repeated = false }) => [
      name,
      {
        type: value === undefined ? "boolean" : "string",
        multiple: repeated,
        ...(short === undefined ? {} : { short }),
      },
    ]),
  );
  try {
    return parseArgs({ args: [...args], options: config, allowPositionals: true });
  } catch (error) {
    // "Unknown option '--foo'. To specify a positional argument …": its first sentence is the one that helps.
    const message =
      typeof error === "object" && error !== null && "message" in error ? String(error.message) : "";
    const [first = ""] = message.split(". ");
    const [, unknown] = /^Unknown option '--([^']*)'/.exec(first) ?? [];
    const names = [...options, ...OPTIONS_OF_ALL].map(({ name }) => name);
    const near = unknown === undefined ? undefined : closest(unknown, names);
    throw new UsageError(
      `${first.replace(/\.$/, "")}${near === undefined ? "." : `: did you mean --${near}?`}`,
    );
  }
}

export function helpLines(help: Help, columns: number): Line[] {
  const { usage, about, options, list, examples, exitCodes } = help;
  const left = ({ name, short, value }: Option): string =>
    `  ${short === undefined ? "    " : `-${short}, `}--${name}${value === undefined ? "" : ` ${value}`}`;
  const rows = [...options, ...OPTIONS_OF_ALL].map((option) => ({
    cells: [left(option)],
    texts: [`${option.text}${option.repeated === true ? " (may be repeated)" : ""}`],
  }));
  return [
    ...wrapped(`Usage: thinkgeo ${usage}`, columns).map((line, index) =>
      index === 0 ? line : `       ${line}`,
    ),
    "",
    ...wrapped(about, columns),
    "",
    "Options:",
    ...table(rows, columns),
    ...(list === undefined ? [] : listLines(list, columns)),
    "",
    "Examples:",
    ...examples.map((example) => `  ${example}`),
    "",
    ...wrapped(`Exit codes: ${exitCodes}; 128 and the signal's number if it was interrupted.`, columns),
  ];
}

function listLines({ title, entries }: NonNullable<Help["list"]>, columns: number): Line[] {
  const rows = [...entries].map(([name, text]) => ({ cells: [`  ${name}`], texts: [text] }));
  return ["", `${title}:`, ...table(rows, columns)];
}
