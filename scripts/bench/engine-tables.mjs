import { floorTables } from "./floor-tables.mjs";
import { EVERY_MS } from "./watch.mjs";
import { ratio, short, spread, table } from "./table.mjs";

/** @typedef {import("./figures.mjs").Figures} Figures */

const part = "engine";
const STEPS = ["up", "noop", "refresh", "drift", "update", "destroy"];
const ROLES = ["engine", "program", "provider"];

/**
 * @param {Figures} figures
 * @param {import("./options.mjs").Options} options
 * @returns {string[]}
 */
export function engineTables(figures, { sizes, latencies, runs }) {
  const lives = sizes.flatMap((clients) =>
    latencies.map((latency) => {
      const title = `engine: ${clients} clients, ${latency} ms a request, median of ${runs} (least–most), seconds`;
      return `${title}\n${costs(figures, clients, latency)}`;
    }),
  );
  const latency = latencies[0] ?? 0;
  const memory = `engine: peak memory, MB\n${table(
    ["clients", "process", "ours", "engine floor", "more", "native floor"],
    sizes.flatMap((clients) => ROLES.map((role) => memoryRow(figures, clients, latency, role))),
  )}`;
  const cpu = `engine: CPU of each process, seconds (without its last ${EVERY_MS} ms)\n${table(
    ["clients", "step", ...ROLES.flatMap((role) => [role, "floor", "more"])],
    sizes.flatMap((clients) => STEPS.map((step) => cpuRow(figures, clients, latency, step))),
  )}`;
  const last = { part, step: "state", subject: "ours", clients: sizes.at(-1) ?? 0, latency };
  const state = figures.list(last).map((figure) => [figure.metric, short(figure.median)]);
  return [
    ...lives,
    ...floorTables(figures, latency),
    cpu,
    memory,
    `engine: state of one client, bytes\n${table(["what", "bytes"], state)}`,
  ];
}

/**
 * @param {Figures} figures
 * @param {number} clients
 * @param {number} latency
 */
function costs(figures, clients, latency) {
  const header = ["step", "ours", "engine floor", "ratio", "wire floor", "(ours-engine)/wire"];
  const more = [
    "CPU ours",
    "CPU floor",
    "ratio",
    "requests",
    "of the wire floor",
    "peer",
    "peer/ours",
    "of the peer",
  ];
  const rows = STEPS.map((step) => {
    /** @type {(subject: string, metric: string) => import("./figures.mjs").Figure | undefined} */
    const get = (subject, metric) =>
      figures.get({
        part,
        step,
        subject,
        metric,
        clients,
        ...(subject === "engine floor" ? {} : { latency }),
      });
    const [ours, floor, wire] = [get("ours", "wall"), get("engine floor", "wall"), get("wire floor", "wall")];
    const [cpu, floorCpu] = [get("ours", "cpu"), get("engine floor", "cpu")];
    const beyond = ours && floor && wire ? ((ours.median - floor.median) / wire.median).toFixed(2) : "";
    const requests = ["ours", "wire floor", "peer"].map((subject) => spread(get(subject, "requests")));
    const [own = "", bare = "", others = ""] = requests;
    const peer = get("peer", "wall");
    return [
      ...[step, spread(ours), spread(floor), ratio(ours, floor), spread(wire), beyond],
      ...[
        spread(cpu),
        spread(floorCpu),
        ratio(cpu, floorCpu),
        own,
        bare,
        spread(peer),
        ratio(peer, ours),
        others,
      ],
    ];
  });
  return table([...header, ...more], rows);
}

/**
 * @param {Figures} figures
 * @param {number} clients
 * @param {number} latency
 * @param {string} step
 */
function cpuRow(figures, clients, latency, step) {
  const cells = ROLES.flatMap((role) => {
    const key = { part, step, clients, metric: `cpu of ${role}` };
    const ours = figures.get({ ...key, subject: "ours", latency })?.median ?? NaN;
    const floor = figures.get({ ...key, subject: "engine floor" })?.median ?? NaN;
    return [short(ours), short(floor), short(ours - floor)];
  });
  return [`${clients}`, step, ...cells];
}

/**
 * The largest of all steps.
 *
 * @param {Figures} figures
 * @param {number} clients
 * @param {number} latency
 * @param {string} role
 */
function memoryRow(figures, clients, latency, role) {
  const most = (/** @type {string} */ subject) => {
    const key = subject === "ours" ? { subject, latency } : { subject };
    const found = figures.list({ part, clients, metric: `memory of ${role}`, ...key });
    return Math.max(...found.map((figure) => figure.median));
  };
  const [ours, floor, native] = [most("ours"), most("engine floor"), most("native floor")];
  return [`${clients}`, role, short(ours), short(floor), short(ours - floor), short(native)];
}
