import { pathPattern } from "./pattern";

/** What goes wrong. The kinds that change a reply default to `when: "after"`, all others to "before". */
export type FaultEffect =
  /** The connection ends without an answer. */
  | { readonly kind: "drop" }
  /** The connection is reset (RST); with `tls` it ends as with drop. */
  | { readonly kind: "reset" }
  /** Another status, as JSON envelope, as a proxy's HTML page, or empty. */
  | {
      readonly kind: "status";
      readonly status: number;
      /** Seconds, or any text: an HTTP date, or rubbish. */
      readonly retryAfter?: number | string;
      /** @default "json" */
      readonly body?: "json" | "html" | "empty";
      readonly message?: string;
    }
  /** Half of the body, then the connection ends or is reset; "clean": half of the JSON in a whole HTTP answer. */
  | { readonly kind: "truncate"; readonly ending?: "drop" | "reset" | "clean" }
  /** HTTP 200 and JSON by its content type, but no JSON. */
  | { readonly kind: "garbage" }
  /** HTTP 200 with an empty body. */
  | { readonly kind: "empty" }
  /** HTTP 200 with a proxy's HTML page. */
  | { readonly kind: "html" }
  /** The true body under another content type. */
  | { readonly kind: "content-type"; readonly contentType: string }
  /** The true body after a byte order mark. */
  | { readonly kind: "bom" }
  /** HTTP 200 with `status: "error"`. */
  | { readonly kind: "error-envelope"; readonly message?: string }
  /** Silence until the caller gives up. */
  | { readonly kind: "stall-headers" }
  /** Headers and half of the body, then silence. */
  | { readonly kind: "stall-body" }
  /** The true body one byte at a time. */
  | { readonly kind: "trickle"; readonly ms?: number }
  /** The true answer, later. */
  | { readonly kind: "delay"; readonly ms: number }
  /** The true answer, when the test says so: `fault.release()`. */
  | { readonly kind: "hold" }
  | { readonly kind: "redirect"; readonly location: string; readonly status?: number }
  /** A valid answer of so many bytes. */
  | { readonly kind: "oversized"; readonly bytes: number }
  /** Bytes that are no HTTP. */
  | { readonly kind: "garbage-http" }
  /** The true answer with a header of so many bytes. */
  | { readonly kind: "huge-header"; readonly bytes?: number }
  /** The true answer with another client of the account in it, by GUID or name. */
  | { readonly kind: "other-client"; readonly client: string }
  /** The true answer with one field of one client (by GUID or name) left out, or of another value. */
  | {
      readonly kind: "broken-client";
      readonly client: string;
      /** @default "id" */
      readonly field?: string;
      /** @default left out */
      readonly value?: unknown;
    }
  /** Any answer. */
  | {
      readonly kind: "reply";
      readonly status?: number;
      readonly headers?: Readonly<Record<string, string>>;
      readonly text?: string;
    };

export interface FaultScope {
  /** Only requests with this method. */
  readonly method?: string;
  /** Only this path; `*` is one segment, `**` anything. */
  readonly path?: string;
  /** At most so many times; otherwise until it is removed. */
  readonly times?: number;
  /** Only the k-th matching request, counted from 1, or several of them. */
  readonly at?: number | readonly number[];
  /** Only with this probability, 0 to 1, drawn from `seed`. */
  readonly probability?: number;
  /** @default 1 */
  readonly seed?: number;
  /** Before the service sees the request, or after it has done what was asked. */
  readonly when?: "before" | "after";
}

export type FaultRule = FaultEffect & FaultScope;

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
  readonly when: "before" | "after";
  readonly #pattern: RegExp | undefined;
  readonly #random: () => number;
  #waiting: (() => void)[] = [];
  #held: (() => void)[] = [];

  constructor(
    readonly id: string,
    readonly rule: FaultRule,
    readonly remove: () => void,
  ) {
    this.when = rule.when ?? (changesReply.includes(rule.kind) ? "after" : "before");
    this.#pattern = rule.path === undefined ? undefined : pathPattern(rule.path);
    this.#random = randomFrom(rule.seed ?? 1);
  }

  /** Whether the request is in scope; counts it. */
  covers(method: string, path: string): boolean {
    if (this.rule.method !== undefined && this.rule.method.toUpperCase() !== method) return false;
    if (this.#pattern?.test(path) === false) return false;
    this.matched += 1;
    return true;
  }

  /** Whether it hits the request that was just counted. */
  hits(): boolean {
    const { times, at, probability } = this.rule;
    if (times !== undefined && this.fired >= times) return false;
    if (at !== undefined && ![at].flat().includes(this.matched)) return false;
    return probability === undefined || this.#random() < probability;
  }

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

  /** Resolves when released. */
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

  take(method: string, path: string): Fault | undefined {
    const covering = [...this.#active.values()].filter((fault) => fault.covers(method, path));
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
