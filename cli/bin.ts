#!/usr/bin/env node
import { createInterface } from "node:readline/promises";
import { nodeProblem } from "../provider/versions";
import { seeHeading } from "../provider/troubleshooting";
import { main } from "./main";
import { Ending, EXIT } from "./terminal/ending";
import type { Streams } from "./terminal/terminal";

const problem = nodeProblem(process.versions.node);
if (problem !== undefined) {
  process.stderr.write(`thinkgeo: ${problem}\n${seeHeading("node-too-old")}\n`);
  process.exitCode = EXIT.error;
} else void run();

async function run(): Promise<void> {
  const streams = processStreams();
  const code = await main(process.argv.slice(2), streams);
  if (code !== EXIT.ok) process.exitCode = code;
  // An interrupted command may have left timers behind, which must not keep the process. Any other one closes its sockets itself.
  if (streams.ending?.end !== undefined) process.stderr.write("", () => process.exit());
}

/** This process's own streams, whose failures end the command. */
function processStreams(): Streams {
  const { stdout, stderr, stdin } = process;
  const ending = new Ending();
  stdout.on("error", (error: Error) => {
    ending.outputFailed(error);
  });
  // A closed standard error is no failure: nobody wants the messages then.
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
    flush: () => flush(stdout, ending),
  };
}

async function ask(question: string, signal: AbortSignal): Promise<string> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  // Otherwise readline handles ^C by itself, and the process gets no signal.
  reader.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  try {
    return await reader.question(question, { signal });
  } finally {
    reader.close();
  }
}

/** Resolves when everything written has been taken by the reader, or writing has failed, which ends the command. */
async function flush(stream: NodeJS.WriteStream, ending: Ending): Promise<void> {
  return new Promise((done) => {
    stream.write("", (error) => {
      if (error) ending.outputFailed(error);
      done();
    });
  });
}
