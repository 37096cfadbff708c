#!/usr/bin/env node
import { createInterface } from "node:readline/promises";
import { setFlagsFromString } from "node:v8";
import { nodeProblem } from "../provider/node-version";
import { main } from "./main";
import type { Terminal } from "./terminal";
import { EXIT } from "./verb";

const interactive = process.stdout.isTTY && process.stdin.isTTY;

const terminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
  interactive,
  environment: process.env,
  folder: process.cwd(),
  ask: interactive ? ask : undefined,
};

async function ask(question: string): Promise<string> {
  const reader = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await reader.question(question);
  } finally {
    reader.close();
  }
}

const problem = nodeProblem(process.versions.node);
if (problem !== undefined) {
  terminal.err(`thinkgeo: ${problem}\n`);
  process.exitCode = EXIT.failed;
} else {
  // A list of thousands makes V8 set aside three times 32 MB for young objects, which saves no time here.
  setFlagsFromString("--semi-space-growth-factor=1");
  void main(process.argv.slice(2), terminal).then((code) => {
    // Not process.exit: what was written to a pipe must arrive.
    if (code !== 0) process.exitCode = code;
  });
}
