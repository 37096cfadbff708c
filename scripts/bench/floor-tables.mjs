import { ratio, spread, table } from "./table.mjs";

/** The floors that are measured when asked for, and what each is, to complete "beside". */
const FLOORS = {
  "ordinary floor": "a dynamic resource that does nothing, written as Pulumi's guide does",
  "same-state floor": "a provider that does nothing and has as much in state",
  "native floor": "a native plugin",
};

/**
 * Ours and the engine floor beside each further floor that was measured.
 *
 * @param {import("./figures.mjs").Figures} figures
 * @param {number} latency of ours
 * @returns {string[]}
 */
export function floorTables(figures, latency) {
  return Object.entries(FLOORS).flatMap(([floor, words]) => {
    const measured = figures.list({ part: "engine", subject: floor, metric: "wall" });
    if (measured.length === 0) return [];
    const rows = measured.map(({ step, clients = 0 }) => {
      const cells = ["wall", "cpu"].flatMap((metric) => {
        const key = { part: "engine", step, clients, metric };
        const least = figures.get({ ...key, subject: floor });
        const engine = figures.get({ ...key, subject: "engine floor" });
        const ours = figures.get({ ...key, subject: "ours", latency });
        return [spread(least), ratio(engine, least), ratio(ours, least)];
      });
      return [`${clients}`, step, ...cells];
    });
    const ratios = ["engine floor/it", "ours/it"];
    const header = ["clients", "step", floor, ...ratios, "CPU", ...ratios];
    return [`engine: beside ${words}, ours at ${latency} ms a request, seconds\n${table(header, rows)}`];
  });
}
