// Builds the native plugin for `npm run bench -- --native`: node scripts/bench/native/build.mjs
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { pluginFolder } from "./plugin.mjs";

const sources = path.dirname(fileURLToPath(import.meta.url));
const repository = path.resolve(sources, "../../..");

/** @param {string} folder */
function build(folder) {
  const part = `${folder}.part`;
  fs.rmSync(part, { recursive: true, force: true });
  process.stderr.write("Building the native plugin, once\n");
  const { error, status } = spawnSync(
    "go",
    [
      "build",
      "-mod=readonly",
      "-buildvcs=false",
      "-trimpath",
      "-ldflags=-s -w",
      `-o=${path.join(part, "pulumi-resource-noop")}`,
      ...["main.go", "noop.go"].map((file) => path.join(sources, file)),
    ],
    // The engine's own module, so that the plugin has the engine's SDK and nothing new is fetched where that was built.
    { cwd: path.join(repository, "scripts/engine"), stdio: ["ignore", 2, 2] },
  );
  if (error !== undefined) return "The native plugin cannot be built: install Go 1.25 or newer.";
  if (status !== 0) return "The native plugin could not be built: see what Go says above.";
  fs.renameSync(part, folder);
  return undefined;
}

const folder = pluginFolder(repository);
const problem = fs.existsSync(folder) ? undefined : build(folder);
if (problem !== undefined) {
  process.stderr.write(`${problem}\n`);
  process.exitCode = 1;
}
