import { chmodSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { REPOSITORY } from "../examples/command";

/** Where a project that `thinkgeo export` wrote looks for the plugin. */
export const PLUGIN_FOLDER = "./node_modules/.bin";

/** Puts the plugin where npm puts it when the package is installed in a folder. */
export function installPlugin(folder: string): void {
  const bin = join(folder, PLUGIN_FOLDER);
  mkdirSync(bin, { recursive: true });
  const file = join(bin, "pulumi-resource-thinkgeo");
  writeFileSync(
    file,
    `#!/bin/sh\nexec node ${JSON.stringify(join(REPOSITORY, "dist/provider/hosts/native/main.js"))} "$@"\n`,
  );
  chmodSync(file, 0o755);
}
