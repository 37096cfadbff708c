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
