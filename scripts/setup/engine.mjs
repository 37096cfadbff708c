import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { contentHash } from "./content-hash.mjs";
import { buildEngine } from "./engine-build.mjs";
import { installEngine } from "./engine-install.mjs";
import { engineOnPath } from "./engine-on-path.mjs";
import { onInterruption } from "./interruption.mjs";
import { withLock } from "./lock.mjs";

/**
 * Where an engine is that is not on PATH; undefined if the one on PATH is used. It is installed or built first where
 * there is none, into the user's cache, which all clones share.
 *
 * @param {string} root
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<string | undefined>} a folder to put on PATH
 */
export async function ensureEngine(root, environment) {
  const onPath = engineOnPath(environment);
  if (onPath.usable) return undefined;
  const engine = wantedEngine(root, environment);
  if (fs.existsSync(engine.folder)) return engine.folder;

  if (onPath.reason !== undefined) {
    process.stderr.write(`The Pulumi on PATH is not used: ${onPath.reason}.\n`);
  }
  await withLock(`${engine.folder}.lock`, "installing the Pulumi engine", async () => {
    if (!fs.existsSync(engine.folder)) await makeEngine(root, engine, environment);
  });
  return engine.folder;
}

/**
 * The folder is made elsewhere and put in place by one rename: it is there whole, or not at all.
 *
 * @param {string} root
 * @param {{ folder: string, version: string, module: string }} engine
 * @param {NodeJS.ProcessEnv} environment
 */
async function makeEngine(root, engine, environment) {
  const part = `${engine.folder}.part`;
  const remove = () => fs.rmSync(part, { recursive: true, force: true, maxRetries: 5 });
  const forget = onInterruption(remove);
  try {
    remove();
    fs.mkdirSync(part, { recursive: true });
    const made =
      (await installEngine(root, engine.version, part)) ??
      (await buildEngine(engine, path.join(part, "built"), environment));
    addDynamicLauncher(root, made);
    fs.renameSync(made, engine.folder);
  } finally {
    forget();
    remove();
  }
}

/**
 * @param {string} root
 * @param {NodeJS.ProcessEnv} environment
 */
function wantedEngine(root, environment) {
  const module = path.join(root, "scripts/engine");
  const requirements = fs.readFileSync(path.join(module, "go.mod"), "utf8");
  const [, version = ""] = /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/.exec(requirements) ?? [];
  const machine = `${process.platform}-${process.arch}`;
  const hash = contentHash(module, ["go.mod", "go.sum", "languagehost"], [machine]).slice(0, 12);
  const folder = path.join(cacheHome(environment), "pulumi-thinkgeo", `engine-${version}-${hash}`);
  return { folder, version, module };
}

/** @param {NodeJS.ProcessEnv} environment */
export function cacheHome(environment) {
  const named = environment["XDG_CACHE_HOME"] ?? "";
  return path.isAbsolute(named) ? named : path.join(os.homedir(), ".cache");
}

/**
 * The engine starts dynamic providers through a little script that npm's @pulumi/pulumi carries. The script takes
 * the SDK of the program being run, so any version of it serves all projects.
 *
 * @param {string} root
 * @param {string} folder
 */
function addDynamicLauncher(root, folder) {
  for (const name of ["pulumi-resource-pulumi-nodejs", "pulumi-resource-pulumi-nodejs.cmd"]) {
    const launcher = path.join(folder, name);
    const shipped = path.join(root, "node_modules/@pulumi/pulumi", name);
    if (fs.existsSync(launcher) || !fs.existsSync(shipped)) continue;
    fs.copyFileSync(shipped, launcher);
    fs.chmodSync(launcher, 0o755);
  }
}
