// npm start: the real pulumi makes the keys of examples/quickstart in an emulated account, and the keys are used.
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { reachedChildren } from "./setup/terminal.mjs";
import { adviseByHand, adviseNext } from "./start/advice.mjs";
import { bringUp, driftAndHeal, proveKeys } from "./start/demonstration.mjs";
import { emulatedCloud } from "./start/emulated-cloud.mjs";
import { Folder } from "./start/folder.mjs";
import { readOptions, usage } from "./start/options.mjs";
import { say } from "./start/print.mjs";
import { Pulumi, pulumiEnvironment } from "./start/pulumi.mjs";
import { StartError } from "./start/start-error.mjs";

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** @param {import("./start/options.mjs").Options} options */
async function start(options) {
  const folder = new Folder(root, options.folder);
  if (options.clean) {
    say(folder.clean() ? `${folder.name} is removed.` : `There is no ${folder.name}: nothing to remove.`);
    return;
  }
  const release = folder.open();
  try {
    const emulator = await emulatedCloud(folder);
    try {
      await demonstrate(options, folder, emulator);
    } finally {
      await emulator.close();
    }
  } finally {
    release();
  }
}

/**
 * @param {import("./start/options.mjs").Options} options
 * @param {Folder} folder
 * @param {import("./start/emulated-cloud.mjs").Emulator} emulator
 */
async function demonstrate(options, folder, emulator) {
  say(
    `ThinkGeo Cloud is emulated on this machine, at ${emulator.url}; its account is kept in ${folder.name}.`,
  );
  const account = emulator.accounts[0].environment;
  const project = options.yaml ? path.join(root, "examples/quickstart-yaml") : root;
  const pulumi = new Pulumi(project, folder, pulumiEnvironment(folder, account));
  const program = options.yaml ? "examples/quickstart-yaml/Pulumi.yaml" : "examples/quickstart/index.ts";
  const interruption = watchInterruption(pulumi);
  try {
    await pulumi.makeStack();
    await bringUp(pulumi, emulator, program);
    if (options.drift) await driftAndHeal(pulumi, emulator, program);
    await proveKeys(pulumi, emulator, program);
  } finally {
    interruption.check();
  }
  adviseNext(program);
  if (!options.keep) return;
  adviseByHand(folder, account, options.yaml ? " --cwd examples/quickstart-yaml" : "");
  await interruption.come;
}

/**
 * Lets Pulumi end in order when the user wants to stop.
 *
 * @param {Pulumi} pulumi
 */
function watchInterruption(pulumi) {
  let came = false;
  /** @type {Promise<void>} */
  const come = new Promise((resolve) => {
    for (const signal of /** @type {NodeJS.Signals[]} */ (["SIGINT", "SIGTERM", "SIGHUP"])) {
      process.on(signal, () => {
        came = true;
        if (!reachedChildren(signal)) pulumi.end("SIGINT");
        resolve();
      });
    }
  });
  const check = () => {
    if (came) throw new StartError("Stopped. Run npm start again to go on.", 130);
  };
  return { come, check };
}

try {
  const options = readOptions(process.argv.slice(2));
  if (options.help) process.stdout.write(usage);
  else await start(options);
} catch (error) {
  if (!(error instanceof StartError)) throw error;
  process.stderr.write(`\n${error.message}\n`);
  process.exitCode = error.exitCode;
}
