import { presentableLines } from "../provider/cloud/redact";
import { VERSION } from "../provider/version";
import type { Terminal } from "./terminal";
import { EXIT, renderHelp, UsageError, type Verb } from "./verb";
import { VERBS } from "./verbs";

/** Runs one command line, and returns its exit code. */
export async function main(args: readonly string[], terminal: Terminal): Promise<number> {
  const [name = "--help", ...rest] = args;
  if (name === "--version") {
    terminal.out(`${VERSION}\n`);
    return EXIT.fine;
  }
  if (name === "--help" || name === "help") {
    terminal.out(overview());
    return EXIT.fine;
  }
  const load = Object.hasOwn(VERBS, name) ? VERBS[name] : undefined;
  if (load === undefined) {
    terminal.err(`thinkgeo: there is no command "${name.slice(0, 40)}". "thinkgeo --help" lists them.\n`);
    return EXIT.failed;
  }
  return runVerb(name, load, rest, terminal);
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
    if (args.includes("--help")) {
      terminal.out(renderHelp(verb.help));
      return EXIT.fine;
    }
    return await verb.run(args, terminal);
  } catch (error) {
    // A person wants a sentence; who looks for a bug sets THINKGEO_LOG=debug.
    const usage = error instanceof UsageError ? ` "thinkgeo ${name} --help" explains.` : "";
    const message = error instanceof Error ? error.message : "something failed that is not an error";
    terminal.err(`thinkgeo ${name}: ${presentableLines(message)}${usage}\n`);
    if (terminal.environment["THINKGEO_LOG"] === "debug" && error instanceof Error)
      terminal.err(`${presentableLines(error.stack ?? "")}\n`);
    return EXIT.failed;
  }
}

function overview(): string {
  const width = Math.max(...Object.keys(VERBS).map((name) => name.length));
  const lines = Object.entries(VERBS).map(([name, load]) => `  ${name.padEnd(width)}  ${load().summary}`);
  return [
    "Usage: thinkgeo COMMAND [options]",
    "",
    ...lines,
    "",
    '"thinkgeo COMMAND --help" explains one, with an example.',
    "",
  ].join("\n");
}
