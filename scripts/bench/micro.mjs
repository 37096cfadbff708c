/**
 * What long whitelists cost. Each figure comes from a process of its own, which is this file too:
 * node micro.mjs FOLDER-OF-DIST KIND MILLISECONDS
 */
import { createRequire } from "node:module";
import * as path from "node:path";
import { fileURLToPath } from "node:url";
import { median } from "./figures.mjs";
import { jsonOf } from "./measure.mjs";

const SIZES = [10, 100, 1_000, 10_000];
const program = fileURLToPath(import.meta.url);
const credentials = { THINKGEO_CLIENT_ID: "bench", THINKGEO_CLIENT_SECRET: "bench-secret" };

/**
 * The first call of a process is what a user pays; the later ones show how the cost grows.
 *
 * @param {import("../bench.mjs").Bench} bench
 */
export async function micro({ options, workplace, figures, say }) {
  for (let run = 0; run < options.runs; run++) {
    say(`micro: run ${run + 1} of ${options.runs}`);
    for (const kind of ["addresses", "origins"]) {
      const args = [program, workplace.dist, kind, options.quick ? "50" : "300"];
      const { first, checkAndDiff, reading } = await jsonOf(args, { cwd: workplace.path, env: credentials });
      const about = { part: "micro", subject: kind };
      const step = "check and diff, 1000 entries";
      figures.add({ ...about, step, metric: "first call", unit: "ms" }, first);
      for (const [place, size] of SIZES.entries()) {
        const both = { ...about, step: `check and diff, ${size} entries` };
        figures.add({ ...both, metric: "warm", unit: "ms" }, checkAndDiff[place]);
        figures.add({ ...both, metric: "each entry", unit: "µs" }, (checkAndDiff[place] / size) * 1000);
        const read = { ...about, step: `reading, ${size} entries`, metric: "entries a second", unit: "" };
        figures.add(read, (size / reading[place]) * 1000);
      }
    }
  }
}

/**
 * Entries of different forms, none of which covers another.
 *
 * @param {string} kind
 * @param {number} count
 * @param {number} from
 */
function entries(kind, count, from) {
  return Array.from({ length: count }, (_, place) => {
    const index = place * 2 + from;
    if (kind === "origins")
      return index % 3 === 0 ? `*.app${index}.example.co.uk` : `www.app${index}.example.com`;
    const [high, low] = [(index >> 8) & 255, index & 255];
    return index % 3 === 0
      ? `10.${high}.${low}.0/25`
      : index % 3 === 1
        ? `11.${high}.${low}.*`
        : `12.1.${high}.${low}`;
  });
}

/** @param {() => unknown} work */
async function timed(work) {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/**
 * @param {() => unknown} work
 * @param {number} patience
 */
async function warm(work, patience) {
  const until = performance.now() + patience;
  const times = [];
  while (times.length < 3 || performance.now() < until) times.push(await timed(work));
  return median(times.slice(Math.floor(times.length / 2)));
}

/**
 * @param {string} dist
 * @param {string} kind
 * @param {number} patience
 */
async function measureHere(dist, kind, patience) {
  const load = createRequire(path.join(dist, "index.js"));
  /** @type {import("../../dist/provider/hosts/dynamic.js")} */
  const { provider } = load("./provider/hosts/dynamic.js");
  /** @type {import("../../dist/provider/whitelist/index.js")} */
  const { AddressList, OriginList } = load("./provider/whitelist/index.js");
  const origins = kind === "origins";
  const property = origins ? "allowedOrigins" : "allowedIpAddresses";
  const type = origins ? "JavaScript" : "NativeConfidential";
  /** What an update of every second entry goes through: check of the new inputs, and diff. */
  const update = (/** @type {number} */ count) => {
    const before = { name: "bench", type, active: true, deletionPolicy: "delete" };
    const olds = { ...before, [property]: entries(kind, count, 0) };
    const news = { ...before, [property]: entries(kind, count, 1) };
    const id = `00000000-0000-4000-8000-${String(count).padStart(12, "0")}`;
    return async () => {
      const { inputs } = await provider.check(olds, news);
      await provider.diff(id, { ...olds, clientId: "key", effectiveRoles: [] }, inputs);
    };
  };
  const first = await timed(update(1_000));
  const checkAndDiff = [];
  const reading = [];
  for (const size of SIZES) {
    const list = entries(kind, size, 0);
    checkAndDiff.push(await warm(update(size), patience));
    reading.push(
      await warm(() => (origins ? new OriginList(list).hosts : new AddressList(list).ranges), patience),
    );
  }
  return { first, checkAndDiff, reading };
}

if (process.argv[1] === program) {
  const [dist = "", kind = "addresses", patience = "100"] = process.argv.slice(2);
  console.log(JSON.stringify(await measureHere(dist, kind, Number(patience))));
}
