/**
 * `npm run bench`: what this provider costs beside floors that are measured in the same run. `-- --help` says more, and
 * contributing/benchmarks.md what came of it. It never passes or fails.
 */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { Cloud } from "./bench/cloud.mjs";
import { drift } from "./bench/drift.mjs";
import { engine } from "./bench/engine.mjs";
import { Figures } from "./bench/figures.mjs";
import { micro } from "./bench/micro.mjs";
import { builtPlugin } from "./bench/native/build.mjs";
import { readOptions, usage, UsageError } from "./bench/options.mjs";
import { Workplace } from "./bench/project.mjs";
import { QuietCheck } from "./bench/quiet.mjs";
import { json, report } from "./bench/report.mjs";
import { start } from "./bench/start.mjs";

/**
 * What every part is given.
 *
 * @typedef {object} Bench
 * @property {import("./bench/options.mjs").Options} options
 * @property {Workplace} workplace
 * @property {Cloud} cloud
 * @property {Figures} figures
 * @property {(progress: string) => void} say
 * @property {string | undefined} plugin the folder of the native plugin
 */

const repository = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const measured = { micro, start, drift, engine };

/** @param {string} progress */
const say = (progress) => void process.stderr.write(`${progress}\n`);

/**
 * @param {string} command
 * @param {string[]} args
 */
function answerOf(command, ...args) {
  try {
    return execFileSync(command, args, {
      cwd: repository,
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    }).trim();
  } catch {
    return null;
  }
}

/** @param {string} folder */
const versionIn = (folder) => JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).version;

/** What the figures are about. */
const subject = () => ({
  version: versionIn(repository),
  commit: answerOf("git", "describe", "--always", "--dirty"),
  engine: answerOf("pulumi", "version"),
  sdk: versionIn(join(repository, "node_modules/@pulumi/pulumi")),
});

/** @param {import("./bench/options.mjs").Options} options */
async function bench(options) {
  const plugin = options.native ? builtPlugin(repository) : undefined;
  const check = new QuietCheck();
  for (const warning of check.warnings) say(`This machine is not quiet: ${warning}.`);
  const about = subject();
  const workplace = new Workplace(repository);
  const cloud = await Cloud.start(workplace);
  const figures = new Figures();
  try {
    for (const part of options.parts)
      await measured[part]({ options, workplace, cloud, figures, say, plugin });
    const machine = check.end();
    process.stdout.write(report(figures, options, machine));
    if (options.json !== undefined) writeFileSync(options.json, json(figures, options, machine, about));
  } finally {
    await cloud.close();
    workplace.remove();
  }
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options === undefined) process.stdout.write(usage);
  else await bench(options);
} catch (error) {
  if (!(error instanceof UsageError)) throw error;
  process.stderr.write(`${error.message}\n`);
  process.exitCode = 2;
}
