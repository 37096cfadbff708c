import * as os from "node:os";
import * as path from "node:path";
import { findProgram, pathFolders } from "./find-program.mjs";
import { startProgress } from "./progress.mjs";
import { runStep } from "./run-step.mjs";
import { SetupError } from "./setup-error.mjs";
import { cachedFolder, makeOnce } from "./user-cache.mjs";

const windows = process.platform === "win32";

/**
 * One thing that tests of generated SDKs use.
 *
 * @typedef {object} Part
 * @property {string} variable the environment variable that says where it is
 * @property {string} name of its folder in the user's cache
 * @property {string[]} files in scripts/languages: where they change, it is made again
 * @property {string} what "Building …, once"
 * @property {string} usual "usually 1 to 4 min"
 * @property {string[]} tools without which it is left out
 * @property {(tools: string[], module: string, folder: string) => Step[]} steps
 */

/**
 * @typedef {object} Step
 * @property {string} command
 * @property {string[]} args
 * @property {string} cwd
 */

/** @type {Part[]} */
const parts = [
  {
    variable: "THINKGEO_TEST_HOSTS",
    name: "hosts",
    files: ["go.mod", "go.sum", "generator", "dotnet"],
    what: "Building the hosts that generate SDKs, once",
    usual: "usually 1 to 5 min",
    tools: ["go"],
    steps: ([go = ""], module, folder) => [
      goBuild(
        go,
        module,
        folder,
        "./generator",
        "github.com/pulumi/pulumi-java/pkg/cmd/pulumi-language-java",
      ),
      goBuild(go, path.join(module, "dotnet"), folder, "."),
    ],
  },
  {
    variable: "THINKGEO_TEST_PYTHON",
    name: "python",
    files: ["requirements.txt"],
    what: "Installing Pulumi for Python, once",
    usual: "usually 10 to 60 s",
    tools: ["python3"],
    steps: ([python = ""], module, folder) => [
      { command: python, args: ["-m", "venv", folder], cwd: module },
      {
        command: path.join(folder, windows ? "Scripts/python.exe" : "bin/python"),
        args: ["-m", "pip", "install", "--disable-pip-version-check", "-r", "requirements.txt"],
        cwd: module,
      },
    ],
  },
  {
    variable: "THINKGEO_TEST_JARS",
    name: "jars",
    files: ["pom.xml"],
    what: "Fetching Pulumi for Java, once",
    usual: "usually 5 to 60 s",
    tools: ["mvn", "javac"],
    steps: ([maven = ""], module, folder) => [
      {
        command: maven,
        args: ["--batch-mode", "dependency:copy-dependencies", `-DoutputDirectory=${folder}`],
        cwd: module,
      },
    ],
  },
];

/**
 * Makes what the tests of generated SDKs use, in the user's cache. What this machine has no tool for is left out, and
 * so are those tests.
 *
 * @param {string} root
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<NodeJS.ProcessEnv>} variables that say where each part is
 */
export async function ensureLanguages(root, environment) {
  const module = path.join(root, "scripts/languages");
  /** @type {NodeJS.ProcessEnv} */
  const made = {};
  for (const part of parts) {
    const tools = part.tools.flatMap((name) => findProgram(name, pathFolders(environment)) ?? []);
    if (tools.length < part.tools.length) {
      process.stderr.write(`Tests that need ${part.tools.join(" and ")} are left out.\n`);
      continue;
    }
    const folder = cachedFolder(environment, part.name, module, part.files);
    await makeOnce(folder, "making what tests of SDKs use", (target) => make(part, tools, module, target));
    made[part.variable] = folder;
  }
  return made;
}

/**
 * @param {Part} wanted
 * @param {string[]} tools
 * @param {string} module
 * @param {string} folder
 */
async function make({ what, usual, steps }, tools, module, folder) {
  const progress = startProgress(what, usual);
  let lines = 0;
  try {
    for (const { command, args, cwd } of steps(tools, module, folder)) {
      const outcome = await runStep(command, args, {
        cwd,
        onLine: () => progress.show(`${path.basename(command)} has said ${(lines += 1)} lines`),
      });
      if (outcome.status !== 0) {
        const said = [...outcome.stdout, ...outcome.stderr].slice(-20).join("\n");
        throw new SetupError(`${what}: that failed, see what ${path.basename(command)} says above.`, said);
      }
    }
    progress.end("done");
  } catch (error) {
    progress.end("failed");
    throw error;
  }
}

/**
 * @param {string} go
 * @param {string} cwd
 * @param {string} folder
 * @param {string[]} packages
 * @returns {Step}
 */
function goBuild(go, cwd, folder, ...packages) {
  // More at once than this takes more memory than small machines have, and gains little.
  const parallel = Math.min(4, os.cpus().length);
  const flags = ["-v", "-mod=readonly", "-buildvcs=false", "-trimpath", `-p=${parallel}`, "-ldflags=-s -w"];
  return { command: go, args: ["build", ...flags, `-o=${folder}${path.sep}`, ...packages], cwd };
}
