import type { Call } from "./call";
import { isRecord } from "./json";
import { pathPattern } from "./pattern";

/** One request as it is remembered. Secrets, tokens and API keys are replaced by "***". */
export interface RequestEntry {
  /** Counts from 1 since the start, or since the record was last cleared. */
  readonly number: number;
  readonly time: string;
  readonly method: string;
  readonly path: string;
  readonly query: Readonly<Record<string, readonly string[]>>;
  readonly headers: Readonly<Record<string, string>>;
  /** The body if it was JSON or a form. */
  readonly body: unknown;
  /** Requests that were open when this one came, itself included. */
  readonly inFlight: number;
  /** Name and GUID of the client that authenticated, or null. */
  client: string | null;
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

export interface RequestFilter {
  readonly method?: string;
  /** Exact path, or with `*` for one segment and `**` for any. */
  readonly path?: string;
}

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
export class RequestRecord {
  #entries: RequestEntry[] = [];
  #count = 0;
  #open = 0;
  #most = 0;

  /** Most requests that were open at one time. */
  get maxInFlight(): number {
    return this.#most;
  }

  begin(call: Call): RequestEntry {
    this.#open += 1;
    this.#count += 1;
    this.#most = Math.max(this.#most, this.#open);
    const entry: RequestEntry = {
      number: this.#count,
      time: new Date().toISOString(),
      method: call.method,
      path: call.path,
      query: redactedQuery(call.query),
      headers: redactedHeaders(call),
      body: redactedBody(call),
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

  end(entry: RequestEntry, call: Call): void {
    if (entry.duration !== null) return;
    this.#open -= 1;
    entry.duration = performance.now() - call.started;
  }

  entries(filter: RequestFilter = {}): RequestEntry[] {
    const pattern = filter.path === undefined ? undefined : pathPattern(filter.path);
    return this.#entries
      .slice(-remembered)
      .filter((entry) => filter.method === undefined || entry.method === filter.method.toUpperCase())
      .filter((entry) => pattern === undefined || pattern.test(entry.path))
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

function redactedHeaders(call: Call): Record<string, string> {
  const sent = keptHeaders.flatMap((name) => {
    const value = call.headers[name];
    return value === undefined ? [] : [[name, secretNames.test(name) ? "***" : String(value)] as const];
  });
  return Object.fromEntries(sent);
}

function redactedBody(call: Call): unknown {
  if (call.body === "") return undefined;
  if (/^application\/x-www-form-urlencoded/i.test(call.headers["content-type"] ?? "")) {
    return redactedQuery(new URLSearchParams(call.body));
  }
  try {
    return JSON.parse(call.body, redactor);
  } catch {
    return `${call.body.length} characters that are no JSON`;
  }
}

function redactor(this: unknown, name: string, value: unknown): unknown {
  const isSecret = isRecord(this) && secretNames.test(name) && value !== null;
  return isSecret ? "***" : value;
}
