import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { measure } from "./measure.mjs";
import { FLOORS, OURS } from "./programs.mjs";
import { Project } from "./project.mjs";

/** @typedef {{ wall: number, cpu: number, memory?: import("./measure.mjs").Memory, requests?: number }} StepCost */

/**
 * What a life of N clients is measured with.
 *
 * @typedef {object} Life
 * @property {import("./project.mjs").Workplace} workplace
 * @property {import("./cloud.mjs").Cloud} cloud
 * @property {number} clients
 * @property {number} parallel
 * @property {(step: string, cost: StepCost) => void} record
 * @property {(what: string, bytes: number) => void} recordState
 */

/** @typedef {{ name: string, latency?: number, live: (life: Life) => Promise<void> }} Subject */

/**
 * Lives of N clients: ours and what it is compared with take turns, so that all of them meet the same machine.
 *
 * @param {import("../bench.mjs").Bench} bench
 */
export async function engine({ options, workplace, cloud, figures, say, plugin }) {
  const subjects = subjectsOf(options, plugin);
  const { runs, parallel } = options;
  for (const clients of options.sizes) {
    for (let run = 0; run < runs; run++) {
      for (const { name, latency, live } of run % 2 === 0 ? subjects : subjects.toReversed()) {
        const slow = latency ? `, ${latency} ms` : "";
        say(`engine: ${clients} clients, run ${run + 1} of ${runs}: ${name}${slow}`);
        cloud.latency = latency ?? 0;
        /** @type {(step: string, metric: string, unit: string, value: number | undefined) => void} */
        const add = (step, metric, unit, value) => {
          const key = { part: "engine", step, subject: name, metric, unit, clients };
          figures.add(latency === undefined ? key : { ...key, latency }, value);
        };
        const recordState = (/** @type {string} */ what, /** @type {number} */ bytes) =>
          add("state", what, "bytes", bytes);
        /** @type {Life["record"]} */
        const record = (step, { wall, cpu, memory = {}, requests }) => {
          add(step, "wall", "s", wall);
          add(step, "cpu", "s", cpu);
          add(step, "requests", "", requests);
          for (const [role, megabytes] of Object.entries(memory))
            add(step, `memory of ${role}`, "MB", megabytes);
        };
        await live({ workplace, cloud, clients, parallel, record, recordState });
      }
    }
  }
  cloud.latency = 0;
}

/**
 * The floors of the engine send nothing, so latency is nothing to them.
 *
 * @param {import("./options.mjs").Options} options
 * @param {string | undefined} plugin
 * @returns {Subject[]}
 */
function subjectsOf({ latencies, ordinary, sameState, peer: command }, plugin) {
  return [
    { name: "engine floor", live: floor("engine") },
    ...(ordinary ? [{ name: "ordinary floor", live: floor("ordinary") }] : []),
    ...(sameState ? [{ name: "same-state floor", live: floor("same-state") }] : []),
    ...(plugin === undefined
      ? []
      : [
          { name: "native floor", live: floor("native", plugin) },
          { name: "YAML floor", live: floor("yaml", plugin) },
        ]),
    ...latencies.flatMap((latency) => [
      { name: "ours", latency, live: ours },
      ...(plugin === undefined
        ? []
        : [
            { name: "ours, native", latency, live: native("native") },
            { name: "ours, YAML", latency, live: native("yaml") },
          ]),
      { name: "wire floor", latency, live: wireFloor },
      ...(command === undefined ? [] : [{ name: "peer", latency, live: peer(command) }]),
    ]),
  ];
}

/**
 * The same steps for each program: what is done on a stack of N clients from its beginning to its end.
 *
 * @param {Project} project
 * @param {Life} life
 * @param {() => Promise<void>} [onceUp]
 */
async function live(project, { cloud, clients, parallel, record }, onceUp) {
  const flags = ["--skip-preview", "--yes", "--parallel", `${parallel}`];
  const taken = async (/** @type {string} */ step, /** @type {string[]} */ ...args) =>
    record(step, await cloud.counted(() => project.pulumi(...args)));
  project.declare(clients, 1);
  await project.pulumi("stack", "init", "bench");
  await taken("up", "up", ...flags);
  await taken("noop", "preview", "--expect-no-changes", "--parallel", `${parallel}`);
  await taken("refresh", "refresh", "--expect-no-changes", ...flags);
  await onceUp?.();
  project.declare(clients, 2);
  await taken("update", "up", ...flags);
  await taken("destroy", "destroy", ...flags);
  project.remove();
}

