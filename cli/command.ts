import { parseArgs, type ParseArgsOptionsConfig } from "node:util";
import * as z from "zod";
import { closest } from "../provider/text";
import { type Line, table, wrapped } from "./terminal/lines";
import type { Terminal } from "./terminal/terminal";
import { quoted } from "./text";

/** One option: parsing, type, help and completion come from this one declaration. */
export interface Option<T = unknown> {
  /** A phrase; docs/reference/cli.md has it too. */
  readonly text: string;
  /** One letter. */
  readonly short?: string;
  /** What stands for the value in the help. Without it the option is a flag. */
  readonly value?: string;
  readonly repeated?: boolean;
  /** The possible values, if there are only some. */
  readonly words?: readonly string[];
  /** Checks and converts what the command line says, and has the default. */
  readonly type: z.ZodType<T>;
}

/** What the help says of an option. */
export const optionText = ({ text, repeated: isRepeated }: Option): string =>
  isRepeated === true ? `${text}; may be repeated` : text;

/** The options of a command by their names, without the dashes. */
export type Options = Readonly<Record<string, Option>>;

const nonEmpty = z.string().min(1, "must not be empty");

export const flag = (text: string, short?: string): Option<boolean> => ({
  text,
  ...(short === undefined ? {} : { short }),
  type: z.boolean().default(false),
});

export const single = (value: string, text: string): Option<string | undefined> => ({
  text,
  value,
  type: nonEmpty.optional(),
});

export const repeated = (value: string, text: string): Option<string[]> => ({
  text,
  value,
  repeated: true,
  type: z.array(nonEmpty).default([]),
});

export const choice = <const Word extends string>(
  value: string,
  words: readonly Word[],
  text: string,
): Option<Word | undefined> => ({
  text,
  value,
  words,
  type: z.enum(words, { error: `takes ${words.join(words.length === 2 ? " or " : ", ")}` }).optional(),
});

/** A whole number between two others; both are allowed. */
export const wholeNumber = (text: string, fallback: number, least: number, most: number): Option<number> => ({
  text,
  value: "N",
  type: z
    .string()
    .default(String(fallback))
    .refine((value) => /^\d+$/.test(value) && Number(value) >= least && Number(value) <= most, {
      error: ({ input }) => `takes a whole number from ${least} to ${most}, not ${quoted(String(input), 40)}`,
    })
    .transform(Number),
});

/** Options that several commands have. */
export const CWD: Option<string> = {
  text: "directory of the Pulumi project (default: the current one)",
  short: "C",
  value: "DIR",
  type: nonEmpty.default("."),
};
export const stackOption = (text: string): Option<string | undefined> => ({
  ...single("NAME", text),
  short: "s",
});
export const stacksOption = (text: string): Option<string[]> => ({ ...repeated("NAME", text), short: "s" });
export const jsonOption = (text: string): Option<boolean> => flag(text, "j");

/** What every command has without declaring it. */
export const COMMON_OPTIONS = { help: flag("print this help", "h") } satisfies Options;

/** What the command line says, by the names of the options. */
export type Values<O extends Options> = { readonly [Name in keyof O]: z.output<O[Name]["type"]> };

/** What `thinkgeo help COMMAND` prints. */
interface Help {
  /** In the list of all commands. */
  readonly summary: string;
  /** What follows `thinkgeo `. */
  readonly usage: string;
  readonly about: string;
  /** Names under a title of their own, each with a sentence. */
  readonly list?: { readonly title: string; readonly entries: ReadonlyMap<string, string> };
  /** At least one, ready to be pasted. */
  readonly examples: readonly string[];
  readonly exitCodes: string;
}

/** One command of `thinkgeo`. */
export interface Command extends Help {
  readonly options: Options;
  /** Whether it runs until it is stopped, which is no failure. */
  readonly serves?: boolean;
  /** Runs, and returns the exit code. */
  readonly run: (args: readonly string[], terminal: Terminal) => Promise<number>;
}

interface Declaration<O extends Options, Positional extends string> extends Help {
  readonly options: O;
  readonly serves?: boolean;
  /** The arguments without a name. @default none are allowed */
  readonly positionals?: z.ZodType<readonly Positional[]>;
  /** What is wrong with options that are right one by one. */
  readonly problem?: (options: Values<O>) => string | undefined;
  readonly run: (
    options: Values<O>,
    terminal: Terminal,
    positionals: readonly Positional[],
  ) => Promise<number>;
}

