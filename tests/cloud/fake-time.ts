import type { Time } from "../../provider/cloud/time";

/** Time that passes only when a test or a wait says so. */
export class FakeTime implements Time {
  /** Every wait that was asked for, in milliseconds. */
  readonly waits: number[] = [];
  now = 0;
  chance = 0.5;

  constructor(
    /** Is told what passes, for others who live in the same time. */
    private readonly pass: (ms: number) => void = () => undefined,
    /** What a wait takes in real time: other work, such as requests under way, gets so much of a turn. */
    private readonly realMs = 0,
  ) {}

  monotonic = (): number => this.now;
  readonly wall = (): number => Date.UTC(2026, 0, 1) + this.now;
  readonly random = (): number => this.chance;
  sleep = (ms: number): Promise<void> => {
    this.waits.push(ms);
    this.now += ms;
    this.pass(ms);
    return new Promise((resolve) => {
      if (this.realMs === 0) setImmediate(resolve);
      else setTimeout(resolve, this.realMs);
    });
  };
}
