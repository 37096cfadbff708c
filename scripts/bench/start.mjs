import { jsonOf, programOf } from "./run-node.mjs";

const pulumi = "@pulumi/pulumi";

/** What the provider process loads after Pulumi's SDK, what a program loads, and the dependencies one by one. */
const LOADED = ["pulumi-thinkgeo/runtime", "pulumi-thinkgeo", "undici", "zod", "ip-address", "tldts"];

/**
 * What is added to loading Pulumi's SDK, each in fresh processes.
 *
 * @param {import("./part.mjs").Bench} bench
 */
export async function start({ options, workplace, figures, say }) {
  const runs = options.quick ? Math.max(3, options.runs) : Math.max(11, options.runs);
  for (let run = 0; run < runs; run++) {
    say(`start: run ${run + 1} of ${runs}`);
    for (const loaded of LOADED) {
      const [base, added] = await jsonOf([programOf("start-process.mjs"), pulumi, loaded], {
        cwd: workplace.path,
      });
      const key = { part: "start", step: "loading", metric: "time", unit: "ms" };
      figures.add({ ...key, subject: pulumi }, base);
      figures.add({ ...key, subject: `${loaded}, after it` }, added);
    }
  }
}
