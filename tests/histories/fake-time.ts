import type { Time } from "../../provider/cloud/time";

/** Time that passes only while somebody sleeps; two who sleep at the same time sleep it away together. */
export class FakeTime implements Time {
  #now = 0;

  constructor(readonly random: () => number) {}

  readonly monotonic = (): number => this.#now;

  readonly wall = (): number => Date.now();

  readonly sleep = async (ms: number): Promise<void> => {
    const end = this.#now + ms;
    // What is on the wire goes on meanwhile.
    await new Promise((resolve) => setImmediate(resolve));
    this.#now = Math.max(this.#now, end);
  };
}

/** The generator mulberry32: small, and the same everywhere for the same seed. */
export function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
