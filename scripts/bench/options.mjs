import { parseArgs } from "node:util";

/** Everything that can be measured, in the order in which it is. */
export const PARTS = /** @type {const} */ (["micro", "start", "drift", "engine"]);

/** @typedef {(typeof PARTS)[number]} Part */

export const usage = `Measures this provider against floors that were measured in the same run on the same machine.

Usage: npm run bench [-- OPTION…]

  --only PART,…    measure these parts only (default: all)
  --quick          everything small, once: under 3 minutes
  --runs K         how often each is measured; medians are printed (default 5)
  --sizes N,…      clients of a stack in the part engine (default 1,10,100)
  --accounts N,…   clients of an account in the part drift (default 100,1000,10000)
  --latency MS,…   what every request takes at the emulator in the part engine (default 0,50)
  --parallel P     the engine's --parallel, and the concurrency of the wire floor (default 8)
  --ordinary       measure a dynamic resource that does nothing, written as Pulumi's guide writes them, too
  --same-state     measure a provider that does nothing and leaves as much in state as ours does, too
  --native         measure our native plugin, and one that does nothing, too; "node scripts/bench/native/build.mjs"
                   builds that before
  --peer COMMAND   measure another tool beside ours in the part engine; see below
  --json FILE      write everything that was measured
  --help           print this

Parts
  micro    check and diff of a client with a long whitelist; reading of whitelist entries
  start    what loading this package and each dependency adds to loading @pulumi/pulumi
  drift    thinkgeo drift and thinkgeo export on accounts of many sizes
  engine   up, no-op preview, refresh, drift, update of all and destroy of N clients, beside
           the engine floor:     the same program with a dynamic resource whose methods do nothing
           the wire floor:       the same requests by undici alone, with the same concurrency
           the ordinary floor:   with --ordinary, the engine floor with the provider's text in state,
                                 as Pulumi's SDK puts it there unless one takes care
           the same-state floor: with --same-state, the engine floor with outputs as large as ours
           the native floor:     with --native, the engine floor by a plugin in Go instead of a dynamic provider
           the YAML floor:       the same from a YAML program
           With --native also ours by the native plugin, from JavaScript and from YAML.

--peer COMMAND is run by bash once for each of the steps up, noop, drift, update and destroy, in a folder of its own for
each life, with: BENCH_STEP, BENCH_CLIENTS (N), BENCH_VERSION (1; 2 when everything is to be updated), BENCH_PARALLEL,
THINKGEO_API_URL, THINKGEO_TOKEN_URL, THINKGEO_CLIENT_ID and THINKGEO_CLIENT_SECRET. It must end with 0.
contributing/benchmarks.md says what its clients must look like.

The table goes to stdout, progress to stderr. Nothing here passes or fails. A machine that does something else at the same
time is said to be busy, and then the figures mean nothing.
`;

/** A mistake on the command line. */
export class UsageError extends Error {}

/**
 * @typedef {object} Options
 * @property {readonly Part[]} parts
 * @property {boolean} quick
 * @property {number} runs
 * @property {readonly number[]} sizes
 * @property {readonly number[]} accounts
 * @property {readonly number[]} latencies
 * @property {number} parallel
 * @property {boolean} ordinary
 * @property {boolean} sameState
 * @property {boolean} native
 * @property {string | undefined} peer
 * @property {string | undefined} json
 */

const text = /** @type {const} */ ({ type: "string" });
const flag = /** @type {const} */ ({ type: "boolean", default: false });

/**
 * @param {string[]} args
 * @returns {Options | undefined} nothing where help is asked for
 */
export function readOptions(args) {
  const values = parsed(args);
  if (values.help) return undefined;
  const { quick, ordinary, native, peer, json } = values;
  return {
    parts: values.only === undefined ? PARTS : readParts(values.only),
    quick,
    runs: readNumbers("--runs", values.runs ?? (quick ? "1" : "5"), 1)[0] ?? 1,
    sizes: readNumbers("--sizes", values.sizes ?? (quick ? "10" : "1,10,100"), 1),
    accounts: readNumbers("--accounts", values.accounts ?? (quick ? "100,1000" : "100,1000,10000"), 10),
    latencies: readNumbers("--latency", values.latency ?? "0,50", 0),
    parallel: readNumbers("--parallel", values.parallel ?? "8", 1)[0] ?? 8,
    ordinary,
    sameState: values["same-state"],
    native,
    peer,
    json,
  };
}

/** @param {string[]} args */
function parsed(args) {
  const options = {
    ...{ only: text, runs: text, sizes: text, accounts: text, latency: text, parallel: text },
    ...{ peer: text, json: text },
    ...{ quick: flag, ordinary: flag, "same-state": flag, native: flag, help: flag },
  };
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    const reason = error instanceof Error ? error.message.split(/\. |\n/)[0] : String(error);
    throw new UsageError(`${reason}: "npm run bench -- --help" lists the options.`);
  }
}

/**
 * @param {string} list
 * @returns {Part[]}
 */
function readParts(list) {
  const names = list.split(",");
  const unknown = names.find((name) => !PARTS.some((part) => part === name));
  if (unknown === undefined) return PARTS.filter((part) => names.includes(part));
  throw new UsageError(`--only does not know "${unknown}": the parts are ${PARTS.join(", ")}.`);
}

/**
 * @param {string} option
 * @param {string} list
 * @param {number} least
 */
function readNumbers(option, list, least) {
  return list.split(",").map((part) => {
    const number = /^\d{1,6}$/.test(part.trim()) ? Number(part) : NaN;
    if (number >= least) return number;
    throw new UsageError(`${option} takes whole numbers from ${least}, not "${part}".`);
  });
}
