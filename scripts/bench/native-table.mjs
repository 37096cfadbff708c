import { ratio, spread, table } from "./table.mjs";

/**
 * What a dynamic provider costs beside a native plugin; nothing where that was not measured.
 *
 * @param {import("./figures.mjs").Figures} figures
 * @param {number} latency of ours
 * @returns {string[]}
 */
export function nativeTable(figures, latency) {
  const rows = figures
    .list({ part: "engine", subject: "native floor", metric: "wall" })
    .map(({ step, clients = 0 }) => {
      const cells = ["wall", "cpu"].flatMap((metric) => {
        const key = { part: "engine", step, clients, metric };
        const native = figures.get({ ...key, subject: "native floor" });
        const floor = figures.get({ ...key, subject: "engine floor" });
        const ours = figures.get({ ...key, subject: "ours", latency });
        return [spread(native), ratio(floor, native), ratio(ours, native)];
      });
      return [`${clients}`, step, ...cells];
    });
  if (rows.length === 0) return [];
  const times = ["engine floor/native", "ours/native"];
  const header = ["clients", "step", "native floor", ...times, "CPU native", ...times];
  return [`engine: beside a native plugin, ours at ${latency} ms a request, seconds\n${table(header, rows)}`];
}
