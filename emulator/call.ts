import type { IncomingHttpHeaders } from "node:http";
import type { Faults } from "./faults";
import type { RequestHook } from "./hooks";
import type { Tokens } from "./jwt";
import type { RequestRecord } from "./record";
import type { Client, Store } from "./store";
import type { Switches } from "./switches";

/** Everything that one emulator is made of, for those who answer requests. */
export interface Cloud {
  readonly store: Store;
  readonly tokens: Tokens;
  readonly record: RequestRecord;
  readonly faults: Faults;
  readonly hooks: Set<RequestHook>;
  /** Replaced as a whole when a switch is set. */
  switches: Readonly<Switches>;
  /** Requests left before 429; unused while there is no quota. */
  quotaLeft: number;
  /** Reads that still cannot see a client, by its id. */
  readonly hidden: Map<string, number>;
  /** Answers by Idempotency-Key. */
  readonly answered: Map<string, Reply>;
  /** Set when the emulator is closed: nothing is applied any more. */
  stopped: boolean;
  /** Base URL, known once the server listens. */
  url: string;
}

/** One request, read to its end. */
export interface Call {
  readonly cloud: Cloud;
  readonly method: string;
  /** Path as it was sent, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  /** The caller's address, stated or the socket's. */
  readonly address: string;
  readonly started: number;
  /** Who asks, once known; for the record. */
  caller?: Client;
}

/** An answer before it is put on the wire. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** Answers one request; `captures` are the variable parts of its path, decoded. */
export type Handler = (call: Call, ...captures: string[]) => Reply;

/** A refusal on the way to an answer, thrown so that handlers read top to bottom. */
export class Refusal extends Error {
  constructor(readonly reply: Reply) {
    super(`HTTP ${reply.status}`);
  }
}
