import * as fs from "node:fs";
import * as path from "node:path";

const FILE = "provider/model/zod";

/**
 * Puts into the compiled package what it uses of zod, in place of a file that would load all of it (docs/decisions/010-part-of-zod.md).
 *
 * @param {string} root
 * @param {string} compiled the folder that becomes dist/
 */
export async function bundleZod(root, compiled) {
  // Not installed yet when the set-up starts.
  const { build } = await import("esbuild");
  const zod = path.join(root, "node_modules/zod");
  const { version } = JSON.parse(fs.readFileSync(path.join(zod, "package.json"), "utf8"));
  const license = fs.readFileSync(path.join(zod, "LICENSE"), "utf8");
  await build({
    absWorkingDir: root,
    entryPoints: [`${FILE}.ts`],
    outfile: path.join(compiled, `${FILE}.js`),
    bundle: true,
    format: "cjs",
    platform: "node",
    target: "node22",
    // Only what is imported of ES modules can be told from the rest.
    mainFields: ["module", "main"],
    conditions: ["import"],
    banner: { js: `/*!\nParts of zod ${version}, under its license:\n\n${license.trim()}\n*/` },
  });
}
