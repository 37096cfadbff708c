/**
 * What one figure is about. `subject` is whose it is: "ours", "engine floor", "ordinary floor", "same-state floor",
 * "native floor", "wire floor", "peer", or what is compared.
 *
 * @typedef {object} Key
 * @property {string} part
 * @property {string} step
 * @property {string} subject
 * @property {string} metric
 * @property {string} unit
 * @property {number} [clients]
 * @property {number} [latency]
 */

/** @typedef {Key & { values: number[], median: number, min: number, max: number, mad: number }} Figure */

/** @param {readonly number[]} values */
export function median(values) {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted.length / 2;
  const upper = sorted[Math.floor(middle)] ?? NaN;
  return Number.isInteger(middle) ? ((sorted[middle - 1] ?? NaN) + upper) / 2 : upper;
}

/** Every value that was measured, by what it is about. */
export class Figures {
  /** @type {Map<string, { key: Key, values: number[] }>} */
  #all = new Map();

  /**
   * @param {Key} key
   * @param {number | undefined} value nothing where it cannot be had on this machine
   */
  add(key, value) {
    if (value === undefined) return;
    const name = nameOf(key);
    const known = this.#all.get(name);
    if (known === undefined) this.#all.set(name, { key, values: [value] });
    else known.values.push(value);
  }

  /**
   * @param {Omit<Key, "unit">} key
   * @returns {Figure | undefined}
   */
  get(key) {
    const found = this.#all.get(nameOf(key));
    return found === undefined ? undefined : figureOf(found);
  }

  /**
   * @param {Partial<Key>} filter
   * @returns {Figure[]}
   */
  list(filter = {}) {
    const wanted = Object.entries(filter);
    return [...this.#all.values()]
      .map(figureOf)
      .filter((figure) =>
        wanted.every(([name, value]) => Object.entries(figure).some(([n, v]) => n === name && v === value)),
      );
  }
}

/** @param {Omit<Key, "unit">} key */
const nameOf = ({ part, step, subject, metric, clients, latency }) =>
  JSON.stringify([part, step, subject, metric, clients, latency]);

/**
 * @param {{ key: Key, values: number[] }} measured
 * @returns {Figure}
 */
function figureOf({ key, values }) {
  const middle = median(values);
  return {
    ...key,
    values,
    median: middle,
    min: Math.min(...values),
    max: Math.max(...values),
    mad: median(values.map((value) => Math.abs(value - middle))),
  };
}
