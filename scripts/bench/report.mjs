import { engineTables } from "./engine-tables.mjs";
import { spread, table } from "./table.mjs";

/** @typedef {import("./figures.mjs").Figures} Figures */
/** @typedef {import("./options.mjs").Options} Options */
/** @typedef {import("./quiet.mjs").Machine} Machine */

/**
 * Everything that was measured, to be read by people.
 *
 * @param {Figures} figures
 * @param {Options} options
 * @param {Machine} machine
 */
export function report(figures, options, machine) {
  const parts = options.parts.flatMap((part) =>
    part === "engine" ? engineTables(figures, options) : [plain(figures, part)],
  );
  const where = `${machine.processors} × ${machine.cpu}, ${machine.memoryGb} GB, ${machine.system}, Node.js ${machine.node}`;
  const quiet = machine.quiet
    ? "The machine was quiet."
    : `THE MACHINE WAS BUSY, so these figures mean nothing: ${machine.noise.join("; ")}.`;
  return `${parts.join("\n\n")}\n\n${where}\n${quiet}\n`;
}

/**
 * @param {Figures} figures
 * @param {string} part
 */
function plain(figures, part) {
  const rows = figures
    .list({ part })
    .map((figure) => [
      figure.clients === undefined ? figure.step : `${figure.step}, ${figure.clients} clients`,
      figure.subject,
      figure.metric,
      `${spread(figure)} ${figure.unit}`.trim(),
      `${figure.values.length}`,
    ]);
  return `${part}: median (least–most)\n${table(["what", "of", "metric", "measured", "runs"], rows)}`;
}

/**
 * The same for programs; contributing/benchmarks.md describes it.
 *
 * @param {Figures} figures
 * @param {Options} options
 * @param {Machine} machine
 * @param {{ version: string, engine: string | null, sdk: string, commit: string | null }} subject
 */
export const json = (figures, options, machine, subject) =>
  `${JSON.stringify({ version: 1, measuredAt: new Date().toISOString(), subject, machine, options, figures: figures.list() }, null, 2)}\n`;
