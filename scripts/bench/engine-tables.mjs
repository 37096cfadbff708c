import { ratio, short, spread, table } from "./table.mjs";

/** @typedef {import("./figures.mjs").Figures} Figures */
/** @typedef {import("./figures.mjs").Figure | undefined} Found */

const part = "engine";
const STEPS = ["up", "noop", "refresh", "drift", "update", "destroy"];
const ROLES = ["engine", "program", "provider"];
/** Those whose memory is printed. */
const MEASURED = ["ours", "engine floor", "ours, native", "ours, YAML", "native floor"];

/** The floors that are measured when asked for, and what each is, to complete "beside". */
const FLOORS = {
  "ordinary floor": "a dynamic resource that does nothing, written as Pulumi's guide does",
  "same-state floor": "a provider that does nothing and has as much in state",
  "native floor": "a native plugin",
};

/**
 * @param {Figures} figures
 * @param {import("./options.mjs").Options} options
 */
export function engineTables(figures, { sizes, latencies, runs }) {
  const lives = sizes.flatMap((clients) =>
    latencies.map((latency) => {
      const title = `engine: ${clients} clients, ${latency} ms a request, median of ${runs} (least–most), seconds`;
      return `${title}\n${costs(figures, clients, latency)}`;
    }),
  );
  const latency = latencies[0] ?? 0;
  const memory = sizes.flatMap((clients) => ROLES.map((role) => memoryRow(figures, clients, latency, role)));
  const last = { part, step: "state", subject: "ours", clients: sizes.at(-1) ?? 0, latency };
  const state = figures.list(last).map((figure) => [figure.metric, short(figure.median)]);
  return [
    ...lives,
    ...floorTables(figures, latency),
    ...nativeTables(figures, latencies),
    `engine: peak memory, MB\n${table(["clients", "process", ...MEASURED], memory)}`,
    `engine: state of one client, bytes\n${table(["what", "bytes"], state)}`,
  ];
}

/**
 * @param {Figures} figures
 * @param {number} clients
 * @param {number} latency
 */
function costs(figures, clients, latency) {
  const header = [
    ...["step", "ours", "engine floor", "ratio", "wire floor", "(ours-engine)/wire"],
    ...["CPU ours", "CPU floor", "ratio", "requests", "of the wire floor"],
    ...["peer", "peer/ours", "of the peer"],
  ];
  const rows = STEPS.map((step) => {
    /** @type {(subject: string, metric: string) => Found} */
    const get = (subject, metric) => {
      const key = { part, step, subject, metric, clients };
      return figures.get(subject === "engine floor" ? key : { ...key, latency });
    };
    const [ours, floor, wire, peer] = ["ours", "engine floor", "wire floor", "peer"].map((subject) =>
      get(subject, "wall"),
    );
    const [cpu, floorCpu] = [get("ours", "cpu"), get("engine floor", "cpu")];
    const beyond = ours && floor && wire ? ((ours.median - floor.median) / wire.median).toFixed(2) : "";
    const [own = "", bare = "", others = ""] = ["ours", "wire floor", "peer"].map((subject) =>
      spread(get(subject, "requests")),
    );
    return [
      ...[step, spread(ours), spread(floor), ratio(ours, floor), spread(wire), beyond],
      ...[spread(cpu), spread(floorCpu), ratio(cpu, floorCpu), own, bare],
      ...[spread(peer), ratio(peer, ours), others],
    ];
  });
  return table(header, rows);
}

/**
 * Ours and the engine floor beside each further floor that was measured.
 *
 * @param {Figures} figures
 * @param {number} latency of ours
 * @returns {string[]}
 */
export function floorTables(figures, latency) {
  return Object.entries(FLOORS).flatMap(([floor, words]) => {
    const measured = figures.list({ part, subject: floor, metric: "wall" });
    if (measured.length === 0) return [];
    const rows = measured.map(({ step, clients = 0 }) => {
      const cells = ["wall", "cpu"].flatMap((metric) => {
        const key = { part, step, clients, metric };
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

/**
 * Ours by the native plugin, from a YAML program beside the peer, and from JavaScript; each beside its floor.
 *
 * @param {Figures} figures
 * @param {readonly number[]} latencies
 * @returns {string[]}
 */
export function nativeTables(figures, latencies) {
  return latencies.flatMap((latency) => {
    const measured = figures.list({ part, subject: "ours, YAML", metric: "wall", latency });
    if (measured.length === 0) return [];
    const rows = measured.map(({ step, clients = 0 }) => {
      /** @type {(subject: string, measuredAs?: string) => Found} */
      const get = (subject, measuredAs = step) => {
        const key = { part, step: measuredAs, clients, metric: "wall", subject };
        return figures.get(subject.endsWith("floor") ? key : { ...key, latency });
      };
      const [yaml, yamlFloor] = [get("ours, YAML"), get("YAML floor")];
      // Terraform's refresh is measured as the step "drift".
      const peer = get("peer", step === "refresh" ? "drift" : step);
      const [native, nativeFloor] = [get("ours, native"), get("native floor")];
      return [
        ...[`${clients}`, step, spread(yaml), spread(peer), ratio(yaml, peer)],
        ...[spread(yamlFloor), ratio(yaml, yamlFloor)],
        ...[spread(native), spread(nativeFloor), ratio(native, nativeFloor)],
      ];
    });
    const header = [
      "clients",
      "step",
      "YAML",
      "peer",
      "ratio",
      "YAML floor",
      "ratio",
      "JavaScript",
      "native floor",
      "ratio",
    ];
    return [`engine: ours by the native plugin, ${latency} ms a request, seconds\n${table(header, rows)}`];
  });
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
    const key = subject.endsWith("floor") ? { subject } : { subject, latency };
    const found = figures.list({ part, clients, metric: `memory of ${role}`, ...key });
    return short(Math.max(...found.map((figure) => figure.median)));
  };
  return [`${clients}`, role, ...MEASURED.map(most)];
}
