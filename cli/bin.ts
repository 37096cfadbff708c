#!/usr/bin/env node
import { setFlagsFromString } from "node:v8";
import { nodeProblem } from "../provider/oldest-versions";
import { EXIT } from "./terminal/ending";
import { main } from "./main";
import { processStreams } from "./terminal/process";

const problem = nodeProblem(process.versions.node);
if (problem !== undefined) {
  process.stderr.write(`thinkgeo: ${problem}\n`);
  process.exitCode = EXIT.failed;
} else {
  // A list of thousands makes V8 set aside three times 32 MB for young objects, which saves no time here.
  setFlagsFromString("--semi-space-growth-factor=1");
  void run();
}

async function run(): Promise<void> {
  const streams = processStreams();
  const code = await main(process.argv.slice(2), streams);
  if (code !== EXIT.fine) process.exitCode = code;
  // A verb that was left where it stood must not keep the process; one that has ended may have sockets to close.
  if (streams.ending?.end !== undefined) process.stderr.write("", () => process.exit());
}
