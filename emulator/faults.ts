import type { FaultEffect, FaultRule } from "./fault-rule";
import { filterOf, type ReceivedRequest } from "./request";

const changesReply: readonly FaultEffect["kind"][] = [
  ...(["truncate", "content-type", "bom", "stall-body", "trickle", "huge-header"] as const),
  ...(["other-client", "broken-client"] as const),
];

/** One rule at work. */
export class Fault {
  /** Requests in the rule's scope so far. */
  matched = 0;
  /** Requests that it has hit. */
  fired = 0;
  /** Whether it strikes before the service sees a request, or after it has done what was asked. */
  readonly when: "before" | "after";
  readonly #isInScope: ReturnType<typeof filterOf>;
  readonly #random: () => number;
  #waiting: (() => void)[] = [];
  #held: (() => void)[] = [];

  constructor(
    /** A name of its own, such as `fault-1`. */
    readonly id: string,
    /** The rule that it was set with. */
    readonly rule: FaultRule,
    /** Ends it, and lets the requests go on that it holds. */
    readonly remove: () => void,
  ) {
    this.when = rule.when ?? (changesReply.includes(rule.kind) ? "after" : "before");
    this.#isInScope = filterOf(rule);
    this.#random = randomFrom(rule.seed ?? 1);
  }

  /** Whether the request is in scope; counts it. @hidden */
  covers(request: ReceivedRequest): boolean {
    const isCovered = this.#isInScope(request);
    if (isCovered) this.matched += 1;
    return isCovered;
  }

  /** Whether it hits the request that was just counted. @hidden */
  hits(): boolean {
    const { times, at, probability } = this.rule;
    if (times !== undefined && this.fired >= times) return false;
    if (at !== undefined && ![at].flat().includes(this.matched)) return false;
    return probability === undefined || this.#random() < probability;
  }

  /** Counts a hit. @hidden */
  hit(): void {
    this.fired += 1;
    this.#waiting.splice(0).forEach((resume) => {
      resume();
    });
  }

  /** Resolves once it has hit so many requests. */
  async untilFired(times = 1): Promise<void> {
    while (this.fired < times) await new Promise<void>((resume) => this.#waiting.push(resume));
  }

  /** Lets the requests go on that kind "hold" holds now. */
  release(): void {
    this.#held.splice(0).forEach((resume) => {
      resume();
    });
  }

  /** Resolves when released. @hidden */
  held(): Promise<void> {
    return new Promise((resume) => this.#held.push(resume));
  }
}

/** The rules of an emulator, in the order in which they were set; the first that hits a request is the one. */
export class Faults {
  readonly #active = new Map<string, Fault>();
  #count = 0;

  add(rule: FaultRule): Fault {
    this.#count += 1;
    const id = `fault-${this.#count}`;
    const fault = new Fault(id, rule, () => {
      fault.release();
      this.#active.delete(id);
    });
    this.#active.set(id, fault);
    return fault;
  }

  take(request: ReceivedRequest): Fault | undefined {
    const covering = [...this.#active.values()].filter((fault) => fault.covers(request));
    const chosen = covering.find((fault) => fault.hits());
    chosen?.hit();
    return chosen;
  }

  list(): Fault[] {
    return [...this.#active.values()];
  }

  clear(): void {
    for (const fault of this.list()) fault.remove();
  }
}

/** The generator mulberry32: small, and the same everywhere for the same seed. */
function randomFrom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
