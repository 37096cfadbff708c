import type { Time } from "../../provider/cloud/time";

/** Time that passes only when a test or a wait says so. */
export class FakeTime implements Time {
  /** Every wait that was asked for, in milliseconds. */
  readonly waits: number[] = [];
  now = 0;
  chance = 0.5;

  readonly monotonic = (): number => this.now;
  readonly wall = (): number => Date.UTC(2026, 0, 1) + this.now;
  readonly random = (): number => this.chance;
  sleep = (ms: number): Promise<void> => {
    this.waits.push(ms);
    this.now += ms;
    return new Promise((resolve) => setImmediate(resolve));
  };
}
