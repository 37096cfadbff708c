/**
 * `npm run test:matrix`: the engine suite with the oldest supported and the newest SDK, on Node 22 and 24. Takes about
 * as long as four times the engine suite. `-- --sdk 3.216.0 --node 22` runs one of them; names after them pick
 * test files: `-- life crash`.
 */
import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const cache = join(repository, ".thinkgeo", "matrix");
const newest = JSON.parse(
  readFileSync(join(repository, "node_modules/@pulumi/pulumi/package.json"), "utf8"),
).version;

/** The SDKs, each with the TypeScript that it takes. */
const sdks = [
  { sdk: "3.216.0", typescript: "~5.9.3" },
  { sdk: newest, typescript: "~6.0.3" },
];
const nodes = ["22", "24"];

const { values, positionals } = parseArgs({
  options: { sdk: { type: "string" }, node: { type: "string" } },
  allowPositionals: true,
});

/**
 * @param {string} folder
 * @param {string[]} packages
 */
function npmInstall(folder, packages) {
  const flags = ["--no-audit", "--no-fund", "--no-package-lock", "--loglevel=error"];
  execFileSync("npm", ["install", ...flags, ...packages], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
}

/**
 * Installs packages into a folder of the cache, once.
 *
 * @param {string} name
 * @param {string[]} packages
 */
function installed(name, packages) {
  const folder = join(cache, name);
  const done = join(folder, "installed.json");
  const wanted = JSON.stringify(packages);
  if (!existsSync(done) || readFileSync(done, "utf8") !== wanted) {
    console.log(`Installing ${packages.join(" ")}`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "matrix", private: true }));
    npmInstall(folder, packages);
    writeFileSync(done, wanted);
  }
  return join(folder, "node_modules");
}

/** The package as npm would publish it, made anew. */
function packed() {
  mkdirSync(cache, { recursive: true });
  const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", cache];
  const [{ filename }] = JSON.parse(execFileSync("npm", args, { cwd: repository, encoding: "utf8" }));
  return join(cache, filename);
}

const tests = positionals.length === 0 ? ["tests/engine"] : positionals.map((name) => `tests/engine/${name}`);
const tarball = packed();
let failed = 0;
for (const { sdk, typescript } of sdks.filter(
  (entry) => values.sdk === undefined || entry.sdk === values.sdk,
)) {
  for (const node of nodes.filter((version) => values.node === undefined || version === values.node)) {
    const modules = installed(`sdk-${sdk}`, [`@pulumi/pulumi@${sdk}`, `typescript@${typescript}`]);
    npmInstall(dirname(modules), [tarball]);
    const nodeFolder = join(installed(`node-${node}`, [`node@${node}`]), "node", "bin");
    const version = execFileSync(join(nodeFolder, "node"), ["--version"], { encoding: "utf8" }).trim();
    console.log(`\n== SDK ${sdk} on Node ${version}`);
    const { status } = spawnSync("node", [join(repository, "node_modules/jest/bin/jest.js"), ...tests], {
      cwd: repository,
      stdio: "inherit",
      env: {
        ...process.env,
        PATH: nodeFolder + delimiter + process.env["PATH"],
        THINKGEO_TEST_MODULES: modules,
        THINKGEO_TEST_BOTH_HOSTS: "yes",
      },
    });
    if (status !== 0) failed++;
  }
}
if (failed > 0) console.error(`\n${failed} of the combinations failed.`);
process.exit(failed === 0 ? 0 : 1);