/** @param {Life} life */
async function ours(life) {
  const { workplace, cloud, record, recordState } = life;
  const project = new Project(workplace.folder("ours"), OURS.dynamic, accountOf(life));
  await live(project, life, async () => {
    const drift = [process.execPath, workplace.thinkgeo, "drift", "--stack", "bench", "--fail-on", "none"];
    record("drift", await cloud.counted(() => project.run(...drift)));
    const { out } = await project.pulumi("stack", "export");
    const { resources } = JSON.parse(out).deployment;
    for (const [what, bytes] of Object.entries(stateOf(resources.at(-1)))) recordState(what, bytes);
  });
}

/**
 * A new account, and as many requests at once as all others may send.
 *
 * @param {Life} life
 */
const accountOf = ({ cloud, parallel }) => ({
  ...cloud.account().environment,
  THINKGEO_MAX_CONCURRENCY: `${parallel}`,
});

/**
 * Ours by the native plugin.
 *
 * @param {"native" | "yaml"} program
 * @returns {Subject["live"]}
 */
const native = (program) => (life) => {
  const { workplace } = life;
  // npm puts this repository's own plugin on PATH, where Pulumi would find it first.
  const environment = { ...accountOf(life), PULUMI_IGNORE_AMBIENT_PLUGINS: "true" };
  const project = new Project(workplace.folder("ours"), OURS[program], environment);
  project.installPlugin(workplace.plugin);
  return live(project, life);
};

/** @param {string} folder with a plugin */
const withPlugin = (folder) => ({ PATH: `${folder}${path.delimiter}${process.env["PATH"]}` });

/**
 * What one client takes in state, as compact JSON, and whose that is.
 *
 * @param {{ inputs: Record<string, unknown>, outputs: Record<string, unknown> }} resource
 */
function stateOf(resource) {
  const bytes = (/** @type {unknown} */ value) => Buffer.byteLength(JSON.stringify(value));
  const properties = bytes(resource.inputs) + bytes(resource.outputs);
  return {
    __provider: Buffer.byteLength(String(resource.inputs["__provider"])),
    "inputs and outputs": properties,
    "added by the engine": bytes(resource) - properties,
  };
}

/**
 * @param {keyof typeof FLOORS} name
 * @param {string} [plugin] the folder of the native plugin
 * @returns {Subject["live"]}
 */
const floor = (name, plugin) => (life) => {
  const environment = plugin === undefined ? {} : withPlugin(plugin);
  return live(new Project(life.workplace.folder("floor"), FLOORS[name], environment), life);
};

/** @param {Life} life */
async function wireFloor({ workplace, cloud, clients, parallel, record }) {
  const program = fileURLToPath(new URL("wire-floor.mjs", import.meta.url));
  const env = { ...process.env, ...cloud.account().environment };
  const command = [process.execPath, program, `${clients}`, `${parallel}`];
  const { out } = await measure(command, { cwd: workplace.path, env });
  for (const [step, cost] of Object.entries(JSON.parse(out))) record(step, cost);
}

/**
 * @param {string} command
 * @returns {Subject["live"]}
 */
const peer =
  (command) =>
  async ({ workplace, cloud, clients, parallel, record }) => {
    const { environment } = cloud.account();
    const cwd = workplace.folder("peer");
    for (const step of ["up", "noop", "drift", "update", "destroy"]) {
      const env = {
        ...process.env,
        ...environment,
        THINKGEO_TOKEN_URL: `${environment["THINKGEO_API_URL"]}/identity/connect/token`,
        BENCH_STEP: step,
        BENCH_CLIENTS: `${clients}`,
        BENCH_VERSION: ["update", "destroy"].includes(step) ? "2" : "1",
        BENCH_PARALLEL: `${parallel}`,
      };
      record(step, await cloud.counted(() => measure(["bash", "-c", command], { cwd, env })));
    }
  };
