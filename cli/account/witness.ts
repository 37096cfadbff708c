import type { Transport, WireAnswer, WireRequest, WireResult } from "../../provider/cloud/transport";

/** One request as it went over the wire, by our own clock. */
export interface Sighting {
  readonly request: WireRequest;
  readonly result: WireResult;
  readonly sentAt: number;
  readonly receivedAt: number;
}

/** A transport that remembers what it saw: statuses and headers say what the parsed answers leave out. */
export class Witness {
  readonly #seen: Sighting[] = [];

  constructor(
    private readonly transport: Pick<Transport, "send">,
    private readonly clock: () => number,
    /** Bodies too: a list of thousands is not kept for who only looks at headers. */
    private readonly keeps: "everything" | "headers" = "everything",
  ) {}

  async send(request: WireRequest, timeoutMs: number): Promise<WireResult> {
    const sentAt = this.clock();
    const result = await this.transport.send(request, timeoutMs);
    const isShort = this.keeps === "headers" && result.kind === "answer";
    const kept = isShort ? { ...result, text: "" } : result;
    this.#seen.push({ request, result: kept, sentAt, receivedAt: this.clock() });
    return result;
  }

  get seen(): readonly Sighting[] {
    return this.#seen;
  }

  /** Whether anything has answered at all. */
  get reached(): boolean {
    return this.#seen.some(({ result }) => result.kind === "answer");
  }

  /** The answer to the last request of this kind to the API, from a place in the record on. */
  answerTo(method: WireRequest["method"], from: number): WireAnswer | undefined {
    const last = this.#seen
      .slice(from)
      .findLast(({ request }) => request.method === method && request.url.pathname.includes("/api/"));
    return last?.result.kind === "answer" ? last.result : undefined;
  }

  get last(): Sighting | undefined {
    return this.#seen.at(-1);
  }

  /** The last answer that came, if the last request had one. */
  get lastAnswer(): WireAnswer | undefined {
    const result = this.last?.result;
    return result?.kind === "answer" ? result : undefined;
  }
}

/** How many milliseconds our clock is ahead of the server's; undefined where the server does not say what time it is. */
export function clockAhead(seen: readonly Sighting[]): number | undefined {
  // A cache's answer is as old as the cache makes it; the token's never comes from one.
  const dated = seen.filter((sighting) => serverTime(sighting) !== undefined);
  const best = dated.find(({ request }) => request.method === "POST") ?? dated.at(-1);
  const theirs = best && serverTime(best);
  if (best === undefined || theirs === undefined) return undefined;
  // The header has whole seconds, cut off: half of one is the best guess.
  return (best.sentAt + best.receivedAt) / 2 - (theirs + 500);
}

function serverTime({ result }: Sighting): number | undefined {
  if (result.kind !== "answer" || result.headers["age"] !== undefined) return undefined;
  const time = Date.parse(result.headers["date"] ?? "");
  return Number.isNaN(time) ? undefined : time;
}
