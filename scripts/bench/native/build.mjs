// Builds the native plugin for `npm run bench -- --native`: node scripts/bench/native/build.mjs
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { contentHash } from "../../setup/content-hash.mjs";
import { UsageError } from "../options.mjs";

const program = fileURLToPath(import.meta.url);
const sources = path.dirname(program);

/**
 * The folder that the native plugin of these sources is built into: a changed source has another.
 *
 * @param {string} repository
 */
function pluginFolder(repository) {
  const inputs = ["scripts/bench/native", "scripts/engine/go.mod", "scripts/engine/go.sum"];
  const hash = contentHash(repository, inputs, [`${process.platform}-${process.arch}`]).slice(0, 12);
  return path.join(repository, ".thinkgeo", "native", hash);
}

/**
 * The same, once it is built; building takes from what is measured, so it is never done on the way.
 *
 * @param {string} repository
 */
export function builtPlugin(repository) {
  const folder = pluginFolder(repository);
  if (fs.existsSync(folder)) return folder;
  throw new UsageError(
    'The native plugin is not built, or its source has changed: run "node scripts/bench/native/build.mjs" first.',
  );
}

/** @param {string} repository */
function build(repository) {
  const folder = pluginFolder(repository);
  if (fs.existsSync(folder)) return undefined;
  const part = `${folder}.part`;
  fs.rmSync(part, { recursive: true, force: true });
  process.stderr.write("Building the native plugin, once\n");
  const flags = ["-mod=readonly", "-buildvcs=false", "-trimpath", "-ldflags=-s -w"];
  const files = ["main.go", "noop.go"].map((file) => path.join(sources, file));
  const { error, status } = spawnSync(
    "go",
    ["build", ...flags, `-o=${path.join(part, "pulumi-resource-noop")}`, ...files],
    // The engine's own module, so that the plugin has the engine's SDK and nothing new is fetched where that was built.
    { cwd: path.join(repository, "scripts/engine"), stdio: ["ignore", 2, 2] },
  );
  if (error !== undefined) return "The native plugin cannot be built: install Go 1.25 or newer.";
  if (status !== 0) return "The native plugin could not be built: see what Go says above.";
  fs.renameSync(part, folder);
  return undefined;
}

if (process.argv[1] === program) {
  const problem = build(path.resolve(sources, "../../.."));
  if (problem !== undefined) {
    process.stderr.write(`${problem}\n`);
    process.exitCode = 1;
  }
}
