import { closest } from "../provider/text";
import { redact } from "../provider/cloud/redact";
import { VERSION } from "../provider/version";
import { EXIT } from "./terminal/ending";
import { table, type Line } from "./terminal/lines";
import { Terminal, type Streams } from "./terminal/terminal";
import { asksForHelp, helpLines, UsageError, type Verb } from "./verb";
import { VERBS } from "./verbs";

/** Runs one command line, and returns its exit code. */
export async function main(args: readonly string[], streams: Streams): Promise<number> {
  const terminal = new Terminal(streams);
  const code = await command(args, terminal);
  await terminal.isRead();
  const { end } = terminal.ending;
  if (end === undefined) return code;
  terminal.tell(`thinkgeo${args[0] === undefined ? "" : ` ${args[0]}`}: ${end.why}.`);
  return end.code;
}

async function command(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name = "--help", ...rest] = args;
  if (name === "--version" || name === "-v") {
    terminal.print(VERSION);
    return EXIT.fine;
  }
  const asked = name === "help" ? rest[0] : name;
  if (asked === undefined || asked === "--help" || asked === "-h") {
    terminal.print(...overview(terminal.helpColumns));
    return EXIT.fine;
  }
  const load = Object.hasOwn(VERBS, asked) ? VERBS[asked] : undefined;
  if (load === undefined) {
    const near = closest(asked, Object.keys(VERBS));
    const guess = near === undefined ? '"thinkgeo --help" lists them.' : `did you mean ${near}?`;
    terminal.tell(
      `thinkgeo: there is no command ${JSON.stringify(asked.slice(0, 40))}${near === undefined ? "." : ":"} ${guess}`,
    );
    return EXIT.failed;
  }
  return runVerb(asked, load, name === "help" ? ["--help"] : rest, terminal);
}

async function runVerb(
  name: string,
  load: () => Verb,
  args: readonly string[],
  terminal: Terminal,
): Promise<number> {
  try {
    // Loading may fail too, on a Node.js that is too old; and 1 would mean that something was found.
    const verb = load();
    if (asksForHelp(args)) {
      terminal.print(...helpLines(verb.help, terminal.helpColumns));
      return EXIT.fine;
    }
    if (verb.serves === true) return await verb.run(args, terminal);
    const { ending } = terminal;
    const say = (text: string): void => {
      terminal.tell(text);
    };
    return await ending.listening(say, () =>
      Promise.race([verb.run(args, terminal), ending.left.then(({ code }) => code)]),
    );
  } catch (error) {
    // What an end has cut off fails for that reason.
    if (terminal.ending.end !== undefined) return EXIT.failed;
    // A person wants a sentence; who looks for a bug sets THINKGEO_LOG=debug.
    const usage = error instanceof UsageError ? ` "thinkgeo ${name} --help" explains.` : "";
    const message = error instanceof Error ? error.message : "something failed that is not an error";
    terminal.tell(...linesOf(`thinkgeo ${name}: ${message}${usage}`));
    if (terminal.environment["THINKGEO_LOG"] === "debug" && error instanceof Error)
      terminal.tell(...linesOf(error.stack ?? ""));
    return EXIT.failed;
  }
}

const linesOf = (text: string): string[] => redact(text).split("\n");

function overview(columns: number): Line[] {
  const rows = Object.entries(VERBS).map(([name, load]) => ({
    cells: [`  ${name}`],
    texts: [load().summary],
  }));
  return [
    "Usage: thinkgeo COMMAND [options]",
    "",
    ...table(rows, columns),
    "",
    '"thinkgeo help COMMAND" explains one, with an example.',
  ];
}
