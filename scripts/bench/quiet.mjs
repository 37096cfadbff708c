import * as fs from "node:fs";
import * as os from "node:os";

/** The load average from which a machine is not called quiet. */
const LOAD = 0.5;
/** How much of one processor others may use. */
const OTHERS = 0.1;

/**
 * Whether this machine has done nothing else meanwhile.
 *
 * @typedef {object} Machine
 * @property {string} cpu
 * @property {number} processors
 * @property {number} memoryGb
 * @property {string} system
 * @property {string} node
 * @property {number} loadBefore
 * @property {number | null} othersShare of one processor, on average; null where it cannot be told
 * @property {boolean} quiet
 * @property {string[]} noise what was heard
 */

export class QuietCheck {
  #load = os.loadavg()[0] ?? 0;
  #started = performance.now();
  #others = othersSeconds();

  /** What speaks against measuring now. */
  get warnings() {
    return this.#load > LOAD ? [`the load average is ${this.#load.toFixed(1)}`] : [];
  }

  /** @returns {Machine} */
  end() {
    const seconds = (performance.now() - this.#started) / 1000;
    const others = othersSeconds();
    const share =
      others === null || this.#others === null ? null : Math.max(0, others - this.#others) / seconds;
    const busy = `other programs used ${Math.round((share ?? 0) * 100)} % of a processor meanwhile`;
    const noise = [...this.warnings, ...(share !== null && share > OTHERS ? [busy] : [])];
    return {
      cpu: os.cpus()[0]?.model ?? "unknown",
      processors: os.availableParallelism(),
      memoryGb: Math.round(os.totalmem() / 2 ** 30),
      system: `${os.platform()} ${os.release()}`,
      node: process.version,
      loadBefore: this.#load,
      othersShare: share,
      quiet: noise.length === 0,
      noise,
    };
  }
}

/**
 * Seconds that the processors have worked for others than this process and its ended children, since the machine was
 * started. What another virtual machine took of them counts too. Linux only.
 */
function othersSeconds() {
  if (!fs.existsSync("/proc/stat")) return null;
  const [, user = 0, nice = 0, system = 0, , , interrupt = 0, softInterrupt = 0, stolen = 0] = fs
    .readFileSync("/proc/stat", "utf8")
    .split(/\s+/, 9)
    .map(Number);
  const own = (fs.readFileSync("/proc/self/stat", "utf8").split(") ").at(-1) ?? "")
    .split(" ")
    .slice(11, 15)
    .reduce((sum, ticks) => sum + Number(ticks), 0);
  return (user + nice + system + interrupt + softInterrupt + stolen - own) / 100;
}
