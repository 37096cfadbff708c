import { isRecord } from "./json";
import { filterOf, type ReceivedRequest, type RequestFilter } from "./request";

/** One request as it is remembered. Secrets, tokens and API keys are replaced by "***". */
export interface RequestEntry {
  /** Counts from 1 since the start, or since the record was last cleared. */
  readonly number: number;
  /** When it came: ISO 8601, UTC. */
  readonly time: string;
  /** `GET`, `POST` and so on. */
  readonly method: string;
  /** Path as it was sent, without the query. */
  readonly path: string;
  /** The parameters of the query. */
  readonly query: Readonly<Record<string, readonly string[]>>;
  /** Those that matter to a service of this kind. */
  readonly headers: Readonly<Record<string, string>>;
  /** The body if it was JSON or a form. */
  readonly body: unknown;
  /** Requests that were open when this one came, itself included. */
  readonly inFlight: number;
  /** Name of the client that authenticated, or null. */
  client: string | null;
  /** Its GUID, or null. */
  clientId: string | null;
  /** Whether the request reached the service; a fault "before" keeps it away. */
  handled: boolean;
  /** Kind of the fault that hit this request, or null. */
  fault: string | null;
  /** The status that was sent, or null where none was, or not yet. */
  status: number | null;
  /** Milliseconds until the answer was sent or the connection was gone, or null while it is open. */
  duration: number | null;
}

/** A moment in the life of a request, for tests that must act at exactly that moment. */
export interface RequestEvent {
  /** "before" the service sees the request, or "after" it has done what it does and before the answer is sent. */
  readonly moment: "before" | "after";
  /** What is known of it at that moment. */
  readonly request: Readonly<RequestEntry>;
}

/** Called at both moments of every request; the request waits for it. */
export type RequestHook = (event: RequestEvent) => void | Promise<void>;

const remembered = 20_000;
const secretNames = /secret|token|password|apikey|authorization|cookie/i;
const keptHeaders = [
  "accept",
  "content-type",
  "user-agent",
  "authorization",
  "idempotency-key",
  "if-match",
  "origin",
  "referer",
];

/** All requests but those to /emulator/, the newest 20,000. */
export class RequestLog {
  #entries: RequestEntry[] = [];
  #count = 0;
  #open = 0;
  #most = 0;

  /** Most requests that were open at one time. */
  get maxInFlight(): number {
    return this.#most;
  }

  begin(request: ReceivedRequest): RequestEntry {
    this.#open += 1;
    this.#count += 1;
    this.#most = Math.max(this.#most, this.#open);
    const entry: RequestEntry = {
      number: this.#count,
      time: new Date().toISOString(),
      method: request.method,
      path: request.path,
      query: redactedQuery(request.query),
      headers: redactedHeaders(request),
      body: redactedBody(request),
      inFlight: this.#open,
      client: null,
      clientId: null,
      handled: false,
      fault: null,
      status: null,
      duration: null,
    };
    this.#entries.push(entry);
    if (this.#entries.length > remembered * 2) this.#entries = this.#entries.slice(-remembered);
    return entry;
  }

  end(entry: RequestEntry, request: ReceivedRequest): void {
    if (entry.duration !== null) return;
    this.#open -= 1;
    entry.duration = performance.now() - request.started;
  }

  entries(filter: RequestFilter = {}): RequestEntry[] {
    return this.#entries
      .slice(-remembered)
      .filter(filterOf(filter))
      .map((entry) => ({ ...entry }));
  }

  clear(): void {
    this.#entries = [];
    this.#count = 0;
    this.#most = this.#open;
  }
}

function redactedQuery(query: URLSearchParams): Record<string, string[]> {
  const names = [...new Set(query.keys())];
  return Object.fromEntries(
    names.map((name) => [name, secretNames.test(name) ? ["***"] : query.getAll(name)]),
  );
}

function redactedHeaders(request: ReceivedRequest): Record<string, string> {
  const sent = keptHeaders.flatMap((name) => {
    const value = request.headers[name];
    return value === undefined ? [] : [[name, secretNames.test(name) ? "***" : String(value)] as const];
  });
  return Object.fromEntries(sent);
}

function redactedBody(request: ReceivedRequest): unknown {
  if (request.body === "") return undefined;
  if (/^application\/x-www-form-urlencoded/i.test(request.headers["content-type"] ?? "")) {
    return redactedQuery(new URLSearchParams(request.body));
  }
  try {
    return JSON.parse(request.body, redactor);
  } catch {
    return `${request.body.length} characters that are no JSON`;
  }
}

function redactor(this: unknown, name: string, value: unknown): unknown {
  const isSecret = isRecord(this) && secretNames.test(name) && value !== null;
  return isSecret ? "***" : value;
}
