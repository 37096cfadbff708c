import type { Server } from "node:http";
import type { Client } from "./entities";
import type { Faults } from "./faults";
import type { ReceivedRequest, Reply } from "./request";
import type { RequestHook, RequestLog } from "./request-log";
import type { Store } from "./store";
import type { Switches } from "./switches";
import type { Tokens } from "./tokens";

/** Everything that one emulator is made of, for those who answer requests. */
export interface Cloud {
  readonly store: Store;
  readonly tokens: Tokens;
  readonly log: RequestLog;
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
  server?: Server;
}

/** One request to an emulator. */
export interface Call extends ReceivedRequest {
  readonly cloud: Cloud;
  /** Who asks, once known; for the log. */
  caller?: Client;
}

/** Answers one request; `captures` are the variable parts of its path, decoded. */
export type Handler = (call: Call, ...captures: string[]) => Reply;

/** A refusal on the way to an answer, thrown so that handlers read top to bottom. */
export class Refusal extends Error {
  constructor(readonly reply: Reply) {
    super(`HTTP ${reply.status}`);
  }
}
