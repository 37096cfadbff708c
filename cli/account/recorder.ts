import type { Transport, WireAnswer, WireRequest, WireResult } from "../../provider/cloud/transport";

/** One request and its response, with the times by this machine's clock. */
interface RecordedRequest {
  readonly request: WireRequest;
  readonly result: WireResult;
  readonly sentAt: number;
  readonly receivedAt: number;
}

/** A transport that records requests and responses: statuses and headers are not in the parsed answers. */
export class Recorder {
  readonly #requests: RecordedRequest[] = [];

  constructor(
    private readonly transport: Pick<Transport, "send">,
    private readonly clock: () => number,
    /** Whether bodies of responses are kept. A list of thousands of clients takes memory. */
    private readonly keeps: "everything" | "headers" = "everything",
  ) {}

  async send(request: WireRequest, timeoutMs: number): Promise<WireResult> {
    const sentAt = this.clock();
    const result = await this.transport.send(request, timeoutMs);
    const isShort = this.keeps === "headers" && result.kind === "answer";
    const kept = isShort ? { ...result, text: "" } : result;
    this.#requests.push({ request, result: kept, sentAt, receivedAt: this.clock() });
    return result;
  }

  get requests(): readonly RecordedRequest[] {
    return this.#requests;
  }

  /** Whether any request got a response. */
  get reached(): boolean {
    return this.#requests.some(({ result }) => result.kind === "answer");
  }

  /** The response to the last API request with this method, among those from index `from` on. */
  answerTo(method: WireRequest["method"], from: number): WireAnswer | undefined {
    const last = this.#requests
      .slice(from)
      .findLast(({ request }) => request.method === method && request.url.pathname.includes("/api/"));
    return last?.result.kind === "answer" ? last.result : undefined;
  }

  get last(): RecordedRequest | undefined {
    return this.#requests.at(-1);
  }

  /** The response to the last request, if it got one. */
  get lastAnswer(): WireAnswer | undefined {
    const result = this.last?.result;
    return result?.kind === "answer" ? result : undefined;
  }
}

/** By how many milliseconds this machine's clock is ahead of the server's; undefined if no response has a usable Date header. */
export function clockSkew(requests: readonly RecordedRequest[]): number | undefined {
  // A response to a POST, such as the token's, never comes from a cache.
  const dated = requests.filter((request) => serverTime(request) !== undefined);
  const best = dated.find(({ request }) => request.method === "POST") ?? dated.at(-1);
  const theirs = best && serverTime(best);
  if (best === undefined || theirs === undefined) return undefined;
  // The header is cut off to whole seconds, half a second on average.
  return (best.sentAt + best.receivedAt) / 2 - (theirs + 500);
}

function serverTime({ result }: RecordedRequest): number | undefined {
  if (result.kind !== "answer" || result.headers["age"] !== undefined) return undefined;
  const time = Date.parse(result.headers["date"] ?? "");
  return Number.isNaN(time) ? undefined : time;
}
