import { createInterface } from "node:readline/promises";
import { Ending } from "./ending";
import type { Streams } from "./terminal";

/** This process's own streams, whose failures end the command. */
export function processStreams(): Streams {
  const { stdout, stderr, stdin } = process;
  const ending = new Ending();
  stdout.on("error", (error: Error) => {
    ending.outputFailed(error);
  });
  // Who does not read errors does not want them.
  stderr.on("error", () => undefined);
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    interactive: stdout.isTTY,
    columns: stdout.isTTY ? stdout.columns : undefined,
    environment: process.env,
    folder: process.cwd(),
    ask: stdin.isTTY && stderr.isTTY ? ask : undefined,
    ending,
    written: () => flushed(stdout, ending),
  };
}

async function ask(question: string, signal: AbortSignal): Promise<string> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  // The reader keeps ^C for itself otherwise.
  reader.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    return await reader.question(question, { signal });
  } finally {
    reader.close();
  }
}

/** Resolves when what was written has arrived; that it has not ends the command. */
const flushed = async (stream: NodeJS.WriteStream, ending: Ending): Promise<void> =>
  new Promise((done) => {
    stream.write("", (error) => {
      if (error) ending.outputFailed(error);
      done();
    });
  });
