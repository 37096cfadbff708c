import { jsonOf, programOf } from "./run-node.mjs";

/**
 * Many operations in one provider process: whether its heap, after collection, is larger late than early.
 *
 * @param {import("./part.mjs").Bench} bench
 */
export async function heap({ options, workplace, cloud, figures, say }) {
  const operations = options.quick ? 2_000 : 10_000;
  for (let run = 0; run < Math.min(options.runs, 3); run++) {
    say(`heap: ${operations} operations, run ${run + 1}`);
    const { environment } = await cloud.account();
    const args = ["--expose-gc", programOf("heap-process.mjs"), workplace.compiled(), `${operations}`];
    const { steady, eachClient } = await jsonOf(args, { cwd: workplace.path, env: environment });
    const about = { part: "heap", step: `${operations} operations`, subject: "provider", unit: "MB" };
    const [early, late] = [steady[1], steady.at(-1)];
    figures.add({ ...about, metric: "heap after a fifth" }, early / 2 ** 20);
    figures.add({ ...about, metric: "heap at the end" }, late / 2 ** 20);
    const growth = (late - early) / (operations * 0.8);
    figures.add({ ...about, metric: "growth for each operation", unit: "bytes" }, growth);
    figures.add({ ...about, metric: "growth for each client made and deleted", unit: "bytes" }, eachClient);
  }
}
