// Runs a command with everything it needs: node scripts/with-setup.mjs [--no-engine] [--no-build] COMMAND ARGS…
// With --languages there is also what the tests of generated SDKs use. With --rebuild it compiles dist/ in any case, and the command may be left out.
// Plain Node.js 18 or newer, because nothing is installed yet when this starts.
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { ensureBuild, forgetBuild } from "./setup/build.mjs";
import { commandPath } from "./setup/command-path.mjs";
import { ensureEngine } from "./setup/engine.mjs";
import { guardSetup } from "./setup/interruption.mjs";
import { ensureLanguages } from "./setup/languages.mjs";
import { nodeRuntime } from "./setup/node-runtime.mjs";
import { ensurePackages, linkCommands } from "./setup/packages.mjs";
import { runCommand } from "./setup/run-command.mjs";
import { endWith, SetupError } from "./setup/setup-error.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** @param {string[]} args */
function parse(args) {
  const start = args.findIndex((arg) => !arg.startsWith("--"));
  const options = start === -1 ? args : args.slice(0, start);
  const unknown = options.find(
    (option) => !["--no-engine", "--no-build", "--rebuild", "--languages"].includes(option),
  );
  if (unknown !== undefined) throw new SetupError(`with-setup does not know the option ${unknown}.`);
  const [command, ...rest] = start === -1 ? [] : args.slice(start);
  const [engine, build] = ["--no-engine", "--no-build"].map((option) => !options.includes(option));
  const [rebuild, languages] = ["--rebuild", "--languages"].map((option) => options.includes(option));
  if (command === undefined && !rebuild) throw new SetupError("with-setup wants a command to run.");
  return { command, rest, engine, build, rebuild, languages };
}

try {
  const { command, rest, engine, build, rebuild, languages } = parse(process.argv.slice(2));
  const endGuard = guardSetup();
  await ensurePackages(root);
  const node = nodeRuntime(root);
  if (rebuild) forgetBuild(root);
  if (build) {
    await ensureBuild(root, node);
    await linkCommands(root);
  }
  const engineFolder = engine ? await ensureEngine(root, process.env) : undefined;
  const found = languages ? await ensureLanguages(root, process.env) : {};
  endGuard();
  const environment = { ...process.env, ...found, PATH: commandPath(root, engineFolder, process.env) };
  if (command !== undefined)
    await runCommand(command, rest, { ...environment, PULUMI_SKIP_UPDATE_CHECK: "true" });
} catch (error) {
  endWith(error);
}
