import { AS_IT_IS } from "./advice-ways.mjs";
import { ratio, short, spread, table } from "./table.mjs";

/** @typedef {import("./figures.mjs").Figures} Figures */

const part = "advice";

/**
 * Step by step, so that what is compared stands below each other.
 *
 * @param {Figures} figures
 * @param {import("./options.mjs").Options} options
 * @returns {string[]}
 */
export function adviceTables(figures, { large, parallel, runs }) {
  const walls = figures.list({ part, metric: "wall" });
  const latencies = [...new Set(walls.map(({ latency }) => latency ?? 0))];
  const costs = latencies.map((latency) => {
    const rows = ["up", "preview", "refresh", "destroy"].flatMap((step) =>
      walls
        .filter((wall) => wall.latency === latency && wall.step === step)
        .map((wall) => costRow(figures, wall)),
    );
    const stack = `${large} clients, --parallel ${parallel} where it is not said, ${latency} ms a request`;
    const title = `advice: ${stack}, median of ${runs} (least–most), seconds`;
    return `${title}\n${table(["step", "way", "wall", "ratio", "CPU", "ratio", "requests", "engine MB"], rows)}`;
  });
  const least = Math.min(...latencies);
  const sizes = figures.list({ part, metric: "state files", latency: least });
  const plain = sizes.find(({ subject }) => subject === AS_IT_IS);
  const state = sizes.map((size) => [size.subject, short(size.median), ratio(size, plain)]);
  return [...costs, `advice: state on disk\n${table(["way", "bytes", "ratio"], state)}`];
}

/**
 * @param {Figures} figures
 * @param {import("./figures.mjs").Figure} wall
 */
function costRow(figures, wall) {
  const { step, subject } = wall;
  /** @type {(metric: string, of: string) => import("./figures.mjs").Figure | undefined} */
  const get = (metric, of) => figures.get({ ...wall, metric, subject: of });
  const cpu = get("cpu", subject);
  return [
    step,
    subject,
    spread(wall),
    ratio(wall, get("wall", AS_IT_IS)),
    spread(cpu),
    ratio(cpu, get("cpu", AS_IT_IS)),
    spread(get("requests", subject)),
    spread(get("memory of engine", subject)),
  ];
}
