import type { Clock } from "../../../examples/token-server/server/clock";

interface Timer {
  readonly at: number;
  readonly work: () => void;
}

/** Time that passes only when a test says so. */
export class FakeClock implements Clock {
  chance = 0.5;
  #now = 0;
  #timers: readonly Timer[] = [];

  readonly now = (): number => this.#now;
  readonly wall = (): number => Date.UTC(2026, 0, 1) + this.#now;
  readonly random = (): number => this.chance;
  readonly schedule = (ms: number, work: () => void): (() => void) => {
    const timer = { at: this.#now + ms, work };
    this.#timers = [...this.#timers, timer];
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  /** In how many milliseconds each timer is due, the next one first. */
  get due(): number[] {
    return this.#timers.map(({ at }) => at - this.#now).sort((a, b) => a - b);
  }

  /** Lets time pass, and does what is due by then. */
  advance(ms: number): void {
    this.#now += ms;
    const due = this.#timers.filter(({ at }) => at <= this.#now);
    this.#timers = this.#timers.filter(({ at }) => at > this.#now);
    for (const { work } of due) work();
  }
}
