/**
 * The time of a history, in which the service lives as well as the provider. It passes only while somebody sleeps and
 * nobody works: whoever wakes first goes on first, and a wait takes no real time.
 */
export class Clock {
  #now = Date.now();
  #working = 0;
  #sleepers: Sleeper[] = [];

  readonly now = (): number => this.#now;

  /** Lets time pass while nothing else is under way. */
  pass(ms: number): void {
    this.#now += ms;
  }

  /** Time stands still until this work is done. */
  async during<T>(work: () => Promise<T>): Promise<T> {
    this.#working++;
    try {
      return await work();
    } finally {
      this.#working--;
      this.#wakeWhenIdle();
    }
  }

  readonly sleep = (ms: number): Promise<void> =>
    new Promise((wake) => {
      this.#sleepers.push({ until: this.#now + ms, wake });
      this.#wakeWhenIdle();
    });

  /** What goes on without waiting has its turn before anybody is woken. */
  #wakeWhenIdle(): void {
    setImmediate(() => {
      const first = this.#sleepers.reduce<Sleeper | undefined>(
        (earliest, sleeper) =>
          earliest !== undefined && earliest.until <= sleeper.until ? earliest : sleeper,
        undefined,
      );
      if (this.#working > 0 || first === undefined) return;
      this.#sleepers = this.#sleepers.filter((sleeper) => sleeper !== first);
      this.#now = Math.max(this.#now, first.until);
      first.wake();
      if (this.#sleepers.length > 0) this.#wakeWhenIdle();
    });
  }
}

interface Sleeper {
  readonly until: number;
  readonly wake: () => void;
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
