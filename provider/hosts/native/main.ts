#!/usr/bin/env node
import { endWithEngine, parseEngineAddress } from "../../engine";
import { nodeProblem } from "../../versions";

/* The plugin `pulumi-resource-thinkgeo`. Its stdout carries the port and nothing else: the engine reads it there. */

const [engine] = process.argv.slice(2).flatMap((argument) => parseEngineAddress(argument) ?? []);

const problem =
  nodeProblem(process.versions.node) ??
  (engine === undefined
    ? "pulumi-resource-thinkgeo is Pulumi's plugin for ThinkGeo Cloud client keys: the command pulumi starts it, and docs/guides/other-languages.md says how."
    : undefined);

if (problem !== undefined || engine === undefined) {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
} else {
  endWithEngine(engine, () => process.exit());
  // An engine that was killed reads nothing any more.
  process.stderr.on("error", () => undefined);
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { serve } = require("./server") as typeof import("./server");
  void serve(engine).then(({ port }) => {
    process.stdout.write(`${port}\n`);
  });
}
