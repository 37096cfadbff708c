#!/usr/bin/env node
import "../../require-node";
import { endWithEngine, parseEngineAddress } from "../../engine";

/* The plugin `pulumi-resource-thinkgeo`. Its stdout carries the port and nothing else: the engine reads it there. */

const [engine] = process.argv.slice(2).flatMap((argument) => parseEngineAddress(argument) ?? []);

if (engine === undefined) {
  process.stderr.write(
    "pulumi-resource-thinkgeo is Pulumi's plugin for ThinkGeo Cloud client keys. The command pulumi starts it; by itself it does nothing. " +
      'See docs/native.md, or "pulumi package get-schema" with the path of this file.\n',
  );
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
