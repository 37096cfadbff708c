import { jsonOf, programOf } from "./run-node.mjs";

const credentials = { THINKGEO_CLIENT_ID: "bench", THINKGEO_CLIENT_SECRET: "bench-secret" };

/**
 * What long whitelists cost, each time in a process of its own. The first call of a process is what a user pays; the
 * later ones show how the cost grows.
 *
 * @param {import("./part.mjs").Bench} bench
 */
export async function micro({ options, workplace, figures, say }) {
  for (let run = 0; run < options.runs; run++) {
    say(`micro: run ${run + 1} of ${options.runs}`);
    for (const kind of ["addresses", "origins"]) {
      const args = [programOf("micro-process.mjs"), workplace.compiled(), kind, options.quick ? "50" : "300"];
      const { first, checkAndDiff, reading } = await jsonOf(args, { cwd: workplace.path, env: credentials });
      const about = { part: "micro", subject: kind };
      figures.add(
        { ...about, step: "check and diff, 1000 entries", metric: "first call", unit: "ms" },
        first,
      );
      for (const [size, ms] of Object.entries(checkAndDiff)) {
        const step = `check and diff, ${size} entries`;
        figures.add({ ...about, step, metric: "warm", unit: "ms" }, ms);
        figures.add({ ...about, step, metric: "each entry", unit: "µs" }, (ms / Number(size)) * 1000);
      }
      for (const [size, ms] of Object.entries(reading)) {
        const key = { ...about, step: `reading, ${size} entries`, metric: "entries a second", unit: "" };
        figures.add(key, (Number(size) / ms) * 1000);
      }
    }
  }
}
