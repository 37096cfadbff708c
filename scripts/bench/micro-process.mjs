// node micro-process.mjs FOLDER-OF-DIST KIND MILLISECONDS: prints as JSON what whitelists of KIND cost, in milliseconds.
import { createRequire } from "node:module";
import * as path from "node:path";
import { median } from "./figures.mjs";

const [dist = "", kind = "addresses", patience = "100"] = process.argv.slice(2);
const load = createRequire(path.join(dist, "index.js"));

/** @typedef {import("../../dist/provider/hosts/dynamic.js")} Runtime */
/** @typedef {import("../../dist/provider/whitelist/index.js")} Whitelist */

/** @type {Runtime} */
const { provider } = load("./provider/hosts/dynamic.js");
/** @type {Whitelist} */
const { readAddresses, readOrigins } = load("./provider/whitelist/index.js");

const SIZES = [10, 100, 1_000, 10_000];

/**
 * Entries of different forms, none of which covers another.
 *
 * @param {number} count
 * @param {number} from
 */
function entries(count, from) {
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

const property = kind === "origins" ? "allowedOrigins" : "allowedIpAddresses";
const type = kind === "origins" ? "JavaScript" : "NativeConfidential";

/**
 * What an update of every second entry goes through: check of the new inputs, and diff.
 *
 * @param {number} count
 */
function pair(count) {
  const olds = { name: "bench", type, active: true, deletionPolicy: "delete", [property]: entries(count, 0) };
  const news = { ...olds, [property]: entries(count, 1) };
  const id = `00000000-0000-4000-8000-${String(count).padStart(12, "0")}`;
  return async () => {
    const { inputs } = await provider.check(olds, news);
    await provider.diff(id, { ...olds, clientId: "key", effectiveRoles: [] }, inputs);
  };
}

/** @param {() => unknown} work */
async function timed(work) {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** @param {() => unknown} work */
async function warm(work) {
  const until = performance.now() + Number(patience);
  const times = [];
  while (times.length < 3 || performance.now() < until) times.push(await timed(work));
  return median(times.slice(Math.floor(times.length / 2)));
}

const first = await timed(pair(1_000));
/** @type {Record<string, number>} */
const checkAndDiff = {};
/** @type {Record<string, number>} */
const reading = {};
for (const size of SIZES) {
  const list = entries(size, 0);
  checkAndDiff[size] = await warm(pair(size));
  reading[size] = await warm(() => (kind === "origins" ? readOrigins(list) : readAddresses(list)));
}
console.log(JSON.stringify({ first, checkAndDiff, reading }));
