import {
  engineFloor,
  nativeFloor,
  ordinaryFloor,
  ours,
  peer,
  sameStateFloor,
  wireFloor,
} from "./engine-subjects.mjs";

/** @typedef {import("./engine-subjects.mjs").Life} Life */
/** @typedef {{ name: string, latency: number | undefined, live: (life: Life) => Promise<void> }} Subject */

/**
 * Lives of N clients: ours and what it is compared with take turns, so that all of them meet the same machine.
 *
 * @param {import("./part.mjs").Bench} bench
 */
export async function engine({ options, workplace, cloud, figures, say, plugin }) {
  for (const clients of options.sizes) {
    const subjects = subjectsOf(options, plugin);
    for (let run = 0; run < options.runs; run++) {
      for (const { name, latency, live } of run % 2 === 0 ? subjects : subjects.toReversed()) {
        say(
          `engine: ${clients} clients, run ${run + 1} of ${options.runs}: ${name}${latency ? `, ${latency} ms` : ""}`,
        );
        await cloud.latency(latency ?? 0);
        /** @type {(step: string, metric: string, unit: string, value: number | undefined) => void} */
        const add = (step, metric, unit, value) => {
          const key = { part: "engine", step, subject: name, metric, unit, clients };
          figures.add(latency === undefined ? key : { ...key, latency }, value);
        };
        await live({
          workplace,
          cloud,
          clients,
          parallel: options.parallel,
          record: (step, { wall, cpu, requests, processes }) => {
            add(step, "wall", "s", wall);
            add(step, "cpu", "s", cpu);
            add(step, "requests", "", requests);
            for (const [role, megabytes] of Object.entries(processes?.memory ?? {}))
              add(step, `memory of ${role}`, "MB", megabytes);
            for (const [role, seconds] of Object.entries(processes?.cpu ?? {}))
              add(step, `cpu of ${role}`, "s", seconds);
          },
          recordState: (what, bytes) => add("state", what, "bytes", bytes),
        });
      }
    }
  }
  await cloud.latency(0);
}

/**
 * The floors of the engine send nothing, so latency is nothing to them.
 *
 * @param {import("./options.mjs").Options} options
 * @param {string | undefined} plugin
 * @returns {Subject[]}
 */
function subjectsOf({ latencies, ordinary, sameState, peer: command }, plugin) {
  const others = latencies.flatMap((latency) => [
    { name: "ours", latency, live: ours },
    { name: "wire floor", latency, live: wireFloor },
    ...(command === undefined ? [] : [{ name: "peer", latency, live: peer(command) }]),
  ]);
  const floors = [
    { name: "engine floor", latency: undefined, live: engineFloor },
    ...(ordinary ? [{ name: "ordinary floor", latency: undefined, live: ordinaryFloor }] : []),
    ...(sameState ? [{ name: "same-state floor", latency: undefined, live: sameStateFloor }] : []),
    ...(plugin === undefined
      ? []
      : [{ name: "native floor", latency: undefined, live: nativeFloor(plugin) }]),
  ];
  return [...floors, ...others];
}
