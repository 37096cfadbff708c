import * as fs from "node:fs";
import * as path from "node:path";
import { contentHash } from "./content-hash.mjs";
import { isInstalled } from "./installed-packages.mjs";
import { withLock } from "./lock.mjs";
import { npmCommand } from "./npm-command.mjs";
import { startProgress } from "./progress.mjs";
import { runStep } from "./run-step.mjs";
import { SetupError } from "./setup-error.mjs";

/**
 * Installs the packages that package-lock.json names, unless they are there already.
 *
 * @param {string} root
 */
export async function ensurePackages(root) {
  if (areCurrent(root)) return;
  await withLock(path.join(root, ".thinkgeo/setup/packages.lock"), "installing the packages", async () => {
    if (!areCurrent(root)) await install(root);
  });
}

/**
 * The stamp says that this script installed exactly these. Without it npm's own record is compared, so that a
 * developer's `npm install` is not undone by another installation of the same packages.
 *
 * @param {string} root
 */
function areCurrent(root) {
  const stamp = path.join(root, "node_modules/.setup-stamp");
  const wanted = wantedPackages(root);
  if (fs.existsSync(stamp) && fs.readFileSync(stamp, "utf8") === wanted) return true;
  if (!isInstalled(root)) return false;
  fs.writeFileSync(stamp, wanted);
  return true;
}

/** @param {string} root */
async function install(root) {
  const progress = startProgress("Installing the locked packages", "usually 10 to 60 s");
  const total = packageFolders(Object.keys(lockedPackages(root))).length;
  const counting = setInterval(() => {
    progress.show(`${Math.min(installedFolders(root), total)} of ${total}`);
  }, 1_000);
  try {
    // As `npm ci` does, so that nothing half-made is built upon. That command itself refuses a lock made where the
    // registry does not serve the optional packages of every kind of machine.
    fs.rmSync(path.join(root, "node_modules"), { recursive: true, force: true, maxRetries: 5 });
    const outcome = await npm(root, [
      "install",
      "--no-save",
      "--include=dev",
      "--include=optional",
      "--loglevel=error",
    ]);
    if (!outcome.found) {
      throw new SetupError("npm is not on PATH: install Node.js with npm, and run this again.");
    }
    if (outcome.status !== 0) {
      const said = [...outcome.stdout, ...outcome.stderr].filter((line) => line.trim() !== "");
      throw new SetupError(
        "The locked packages could not be installed: see what npm says above, and run this again.",
        said.slice(0, 20).join("\n"),
      );
    }
    fs.writeFileSync(path.join(root, "node_modules/.setup-stamp"), wantedPackages(root));
    progress.end("done");
  } catch (error) {
    progress.end("failed");
    throw error;
  } finally {
    clearInterval(counting);
  }
}

/**
 * Links this package's own commands into node_modules/.bin: npm leaves out those whose files are not there, and
 * before the first compilation none is.
 *
 * @param {string} root
 */
export async function linkCommands(root) {
  const { bin = {} } = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  const missing = Object.entries(bin).filter(
    ([name, file]) =>
      fs.existsSync(path.join(root, file)) && !fs.existsSync(path.join(root, "node_modules/.bin", name)),
  );
  if (missing.length === 0) return;
  const outcome = await npm(root, ["rebuild", "--ignore-scripts", "--loglevel=error", "pulumi-thinkgeo"]);
  if (outcome.status !== 0)
    throw new SetupError(
      "The commands of this package could not be linked into node_modules/.bin: see what npm says above.",
      [...outcome.stdout, ...outcome.stderr].join("\n"),
    );
}

/**
 * @param {string} root
 * @param {string[]} args
 */
function npm(root, args) {
  const [command, ...all] = npmCommand(...args);
  return runStep(command, all, { cwd: root });
}

/** @param {string} root */
function wantedPackages(root) {
  const manifest = JSON.parse(fs.readFileSync(path.join(root, "package.json"), "utf8"));
  const declared = [
    "dependencies",
    "devDependencies",
    "optionalDependencies",
    "peerDependencies",
    "overrides",
  ];
  return contentHash(
    root,
    ["package-lock.json"],
    declared.map((part) => JSON.stringify(manifest[part] ?? {})),
  );
}

/**
 * @param {string} root
 * @returns {Record<string, unknown>}
 */
function lockedPackages(root) {
  const file = path.join(root, "package-lock.json");
  if (!fs.existsSync(file)) {
    throw new SetupError("package-lock.json is missing: restore it with `git checkout package-lock.json`.");
  }
  return JSON.parse(fs.readFileSync(file, "utf8")).packages;
}

/**
 * The folders directly in node_modules, which are what can be counted cheaply while npm works.
 *
 * @param {string[]} locations
 */
function packageFolders(locations) {
  return locations.filter((location) => /^node_modules\/(@[^/]+\/)?[^/]+$/.test(location));
}

/** @param {string} root */
function installedFolders(root) {
  const folder = path.join(root, "node_modules");
  if (!fs.existsSync(folder)) return 0;
  return fs
    .readdirSync(folder)
    .filter((name) => !name.startsWith("."))
    .flatMap((name) => (name.startsWith("@") ? fs.readdirSync(path.join(folder, name)) : [name])).length;
}
