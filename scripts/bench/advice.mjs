import * as fs from "node:fs";
import { ways } from "./advice-ways.mjs";
import { OURS } from "./programs.mjs";
import { Project } from "./project.mjs";

/** @typedef {import("./advice-ways.mjs").Way} Way */
/** @typedef {import("./advice-ways.mjs").Look} Look */
/** @typedef {import("./measure.mjs").Cost} Cost */

/**
 * What each piece of advice for large stacks is worth: stacks of the same clients, kept in ways that take turns.
 *
 * @param {import("./part.mjs").Bench} bench
 */
export async function advice(bench) {
  const { options, workplace, cloud, say } = bench;
  const all = ways(options);
  const compileCache = workplace.folder("compile-cache");
  for (let run = 0; run < options.runs; run++) {
    const forwards = run % 2 === 0;
    for (const way of forwards ? all : all.toReversed()) {
      say(
        `advice: ${options.large} clients, run ${run + 1} of ${options.runs}: ${way.name}, ${way.latency} ms`,
      );
      await cloud.latency(way.latency);
      await live(bench, way, forwards ? way.looks : way.looks.toReversed(), compileCache);
    }
  }
  await cloud.latency(0);
}

/**
 * @param {import("./part.mjs").Bench} bench
 * @param {Way} way
 * @param {readonly Look[]} looks
 * @param {string} compileCache
 */
async function live({ options, workplace, cloud, figures }, way, looks, compileCache) {
  const clients = options.large;
  const { environment } = await cloud.account();
  const env = { ...environment, ...way.environment };
  const projects = spread(clients, way.stacks).map((size, index) => {
    // What the stack is called goes into the clients' names, which must differ in one account.
    const how = { stack: `bench${index + 1}` };
    return new Project(workplace.folder("advice"), { "index.js": OURS }, env, how).size(size, 1);
  });
  /** @type {(subject: string, step: string, work: (project: Project) => Promise<Cost>) => Promise<void>} */
  const taken = async (subject, step, work) => {
    const key = { part: "advice", step, subject, clients, latency: way.latency };
    await cloud.clear();
    const costs = [];
    for (const project of projects) costs.push(await work(project));
    figures.add({ ...key, metric: "wall", unit: "s" }, sum(costs.map(({ wall }) => wall)));
    figures.add({ ...key, metric: "cpu", unit: "s" }, sum(costs.map(({ cpu }) => cpu)));
    figures.add({ ...key, metric: "requests", unit: "" }, (await cloud.requests()).total);
  };
  const parallel = ["--parallel", `${way.parallel}`];
  const unasked = ["--skip-preview", "--yes", ...parallel];
  const drift = [process.execPath, workplace.compiled("cli", "bin.js"), "drift", "--stack", "bench1"];

  for (const project of projects) await project.init();
  await taken(way.name, "up", (project) => project.pulumi("up", ...unasked));
  const state = { part: "advice", step: "state", subject: way.name, clients, latency: way.latency };
  figures.add(
    { ...state, metric: "state files", unit: "bytes" },
    sum(projects.map((project) => project.stateBytes())),
  );
  for (const { step, instead, flags = [], drift: byDrift, compileCache: cached } of looks) {
    const command = [step, "--expect-no-changes", ...(step === "preview" ? parallel : unasked), ...flags];
    const extra = cached === true ? { NODE_COMPILE_CACHE: compileCache } : {};
    if (cached === true && fs.readdirSync(compileCache).length === 0)
      for (const project of projects) await project.pulumiWith(extra, "preview", ...parallel);
    await taken(instead ?? way.name, step, (project) =>
      byDrift === true ? project.run(...drift) : project.pulumiWith(extra, ...command),
    );
  }
  await taken(way.name, "destroy", (project) => project.pulumi("destroy", ...unasked));
  for (const project of projects) project.remove();
}

/**
 * @param {number} clients
 * @param {number} stacks
 */
const spread = (clients, stacks) =>
  Array.from({ length: stacks }, (_, index) => Math.floor((clients + index) / stacks)).filter(
    (size) => size > 0,
  );

/** @param {readonly number[]} values */
const sum = (values) => values.reduce((total, value) => total + value, 0);
