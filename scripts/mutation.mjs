/**
 * `npm run mutation`: how many changes to the whitelist, the retry policy and the diff the tests notice. Stryker has
 * packages of its own, in scripts/mutation/, which are installed the first time.
 */
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const folder = join(repository, "scripts", "mutation");
const modules = join(folder, "node_modules", "@stryker-mutator");

if (!existsSync(modules)) {
  console.log("Installing Stryker: about 20 s");
  const flags = ["--no-audit", "--no-fund", "--no-save", "--ignore-scripts", "--loglevel=error"];
  const { status } = spawnSync("npm", ["install", ...flags], {
    cwd: folder,
    stdio: ["ignore", "ignore", "inherit"],
  });
  if (status !== 0) process.exit(status ?? 1);
}
const { status } = spawnSync(
  process.execPath,
  [
    join(modules, "core", "bin", "stryker.js"),
    "run",
    join(folder, "stryker.config.json"),
    ...process.argv.slice(2),
  ],
  { cwd: repository, stdio: "inherit" },
);
process.exit(status ?? 1);
