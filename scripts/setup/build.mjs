import * as fs from "node:fs";
import * as path from "node:path";
import { contentHash } from "./content-hash.mjs";
import { withLock } from "./lock.mjs";
import { startProgress } from "./progress.mjs";
import { runStep } from "./run-step.mjs";
import { SetupError } from "./setup-error.mjs";

/**
 * Compiles dist/, unless it was compiled from these very sources. dist/ is put in place when it is whole, so that a
 * failed or interrupted compilation leaves the old one.
 *
 * @param {string} root
 * @param {string} node
 */
export async function ensureBuild(root, node) {
  if (isCurrent(root)) return;
  await withLock(path.join(root, ".thinkgeo/setup/build.lock"), "compiling dist/", async () => {
    if (!isCurrent(root)) await compile(root, node);
  });
}

/**
 * Compiles dist/ at the next ensureBuild, whatever it was compiled from.
 *
 * @param {string} root
 */
export function forgetBuild(root) {
  fs.rmSync(stampFile(root), { force: true });
}

/** @param {string} root */
const stampFile = (root) => path.join(root, ".thinkgeo/setup/build-stamp");

/** @param {string} root */
function isCurrent(root) {
  const stamp = stampFile(root);
  return (
    fs.existsSync(path.join(root, "dist")) &&
    fs.existsSync(stamp) &&
    fs.readFileSync(stamp, "utf8") === sourcesHash(root)
  );
}

/** @param {string} root */
function sourcesHash(root) {
  const { include } = JSON.parse(fs.readFileSync(path.join(root, "tsconfig.build.json"), "utf8"));
  const settings = ["tsconfig.json", "tsconfig.build.json", "package.json"];
  return contentHash(root, [...include, ...settings, "node_modules/typescript/package.json"]);
}

/**
 * @param {string} root
 * @param {string} node
 */
async function compile(root, node) {
  const progress = startProgress("Compiling dist/", "usually 5 to 15 s");
  const hash = sourcesHash(root);
  const part = path.join(root, ".thinkgeo/setup/dist");
  fs.rmSync(part, { recursive: true, force: true });

  const tsc = path.join(root, "node_modules/typescript/bin/tsc");
  const outcome = await runStep(node, [tsc, "-p", "tsconfig.build.json", "--outDir", part], { cwd: root });
  if (outcome.status !== 0) {
    progress.end("failed");
    throw new SetupError(
      "dist/ could not be compiled: correct what the TypeScript compiler says above.",
      [...outcome.stdout, ...outcome.stderr].join("\n"),
    );
  }
  copyServed(root, part);
  allowExecution(root, part);
  replaceFolder(path.join(root, "dist"), part);
  fs.writeFileSync(stampFile(root), hash);
  progress.end("done");
}

/**
 * The emulator's page goes out as it is: no compiler reads it.
 *
 * @param {string} root
 * @param {string} part
 */
function copyServed(root, part) {
  const folder = "emulator/console";
  if (!fs.existsSync(path.join(root, folder))) return;
  for (const name of fs.readdirSync(path.join(root, folder)))
    if (/\.(?:html|css|js)$/.test(name))
      fs.cpSync(path.join(root, folder, name), path.join(part, folder, name));
}

/**
 * npm does so when it installs a package; here, the commands in node_modules/.bin are links to what was just compiled.
 *
 * @param {string} root
 * @param {string} part
 */
function allowExecution(root, part) {
  const { bin = {} } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  for (const file of Object.values(bin)) {
    const compiled = path.join(part, path.relative("dist", file));
    if (fs.existsSync(compiled)) fs.chmodSync(compiled, 0o755);
  }
}

/**
 * @param {string} folder
 * @param {string} successor
 */
function replaceFolder(folder, successor) {
  const former = `${successor}.former`;
  fs.rmSync(former, { recursive: true, force: true });
  if (fs.existsSync(folder)) fs.renameSync(folder, former);
  fs.renameSync(successor, folder);
  fs.rmSync(former, { recursive: true, force: true });
}
