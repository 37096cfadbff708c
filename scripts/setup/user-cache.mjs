import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { contentHash } from "./content-hash.mjs";
import { onInterruption } from "./interruption.mjs";
import { withLock } from "./lock.mjs";

/**
 * Where something that the set-up makes belongs in the user's cache, which all clones share: changed sources have another folder.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @param {string} name
 * @param {string} module the folder of the sources
 * @param {string[]} files in it
 */
export function cachedFolder(environment, name, module, files) {
  const named = environment["XDG_CACHE_HOME"] ?? "";
  const home = path.isAbsolute(named) ? named : path.join(os.homedir(), ".cache");
  const hash = contentHash(module, files, [`${process.platform}-${process.arch}`]).slice(0, 12);
  return path.join(home, "pulumi-thinkgeo", `${name}-${hash}`);
}

/**
 * Makes a folder where there is none. It is made elsewhere and put in place by one rename: it is there whole, or not at all.
 *
 * @param {string} folder
 * @param {string} doing what another process that waits for it is told
 * @param {(part: string) => Promise<string | void>} make fills the folder that it is given, or names one within it that is to be taken
 */
export async function makeOnce(folder, doing, make) {
  if (fs.existsSync(folder)) return;
  await withLock(`${folder}.lock`, doing, async () => {
    if (fs.existsSync(folder)) return;
    const part = `${folder}.part`;
    const remove = () => fs.rmSync(part, { recursive: true, force: true, maxRetries: 5 });
    const forget = onInterruption(remove);
    try {
      remove();
      fs.mkdirSync(part, { recursive: true });
      fs.renameSync((await make(part)) ?? part, folder);
    } finally {
      forget();
      remove();
    }
  });
}
