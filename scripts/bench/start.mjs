import { spawn } from "node:child_process";
import { once } from "node:events";
import * as path from "node:path";
import { jsonOf } from "./measure.mjs";

const pulumi = "@pulumi/pulumi";

/** What the provider process loads after Pulumi's SDK, what a program loads, and the dependencies one by one. */
const LOADED = ["pulumi-thinkgeo/runtime", "pulumi-thinkgeo", "undici", "zod", "tldts"];

/** Loads its arguments one after another, and prints the milliseconds of each. */
const loading = `
const times = process.argv.slice(1).map((name) => {
  const started = performance.now();
  require(name);
  return performance.now() - started;
});
console.log(JSON.stringify(times));`;

/**
 * What is added to loading Pulumi's SDK, each in fresh processes.
 *
 * @param {import("../bench.mjs").Bench} bench
 */
export async function start({ options, workplace, figures, say }) {
  const runs = options.quick ? options.runs : Math.max(11, options.runs);
  for (let run = 0; run < runs; run++) {
    say(`start: run ${run + 1} of ${runs}`);
    for (const loaded of LOADED) {
      const [base, added] = await jsonOf(["-e", loading, pulumi, loaded], { cwd: workplace.path });
      const key = { part: "start", step: "loading", metric: "time", unit: "ms" };
      figures.add({ ...key, subject: pulumi }, base);
      figures.add({ ...key, subject: `${loaded}, after it` }, added);
    }
    const key = { part: "start", step: "ready to be asked", subject: "native plugin" };
    figures.add({ ...key, metric: "time", unit: "ms" }, await pluginStart(workplace.plugin));
  }
}

/**
 * Starts the native plugin, as the engine does, until it has said its port.
 *
 * @param {string} folder
 */
async function pluginStart(folder) {
  const started = performance.now();
  const plugin = spawn(path.join(folder, "pulumi-resource-thinkgeo"), ["127.0.0.1:1"], {
    stdio: ["pipe", "pipe", "ignore"],
  });
  await once(plugin.stdout, "data");
  const took = performance.now() - started;
  plugin.kill("SIGKILL");
  await once(plugin, "exit");
  return took;
}
