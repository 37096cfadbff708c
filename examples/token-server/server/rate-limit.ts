interface Bucket {
  readonly left: number;
  readonly at: number;
}

const MOST_CALLERS = 10_000;

/** So many requests a minute for each caller, in one burst or spread; remembers the newest callers only. */
export class RateLimit {
  readonly #perMinute: number;
  readonly #now: () => number;
  readonly #most: number;
  /** In the order of the last request, so that the first is the one to forget. */
  readonly #buckets = new Map<string, Bucket>();

  constructor(perMinute: number, now: () => number, most = MOST_CALLERS) {
    this.#perMinute = perMinute;
    this.#now = now;
    this.#most = most;
  }

  get callers(): number {
    return this.#buckets.size;
  }

  /** 0 if the caller may go on, else the milliseconds until it may. */
  take(caller: string): number {
    const at = this.#now();
    const known = this.#buckets.get(caller);
    const perMs = this.#perMinute / 60_000;
    const full = this.#perMinute;
    const left = known === undefined ? full : Math.min(full, known.left + (at - known.at) * perMs);
    const allowed = left >= 1;
    this.#buckets.delete(caller);
    this.#buckets.set(caller, { left: allowed ? left - 1 : left, at });
    this.#forget();
    return allowed ? 0 : (1 - left) / perMs;
  }

  #forget(): void {
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > this.#most && oldest !== undefined) this.#buckets.delete(oldest);
  }
}
