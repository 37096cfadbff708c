import { live } from "./advice-life.mjs";
import { ways } from "./advice-ways.mjs";

/** @typedef {import("./advice-ways.mjs").Way} Way */

/**
 * What each piece of advice for large stacks is worth: the same clients, kept in ways that take turns.
 *
 * @param {import("./part.mjs").Bench} bench
 */
export async function advice({ options, workplace, cloud, figures, say }) {
  const { large: clients, runs } = options;
  const all = ways(options);
  const compileCache = workplace.folder("compile-cache");
  for (let run = 0; run < runs; run++) {
    const forwards = run % 2 === 0;
    for (const way of forwards ? all : all.toReversed()) {
      const { name, latency, looks } = way;
      say(`advice: ${clients} clients, run ${run + 1} of ${runs}: ${name}, ${latency} ms`);
      await cloud.latency(latency);
      await live({
        workplace,
        cloud,
        clients,
        way,
        looks: forwards ? looks : looks.toReversed(),
        compileCache,
        record: (subject, step, metric, unit, value) => {
          figures.add({ part: "advice", step, subject, metric, unit, clients, latency }, value);
        },
      });
    }
  }
  await cloud.latency(0);
}
