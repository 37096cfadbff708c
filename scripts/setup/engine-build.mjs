import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { findProgram, pathFolders } from "./find-program.mjs";
import { startProgress } from "./progress.mjs";
import { runStep } from "./run-step.mjs";
import { SetupError } from "./setup-error.mjs";

const engineCommand = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
const yamlCommand = "github.com/pulumi/pulumi-yaml/cmd/pulumi-language-yaml";
const versionVariable = "github.com/pulumi/pulumi/sdk/v3/go/common/version.Version";

/**
 * Builds the engine and its language hosts for Node.js and YAML from the Go module in scripts/engine.
 *
 * @param {{ version: string, module: string }} engine
 * @param {string} folder where to
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<string>} the folder
 */
export async function buildEngine({ version, module }, folder, environment) {
  const go = findProgram("go", pathFolders(environment));
  if (go === undefined) {
    throw new SetupError(
      "Pulumi is missing and can neither be downloaded nor built here: put Pulumi 3.216 or newer on PATH, or " +
        "install Go 1.25 or newer to build it.",
    );
  }
  const progress = startProgress(`Building the Pulumi engine ${version}, once`, "usually 3 to 10 min");
  try {
    const total = await fetchModules(go, module, progress);
    await compile(go, module, folder, version, total, progress);
    const ending = process.platform === "win32" ? ".exe" : "";
    fs.renameSync(
      path.join(folder, `languagehost${ending}`),
      path.join(folder, `pulumi-language-nodejs${ending}`),
    );
    progress.end("done");
    return folder;
  } catch (error) {
    progress.end("failed");
    throw error;
  }
}

/**
 * @param {string} go
 * @param {string} module
 * @param {import("./progress.mjs").Progress} progress
 * @returns {Promise<number>} how many Go packages there are to compile
 */
async function fetchModules(go, module, progress) {
  const checksums = fs.readFileSync(path.join(module, "go.sum"), "utf8").split("\n");
  const total = checksums.filter((line) => line !== "" && !line.includes("/go.mod ")).length;
  let fetched = 0;
  let packages = 0;
  const outcome = await runStep(
    go,
    ["list", "-mod=readonly", "-deps", "./languagehost", engineCommand, yamlCommand],
    {
      cwd: module,
      onLine(line) {
        if (!line.startsWith("go: downloading ")) {
          packages += 1;
          return;
        }
        fetched += 1;
        progress.show(`fetched ${fetched} of at most ${total} modules`);
      },
    },
  );
  if (outcome.status !== 0) throw failure("Its Go modules could not be fetched", outcome);
  return packages;
}

/**
 * @param {string} go
 * @param {string} module
 * @param {string} folder
 * @param {string} version
 * @param {number} total
 * @param {import("./progress.mjs").Progress} progress
 */
async function compile(go, module, folder, version, total, progress) {
  fs.mkdirSync(folder, { recursive: true });
  let compiled = 0;
  // More at once than this takes more memory than small machines have, and gains little.
  const parallel = Math.min(4, os.cpus().length);
  const outcome = await runStep(
    go,
    [
      "build",
      "-v",
      "-mod=readonly",
      "-buildvcs=false",
      "-trimpath",
      `-p=${parallel}`,
      `-ldflags=-s -w -X ${versionVariable}=v${version}`,
      `-o=${folder}${path.sep}`,
      "./languagehost",
      engineCommand,
      yamlCommand,
    ],
    {
      cwd: module,
      onLine() {
        compiled += 1;
        progress.show(`compiled ${Math.min(compiled, total)} of at most ${total} packages`);
      },
    },
  );
  if (outcome.status !== 0) throw failure("It does not compile", outcome);
}

/**
 * @param {string} what
 * @param {import("./run-step.mjs").Outcome} outcome
 */
function failure(what, outcome) {
  return new SetupError(
    `The Pulumi engine could not be built. ${what}: see what Go says above, or put Pulumi 3.216 or newer on PATH.`,
    outcome.stderr.slice(-20).join("\n"),
  );
}
