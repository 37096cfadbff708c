import * as fs from "node:fs";
import * as path from "node:path";
import { buildEngine } from "./engine-build.mjs";
import { installEngine } from "./engine-install.mjs";
import { engineOnPath } from "./engine-on-path.mjs";
import { cachedFolder, makeOnce } from "./user-cache.mjs";

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
  await makeOnce(engine.folder, "installing the Pulumi engine", async (part) => {
    const made =
      (await installEngine(root, engine.version, part)) ??
      (await buildEngine(engine, path.join(part, "built"), environment));
    addDynamicLauncher(root, made);
    return made;
  });
  return engine.folder;
}

/**
 * @param {string} root
 * @param {NodeJS.ProcessEnv} environment
 */
function wantedEngine(root, environment) {
  const module = path.join(root, "scripts/engine");
  const requirements = fs.readFileSync(path.join(module, "go.mod"), "utf8");
  const [, version = ""] = /github\.com\/pulumi\/pulumi\/pkg\/v3 v(\S+)/.exec(requirements) ?? [];
  const folder = cachedFolder(environment, `engine-${version}`, module, ["go.mod", "go.sum", "languagehost"]);
  return { folder, version, module };
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
