import { redact } from "../provider/cloud/secrets";
import { closest } from "../provider/text";
import { seeHeading, UserError } from "../provider/troubleshooting";
import { VERSION } from "../provider/versions";
import { asksForHelp, type Command, helpLines, MORE, UsageError } from "./command";
import { EXIT } from "./terminal/ending";
import { type Line, table } from "./terminal/lines";
import { type Streams, Terminal } from "./terminal/terminal";
import { quoted } from "./text";

/* Each command is loaded when it is used: `thinkgeo explain` should not wait for the modules of `thinkgeo drift`. */
/* eslint-disable @typescript-eslint/no-require-imports */
export const COMMANDS: Readonly<Record<string, () => Command>> = {
  drift: () => (require("./drift/drift") as typeof import("./drift/drift")).drift,
  doctor: () => (require("./doctor/doctor") as typeof import("./doctor/doctor")).doctor,
  export: () => (require("./export/export") as typeof import("./export/export")).exportCommand,
  explain: () => (require("./explain/explain") as typeof import("./explain/explain")).explain,
  sweep: () => (require("./sweep/sweep") as typeof import("./sweep/sweep")).sweep,
  emulator: () => (require("./emulator") as typeof import("./emulator")).emulator,
  completion: () => (require("./completion") as typeof import("./completion")).completion(allCommands),
};
/* eslint-enable @typescript-eslint/no-require-imports */

const allCommands = (): Readonly<Record<string, Command>> =>
  Object.fromEntries(Object.entries(COMMANDS).map(([name, load]) => [name, load()]));

/** Runs one command line, and returns its exit code. */
export async function main(args: readonly string[], streams: Streams): Promise<number> {
  const terminal = new Terminal(streams);
  const code = await dispatch(args, terminal);
  await terminal.flush();
  const { end } = terminal.ending;
  if (end === undefined) return code;
  terminal.log(`thinkgeo${args[0] === undefined ? "" : ` ${args[0]}`}: ${end.why}.`);
  return end.code;
}

async function dispatch(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name = "--help", ...rest] = args;
  if (name === "--version" || name === "-v") {
    terminal.print(VERSION);
    return EXIT.ok;
  }
  const asked = name === "help" ? rest[0] : name;
  if (asked === undefined || asked === "--help" || asked === "-h") {
    terminal.print(...overview(terminal.helpColumns));
    return EXIT.ok;
  }
  const load = Object.hasOwn(COMMANDS, asked) ? COMMANDS[asked] : undefined;
  if (load === undefined) {
    const near = closest(asked, Object.keys(COMMANDS));
    const guess = near === undefined ? '"thinkgeo --help" lists them.' : `did you mean ${near}?`;
    terminal.log(
      `thinkgeo: there is no command ${quoted(asked, 40)}${near === undefined ? "." : ":"} ${guess}`,
    );
    return EXIT.error;
  }
  return runCommand(asked, load, name === "help" ? ["--help"] : rest, terminal);
}

async function runCommand(
  name: string,
  load: () => Command,
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  try {
    // Loading may throw too, on a Node.js that is too old; uncaught, that would be exit code 1: something was found.
    const command = load();
    if (asksForHelp(args)) {
      terminal.print(...helpLines(command, terminal.helpColumns));
      return EXIT.ok;
    }
    if (command.serves === true) return await command.run(args, terminal);
    const { ending } = terminal;
    const say = (text: string): void => {
      terminal.log(text);
    };
    return await ending.listening(say, () =>
      Promise.race([command.run(args, terminal), ending.mayExit.then(({ code }) => code)]),
    );
  } catch (error) {
    // An interrupted command fails because of the interruption: `main` says that.
    if (terminal.ending.end !== undefined) return EXIT.error;
    const usage = error instanceof UsageError ? ` "thinkgeo ${name} --help" explains.` : "";
    const message = error instanceof Error ? error.message : "something failed that is not an error";
    terminal.log(...linesOf(`thinkgeo ${name}: ${message}${usage}`));
    if (!(error instanceof UserError || error instanceof UsageError))
      terminal.log(seeHeading("ask-for-help"));
    if (terminal.isDebugging && error instanceof Error) terminal.log(...linesOf(error.stack ?? ""));
    return EXIT.error;
  }
}

const linesOf = (text: string): string[] => redact(text).split("\n");

function overview(columns: number): Line[] {
  const rows = Object.entries(COMMANDS).map(([name, load]) => ({
    cells: [`  ${name}`],
    texts: [load().summary],
  }));
  return [
    "Usage: thinkgeo COMMAND [options]",
    "",
    ...table(rows, columns),
    "",
    '"thinkgeo help COMMAND" prints its options, with examples.',
    MORE,
  ];
}