/** A command from its declaration: what it runs gets options that are parsed, checked and typed. */
export function defineCommand<const O extends Options, Positional extends string = never>({
  positionals,
  problem,
  run,
  ...command
}: Declaration<O, Positional>): Command {
  return {
    ...command,
    run: async (args, terminal) => {
      const parsed = readArguments(args, command, positionals);
      const wrong = problem?.(parsed.values);
      if (wrong !== undefined) throw new UsageError(`${wrong}.`);
      return run(parsed.values, terminal, parsed.positionals);
    },
  };
}

/** A command line that cannot be understood. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Throws if a question will have to be answered, nobody can be asked here, and the answer was not given in advance. */
export function requireAnswer(terminal: Terminal, isGiven: boolean, advice: string): void {
  if (!isGiven && terminal.ask === undefined) throw new UsageError(advice);
}

/** Whether `--help` or `-h` is among the arguments, and not behind a `--`. */
export const asksForHelp = (args: readonly string[]): boolean => {
  const end = args.indexOf("--");
  return (end === -1 ? args : args.slice(0, end)).some((arg) => arg === "--help" || arg === "-h");
};

interface Arguments<O extends Options, Positional> {
  readonly values: Values<O>;
  readonly positionals: readonly Positional[];
}

/** Reads a command line; what is wrong with it is a `UsageError` of one sentence. */
function readArguments<O extends Options, Positional extends string = never>(
  args: readonly string[],
  { usage, options }: Pick<Declaration<O, Positional>, "usage" | "options">,
  positionals?: Declaration<O, Positional>["positionals"],
): Arguments<O, Positional> {
  const given = splitArguments(args, options);
  const types = Object.fromEntries(Object.entries(options).map(([name, { type }]) => [name, type]));
  const values = checked(z.object(types), given.values) as Values<O>;
  if (positionals !== undefined) return { values, positionals: checked(positionals, given.positionals) };
  const [name = ""] = usage.split(" ");
  checked(z.array(z.string()).max(0, `${name} takes options only`), given.positionals);
  return { values, positionals: [] };
}

function checked<T>(type: z.ZodType<T>, given: unknown): T {
  const parsed = type.safeParse(given);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const [name] = issue?.path ?? [];
  const option = typeof name === "string" ? `--${name}: ` : "";
  throw new UsageError(`${option}${issue?.message ?? "cannot be understood"}.`);
}

function splitArguments(
  args: readonly string[],
  options: Options,
): { values: object; positionals: string[] } {
  const config: ParseArgsOptionsConfig = Object.fromEntries(
    Object.entries(options).map(([name, option]) => [
      name,
      {
        type: option.value === undefined ? "boolean" : "string",
        multiple: option.repeated === true,
        ...(option.short === undefined ? {} : { short: option.short }),
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
    const names = Object.keys({ ...options, ...COMMON_OPTIONS });
    const near = unknown === undefined ? undefined : closest(unknown, names);
    throw new UsageError(
      `${first.replace(/\.$/, "")}${near === undefined ? "." : `: did you mean --${near}?`}`,
    );
  }
}

const USAGE = "Usage: ";

/** The page that says more, where a user has it. */
export const MORE = "More: docs/reference/cli.md in the package pulumi-thinkgeo.";

export function helpLines(command: Command, columns: number): Line[] {
  const { usage, about, options, list, examples, exitCodes } = command;
  const rows = Object.entries({ ...options, ...COMMON_OPTIONS }).map(([name, option]) => {
    const short = option.short === undefined ? "    " : `-${option.short}, `;
    const value = option.value === undefined ? "" : ` ${option.value}`;
    return {
      cells: [`  ${short}--${name}${value}`],
      texts: [optionText(option)],
    };
  });
  return [
    ...wrapped(`thinkgeo ${usage}`, columns - USAGE.length).map((line, index) =>
      index === 0 ? USAGE + line : " ".repeat(USAGE.length) + line,
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
    ...wrapped(`Exit codes: ${exitCodes}; 128 plus the signal's number if interrupted.`, columns),
    "",
    MORE,
  ];
}

function listLines({ title, entries }: NonNullable<Help["list"]>, columns: number): Line[] {
  const rows = [...entries].map(([name, text]) => ({ cells: [`  ${name}`], texts: [text] }));
  return ["", `${title}:`, ...table(rows, columns)];
}
