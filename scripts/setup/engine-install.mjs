import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { startProgress } from "./progress.mjs";
import { runStep } from "./run-step.mjs";

const reachedWithinMs = 15_000;
const doneWithinMs = 300_000;

/**
 * Lets Pulumi's own installer, which the SDK knows, put the engine into `part`. Where it cannot be reached that is
 * found out soon, and is no error: the engine is built instead.
 *
 * @param {string} root
 * @param {string} version
 * @param {string} part
 * @returns {Promise<string | undefined>} the folder with the engine, if it worked
 */
export async function installEngine(root, version, part) {
  const installation = path.join(part, "installed");
  const temporary = path.join(part, "tmp");
  fs.mkdirSync(temporary);

  const giveUp = new AbortController();
  // The SDK lays the installer's script into a temporary folder before it runs it. Nothing there: not reached.
  const reached = setTimeout(() => {
    if (fs.readdirSync(temporary).length === 0) giveUp.abort();
  }, reachedWithinMs);
  const done = setTimeout(() => giveUp.abort(), doneWithinMs);
  const progress = startProgress(`Installing Pulumi ${version} with its own installer`, "usually 20 to 90 s");
  try {
    const script = fileURLToPath(new URL("official-installer.mjs", import.meta.url));
    const outcome = await runStep(process.execPath, [script, root, installation, version], {
      cwd: part,
      env: { ...process.env, TMPDIR: temporary, TEMP: temporary, TMP: temporary },
      signal: giveUp.signal,
    });
    progress.end(outcome.status === 0 ? "done" : "not possible here");
    return outcome.status === 0 ? path.join(installation, "bin") : undefined;
  } finally {
    clearTimeout(reached);
    clearTimeout(done);
  }
}
