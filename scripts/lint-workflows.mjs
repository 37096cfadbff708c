// actionlint on this repository's workflows, and on those that users copy, each where its first lines say that it belongs: so the
// inputs of the drift action are compared, too. Part of `npm run lint`.
import { spawnSync } from "node:child_process";
import * as fs from "node:fs";
import { tmpdir } from "node:os";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { ensureActionlint } from "./setup/actionlint.mjs";
import { endWith } from "./setup/setup-error.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** What belongs where. */
const places = {
  ".github/workflows": ".github/workflows",
  "examples/pipelines/github-actions.yml": ".github/workflows/thinkgeo.yml",
  "examples/pipelines/drift-action": ".github/actions/thinkgeo-drift",
  "examples/preview-environments/github-actions.yml": ".github/workflows/previews.yml",
};

/**
 * actionlint knows the inputs of GitHub's own actions by their major tag.
 *
 * @param {string} folder
 */
function majorTags(folder) {
  for (const name of fs.readdirSync(folder)) {
    const text = fs.readFileSync(path.join(folder, name), "utf8");
    fs.writeFileSync(path.join(folder, name), text.replace(/(uses: \S+@v\d+)\.\d+\.\d+/g, "$1"));
  }
}

/** @param {string} actionlint */
function lint(actionlint) {
  const repository = fs.mkdtempSync(path.join(tmpdir(), "thinkgeo-workflows-"));
  try {
    fs.mkdirSync(path.join(repository, ".git"));
    for (const [from, to] of Object.entries(places))
      fs.cpSync(path.join(root, from), path.join(repository, to), { recursive: true });
    majorTags(path.join(repository, ".github/workflows"));
    // What else it would run depends on the machine.
    const options = ["-no-color", "-shellcheck=", "-pyflakes="];
    return spawnSync(actionlint, options, { cwd: repository, stdio: "inherit" }).status ?? 1;
  } finally {
    fs.rmSync(repository, { recursive: true, force: true });
  }
}

try {
  const actionlint = await ensureActionlint(root, process.env);
  if (actionlint === undefined)
    process.stderr.write("The workflows are not linted: actionlint needs Go 1.25.\n");
  else process.exitCode = lint(actionlint);
} catch (error) {
  endWith(error);
}
