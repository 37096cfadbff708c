import * as fs from "node:fs";
import { OURS } from "./programs.mjs";
import { Project } from "./project.mjs";

/** @typedef {import("./advice-ways.mjs").Look} Look */
/** @typedef {import("./measure.mjs").Cost} Cost */

/**
 * @typedef {object} Life
 * @property {import("./workplace.mjs").Workplace} workplace
 * @property {import("./cloud.mjs").Cloud} cloud
 * @property {number} clients
 * @property {import("./advice-ways.mjs").Way} way
 * @property {readonly Look[]} looks
 * @property {string} compileCache a folder, the same for all lives
 * @property {(subject: string, step: string, metric: string, unit: string, value: number) => void} record
 */

/**
 * N clients from nothing to nothing in one way, and what is looked at in between.
 *
 * @param {Life} life
 */
export async function live(life) {
  const { cloud, way, looks, record } = life;
  const projects = await started(life);
  const flags = ["--skip-preview", "--yes", "--parallel", `${way.parallel}`];
  /** @type {(subject: string, step: string, work: (project: Project) => Promise<Cost>) => Promise<void>} */
  const taken = async (subject, step, work) => {
    await cloud.clear();
    const costs = [];
    for (const project of projects) costs.push(await work(project));
    record(subject, step, "wall", "s", sum(costs.map(({ wall }) => wall)));
    record(subject, step, "cpu", "s", sum(costs.map(({ cpu }) => cpu)));
    const peaks = costs.flatMap(({ processes }) => processes.memory["engine"] ?? []);
    if (peaks.length > 0) record(subject, step, "memory of engine", "MB", Math.max(...peaks));
    record(subject, step, "requests", "", (await cloud.requests()).total);
  };
  await taken(way.name, "up", (project) => project.pulumi("up", ...flags));
  record(way.name, "state", "state files", "bytes", sum(projects.map((project) => project.stateBytes())));
  for (const look of looks) {
    const { command, environment } = await ready(life, look, projects);
    await taken(look.instead ?? way.name, look.step, (project) => project.runWith(environment, ...command));
  }
  await taken(way.name, "destroy", (project) => project.pulumi("destroy", ...flags));
  for (const project of projects) project.remove();
}

/**
 * The stacks, with nothing in them.
 *
 * @param {Life} life
 */
async function started({ workplace, cloud, clients, way }) {
  const account = await cloud.account();
  const environment = { ...account.environment, ...way.environment };
  const all = [];
  for (let index = 0; index < way.stacks; index++) {
    // What the stack is called goes into the clients' names, which must differ in one account.
    const how = { stack: `bench${index + 1}` };
    const project = new Project(workplace.folder("advice"), { "index.js": OURS }, environment, how);
    all.push(await project.size(Math.floor((clients + index) / way.stacks), 1).init());
  }
  return all;
}

/**
 * @param {Life} life
 * @param {Look} look
 * @param {readonly Project[]} projects
 */
async function ready({ workplace, way, compileCache }, look, projects) {
  if (look.drift === true) {
    const drift = [process.execPath, workplace.compiled("cli", "bin.js"), "drift", "--stack", "bench1"];
    return { command: drift, environment: {} };
  }
  const environment = look.compileCache === true ? { NODE_COMPILE_CACHE: compileCache } : {};
  const unasked = look.step === "preview" ? [] : ["--skip-preview", "--yes"];
  const flags = [...unasked, ...(look.flags ?? []), "--parallel", `${way.parallel}`];
  const command = ["pulumi", look.step, "--expect-no-changes", "--non-interactive", ...flags];
  if (look.compileCache === true && fs.readdirSync(compileCache).length === 0)
    for (const project of projects) await project.runWith(environment, ...command);
  return { command, environment };
}

/** @param {readonly number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);
