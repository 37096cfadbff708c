import * as path from "node:path";
import { besides } from "./engine-on-path.mjs";
import { findProgram, pathFolders } from "./find-program.mjs";

/**
 * PATH for the command: this repository's tools (and the Node.js among them), the engine, then what was there. The
 * launcher of dynamic providers comes last, for a Pulumi that was installed without it: beside the engine it would
 * otherwise be warned about.
 *
 * @param {string} root
 * @param {string | undefined} engineFolder
 * @param {NodeJS.ProcessEnv} environment
 */
export function commandPath(root, engineFolder, environment) {
  const before = pathFolders(environment);
  const folders = [path.join(root, "node_modules/.bin"), ...(engineFolder ? [engineFolder] : []), ...before];
  const pulumi = findProgram("pulumi", folders);
  const besidePulumi = pulumi === undefined ? [] : besides(pulumi);
  if (findProgram("pulumi-resource-pulumi-nodejs", [...besidePulumi, ...folders]) === undefined) {
    folders.push(path.join(root, "node_modules/@pulumi/pulumi"));
  }
  return folders.join(path.delimiter);
}
