import { setTimeout as sleepFor } from "node:timers/promises";

/** Everything that depends on when and on chance, so that tests can say it instead of waiting for it. */
export interface Time {
  /** Milliseconds that only go forward. */
  readonly monotonic: () => number;
  /** Milliseconds since 1970, as the server's dates are written. */
  readonly wall: () => number;
  readonly sleep: (ms: number) => Promise<void>;
  /** From 0 up to, not including, 1. */
  readonly random: () => number;
}

export const realTime: Time = {
  monotonic: () => performance.now(),
  wall: () => Date.now(),
  sleep: (ms) => sleepFor(ms),
  random: () => Math.random(),
};

/** The time one provider call may take: requests and waits between them, but not waiting for its turn. */
export class Budget {
  #left: number;

  constructor(
    readonly total: number,
    private readonly time: Time,
  ) {
    this.#left = total;
  }

  get left(): number {
    return Math.max(0, this.#left);
  }

  async spend<T>(work: () => Promise<T>): Promise<T> {
    const start = this.time.monotonic();
    try {
      return await work();
    } finally {
      this.#left -= this.time.monotonic() - start;
    }
  }
}
