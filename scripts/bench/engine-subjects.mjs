import * as fs from "node:fs";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { measure } from "./measure.mjs";
import {
  ENGINE_FLOOR,
  NATIVE_FLOOR,
  NOTHING,
  NOTHING_BUT_OUTPUTS,
  ORDINARY_FLOOR,
  OURS,
  SAME_STATE_FLOOR,
} from "./programs.mjs";
import { Project } from "./project.mjs";
import { stateSize } from "./state-size.mjs";

/** @typedef {import("./measure.mjs").Cost} Cost */
/** @typedef {{ wall: number, cpu: number, processes?: import("./watch.mjs").Peaks, requests?: number }} StepCost */

/**
 * What a life of N clients is measured with.
 *
 * @typedef {object} Life
 * @property {import("./workplace.mjs").Workplace} workplace
 * @property {import("./cloud.mjs").Cloud} cloud
 * @property {number} clients
 * @property {number} parallel
 * @property {(step: string, cost: StepCost) => void} record
 * @property {(name: string, bytes: number) => void} recordState
 */

/**
 * The same steps for each program: what is done on a stack of N clients from its beginning to its end.
 *
 * @param {Project} project
 * @param {Life} life
 * @param {(step: string, work: () => Promise<Cost>) => Promise<void>} taken
 * @param {() => Promise<void>} [onceUp]
 */
async function live(project, { clients, parallel }, taken, onceUp) {
  const flags = ["--skip-preview", "--yes", "--parallel", `${parallel}`];
  await project.size(clients, 1).init();
  await taken("up", () => project.pulumi("up", ...flags));
  await taken("noop", () => project.pulumi("preview", "--expect-no-changes", "--parallel", `${parallel}`));
  await taken("refresh", () => project.pulumi("refresh", "--expect-no-changes", ...flags));
  await onceUp?.();
  project.size(clients, 2);
  await taken("update", () => project.pulumi("up", ...flags));
  await taken("destroy", () => project.pulumi("destroy", ...flags));
}

/** @param {Life} life */
export async function ours(life) {
  const { workplace, cloud } = life;
  const { environment } = await cloud.account();
  const project = new Project(workplace.folder("ours"), { "index.js": OURS }, environment);
  const taken = recordWithRequests(life);
  await live(project, life, taken, async () => {
    const drift = [
      process.execPath,
      workplace.compiled("cli", "bin.js"),
      "drift",
      "--stack",
      "bench",
      "--fail-on",
      "none",
    ];
    await taken("drift", () => project.run(...drift));
    const size = stateSize(await project.exported(), "pulumi-nodejs:dynamic/thinkgeo:Client");
    for (const [name, bytes] of Object.entries(size ?? {})) life.recordState(name, bytes);
  });
  project.remove();
}

/** @type {(program: string, provider: string) => (life: Life) => Promise<void>} */
const dynamicFloor = (program, provider) => async (life) => {
  const files = { "index.js": program, "nothing.js": provider };
  const project = new Project(life.workplace.folder("floor"), files, {});
  await live(project, life, async (step, work) => life.record(step, await work()));
  project.remove();
};

export const engineFloor = dynamicFloor(ENGINE_FLOOR, NOTHING);
export const ordinaryFloor = dynamicFloor(ORDINARY_FLOOR, NOTHING);
export const sameStateFloor = dynamicFloor(SAME_STATE_FLOOR, NOTHING_BUT_OUTPUTS);

/** @param {string} plugin its folder */
export const nativeFloor = (plugin) => async (/** @type {Life} */ life) => {
  const environment = { PATH: `${plugin}${path.delimiter}${process.env["PATH"]}` };
  const project = new Project(life.workplace.folder("native"), { "index.js": NATIVE_FLOOR }, environment);
  await live(project, life, async (step, work) => life.record(step, await work()));
  project.remove();
};

/** @param {Life} life */
export async function wireFloor({ workplace, cloud, clients, parallel, record }) {
  const { environment } = await cloud.account();
  const program = fileURLToPath(new URL("wire-floor.mjs", import.meta.url));
  const env = { ...process.env, ...environment };
  const command = [process.execPath, program, `${clients}`, `${parallel}`];
  const { out } = await measure(command, { cwd: workplace.path, env });
  for (const [step, cost] of Object.entries(JSON.parse(out))) record(step, cost);
}

/** @param {string} command */
export const peer = (command) => async (/** @type {Life} */ life) => {
  const { workplace, cloud, clients, parallel } = life;
  const { environment } = await cloud.account();
  const folder = workplace.folder("peer");
  const taken = recordWithRequests(life);
  for (const [step, version] of /** @type {const} */ ([
    ["up", 1],
    ["noop", 1],
    ["drift", 1],
    ["update", 2],
    ["destroy", 2],
  ])) {
    const env = {
      ...process.env,
      ...environment,
      THINKGEO_TOKEN_URL: `${environment["THINKGEO_API_URL"]}/identity/connect/token`,
      BENCH_STEP: step,
      BENCH_CLIENTS: `${clients}`,
      BENCH_VERSION: `${version}`,
      BENCH_PARALLEL: `${parallel}`,
    };
    await taken(step, () => measure(["bash", "-c", command], { cwd: folder, env }));
  }
  fs.rmSync(folder, { recursive: true, force: true });
};

/**
 * @param {Life} life
 * @returns {(step: string, work: () => Promise<Cost>) => Promise<void>}
 */
const recordWithRequests =
  ({ cloud, record }) =>
  async (step, work) => {
    await cloud.clear();
    const cost = await work();
    record(step, { ...cost, requests: (await cloud.requests()).total });
  };
