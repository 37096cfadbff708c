import * as fs from "node:fs";
import * as path from "node:path";
import { contentHash } from "../../setup/content-hash.mjs";
import { UsageError } from "../options.mjs";

/**
 * The folder that the native plugin of these sources is built into: a changed source has another.
 *
 * @param {string} repository
 */
export function pluginFolder(repository) {
  const sources = ["scripts/bench/native", "scripts/engine/go.mod", "scripts/engine/go.sum"];
  const hash = contentHash(repository, sources, [`${process.platform}-${process.arch}`]).slice(0, 12);
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
