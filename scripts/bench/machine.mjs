import { createHash } from "node:crypto";
import * as fs from "node:fs";
import * as os from "node:os";
import { median } from "./figures.mjs";

const SAMPLES = 9;
/** How much slower, or how much less even, the same work may become on a machine that is called quiet. */
const TOLERANCE = 1.1;
/** How much of one processor others may use. */
const OTHERS = 0.1;

/** The same work every time: milliseconds for each turn. */
function calibrate() {
  const data = Buffer.alloc(1 << 20, 7);
  const turn = () => {
    const started = performance.now();
    for (let count = 0; count < 20; count++) createHash("sha256").update(data).digest();
    return performance.now() - started;
  };
  turn();
  return Array.from({ length: SAMPLES }, turn);
}

/** Seconds that all processors have worked since the machine was started; Linux only. */
function busySeconds() {
  if (!fs.existsSync("/proc/stat")) return undefined;
  const [, user = 0, nice = 0, system = 0, , , interrupt = 0, softInterrupt = 0] = fs
    .readFileSync("/proc/stat", "utf8")
    .split(/\s+/, 9)
    .map(Number);
  return (user + nice + system + interrupt + softInterrupt) / 100;
}

/** Seconds that this process has worked, with all children that have ended, and one that has not. */
function ownSeconds(/** @type {number | undefined} */ living) {
  if (!fs.existsSync("/proc/self/stat")) return undefined;
  const of = (/** @type {string} */ file) =>
    fs.existsSync(file)
      ? (fs.readFileSync(file, "utf8").split(") ").at(-1) ?? "").split(" ").slice(11, 15).map(Number)
      : [];
  const sum = [...of("/proc/self/stat"), ...of(`/proc/${living}/stat`)].reduce(
    (all, ticks) => all + ticks,
    0,
  );
  return sum / 100;
}

/**
 * Whether this machine has done nothing else meanwhile: measured before and after, and by what all processors did.
 *
 * @typedef {object} Machine
 * @property {string} cpu
 * @property {number} processors
 * @property {number} memoryGb
 * @property {string} system
 * @property {string} node
 * @property {number} loadBefore
 * @property {number} calibrationBefore milliseconds, median
 * @property {number} calibrationAfter
 * @property {number | null} othersShare of one processor, on average; null where it cannot be told
 * @property {boolean} quiet
 * @property {string[]} noise what was heard
 */

export class QuietCheck {
  #load = os.loadavg()[0] ?? 0;
  #before = calibrate();
  #started = performance.now();
  #busy = busySeconds();
  #own = ownSeconds(undefined);

  /** What speaks against measuring now. */
  get warnings() {
    const load = `the load average is ${this.#load.toFixed(1)}`;
    return [...(this.#load > 0.5 ? [load] : []), ...unevenness("before", this.#before)];
  }

  /**
   * @param {number | undefined} living a child that has not ended yet
   * @returns {Machine}
   */
  end(living) {
    const seconds = (performance.now() - this.#started) / 1000;
    const [busy, own] = [busySeconds(), ownSeconds(living)];
    const others =
      busy === undefined || own === undefined || this.#busy === undefined || this.#own === undefined
        ? null
        : Math.max(0, busy - this.#busy - (own - this.#own)) / seconds;
    const after = calibrate();
    const [then, now] = [median(this.#before), median(after)];
    const ratio = Math.max(then / now, now / then);
    const noise = [
      ...this.warnings,
      ...unevenness("after", after),
      ...(ratio > TOLERANCE
        ? [`the same work took ${then.toFixed(1)} ms before and ${now.toFixed(1)} ms after`]
        : []),
      ...(others !== null && others > OTHERS
        ? [`other programs used ${Math.round(others * 100)} % of a processor meanwhile`]
        : []),
    ];
    return {
      cpu: os.cpus()[0]?.model ?? "unknown",
      processors: os.availableParallelism(),
      memoryGb: Math.round(os.totalmem() / 2 ** 30),
      system: `${os.platform()} ${os.release()}`,
      node: process.version,
      loadBefore: this.#load,
      calibrationBefore: then,
      calibrationAfter: now,
      othersShare: others,
      quiet: noise.length === 0,
      noise,
    };
  }
}

/**
 * @param {string} when
 * @param {number[]} samples
 */
function unevenness(when, samples) {
  // One turn may be unlucky on the quietest machine.
  const sorted = [...samples].sort((left, right) => left - right);
  const spread = (sorted.at(-2) ?? 1) / (sorted[0] ?? 1);
  return spread > TOLERANCE ? [`the same work took up to ${spread.toFixed(2)} times as long (${when})`] : [];
}
