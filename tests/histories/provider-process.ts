import { AsyncLocalStorage } from "node:async_hooks";
import type { Time } from "../../provider/cloud/time";
import type { Transport, WireRequest, WireResult } from "../../provider/cloud/transport";
import type { Configuration } from "../../provider/configuration";
import { ENGINE_GONE } from "../../provider/engine";
import type { Host } from "../../provider/hosts/session";
import type { HostName } from "../engine/engine-stack";
import type { Provider } from "./engine";
import { DynamicCalls, NativeCalls } from "./host-calls";
import type { Clock } from "./clock";
import type { Properties } from "./stack-state";

/** An operation that the engine has asked for. */
export interface Operation {
  readonly resource: string;
  readonly kind: "create" | "read" | "update" | "delete";
  /** What a create or update was asked for; of a read or delete the outputs that state has. */
  readonly properties: Properties;
  /** Of an update: the outputs that state had. */
  readonly olds?: Properties;
  /** Unknown to a create until it answers. */
  id: string | undefined;
  /** The client that a whole and plain answer to its `POST` named. */
  told?: string;
  /** A whole answer to its `POST` said that nothing was made. */
  refused?: boolean;
  /** How it ended, as the process itself saw it. */
  outcome: "open" | "done" | "failed";
}

interface ProcessOptions {
  readonly configuration: Configuration;
  readonly host: HostName;
  readonly transport: Pick<Transport, "send">;
  readonly clock: Clock;
  /** Longest real time that one request may take, in ms: short where the server is told to be silent. */
  readonly patienceMs: number;
  readonly random: () => number;
  /** THINKGEO_LOG=debug. */
  readonly debug: boolean;
}

/** How a run can be cut off: the engine alone, so that the provider's process lives on as an orphan, or both. */
export type Death = "engine" | "everything";

/** One provider process of one run: its own memory, its own token, its own end. */
export class ProviderProcess implements Provider {
  readonly operations: Operation[] = [];
  /** Every line that a person could see: warnings, and the log where somebody wants it. */
  readonly said: string[] = [];
  /** What was sent and what came of it, for the report of a failure. */
  readonly trace: string[] = [];
  /** Ids that this process has been shown as state's own, or has handed out itself. */
  readonly shown = new Set<string>();
  /** Which operation sent the `POST` with this idempotency key. */
  readonly senders = new Map<string, Operation>();
  /** Requests that would change something and were sent when nobody waited for them any more. */
  readonly lateWrites: string[] = [];
  readonly #provider: Provider;
  readonly #current = new AsyncLocalStorage<Operation>();
  #death: Death | undefined;

  constructor(private readonly options: ProcessOptions) {
    const { configuration, clock, random, host } = options;
    const time: Time = { monotonic: clock.now, wall: clock.now, sleep: clock.sleep, random };
    const calls: Host = {
      sender: { send: (request, timeoutMs) => this.#send(request, timeoutMs) },
      time,
      abandoned: () => Promise.resolve(this.#death === undefined ? undefined : ENGINE_GONE),
      warn: (text) => {
        this.said.push(text);
      },
      debug: options.debug ? (line) => this.said.push(line) : undefined,
    };
    this.#provider =
      host === "native" ? new NativeCalls(calls, configuration) : new DynamicCalls(calls, configuration);
  }

  die(death: Death): void {
    this.#death ??= death;
  }

  get dead(): boolean {
    return this.#death !== undefined;
  }

  /** Whether nothing more can come from this process. */
  get silent(): boolean {
    return this.#death === "everything";
  }

  check(resource: string, olds: Properties, news: Properties): ReturnType<Provider["check"]> {
    return this.#provider.check(resource, olds, news);
  }

  diff(resource: string, id: string, olds: Properties, news: Properties): ReturnType<Provider["diff"]> {
    this.shown.add(id);
    return this.#provider.diff(resource, id, olds, news);
  }

  create(resource: string, inputs: Properties): ReturnType<Provider["create"]> {
    return this.#perform({ resource, kind: "create", properties: inputs, id: undefined }, () =>
      this.#provider.create(resource, inputs),
    );
  }

  read(resource: string, id: string, outputs: Properties): ReturnType<Provider["read"]> {
    this.shown.add(id);
    return this.#perform({ resource, kind: "read", properties: outputs, id }, () =>
      this.#provider.read(resource, id, outputs),
    );
  }

  update(resource: string, id: string, olds: Properties, news: Properties): ReturnType<Provider["update"]> {
    this.shown.add(id);
    return this.#perform({ resource, kind: "update", properties: news, olds, id }, () =>
      this.#provider.update(resource, id, olds, news),
    );
  }

  delete(resource: string, id: string, outputs: Properties): ReturnType<Provider["delete"]> {
    return this.#perform({ resource, kind: "delete", properties: outputs, id }, () =>
      this.#provider.delete(resource, id, outputs),
    );
  }

  async #perform<T>(asked: Omit<Operation, "outcome">, work: () => Promise<T>): Promise<T> {
    const operation: Operation = { ...asked, outcome: "open" };
    this.operations.push(operation);
    try {
      const answer = await this.#current.run(operation, work);
      if (operation.kind === "create") this.#made(operation, answer);
      operation.outcome = "done";
      return answer;
    } catch (error) {
      if (operation.kind === "create") this.#made(operation, error);
      operation.outcome = "failed";
      throw error;
    }
  }

  /** A create's id is in its answer, or in the error that says that the client exists all the same. */
  #made(operation: Operation, answer: unknown): void {
    if (typeof answer !== "object" || answer === null || !("id" in answer)) return;
    operation.id = String(answer.id);
    this.shown.add(operation.id);
  }

  async #send(request: WireRequest, timeoutMs: number): Promise<WireResult> {
    if (this.silent) return { kind: "not-sent", reason: "this process is dead", cause: undefined };
    const isWrite = request.method !== "GET" && request.url.pathname.startsWith("/api/");
    if (isWrite && this.dead) this.lateWrites.push(`${request.method} ${request.url.pathname}`);
    const key = request.headers["idempotency-key"];
    const operation = this.#current.getStore();
    if (key !== undefined && operation !== undefined) this.senders.set(key, operation);
    const { transport, clock, patienceMs } = this.options;
    const result = await clock.during(() => transport.send(request, Math.min(timeoutMs, patienceMs)));
    const outcome = result.kind === "answer" ? result.status : `${result.kind} (${result.reason})`;
    this.trace.push(`${request.method} ${request.url.pathname}${request.url.search}: ${outcome}`);
    if (outOfTime(result)) await clock.sleep(Math.min(timeoutMs, ATTEMPT_TIMEOUT_MS));
    const named = namedIn(result);
    if (key !== undefined && operation !== undefined) {
      if (named !== undefined) operation.told = named;
      operation.refused = isRefusal(result);
    }
    return result;
  }
}

/** The transport's own limit for one attempt, which here costs no real time. */
const ATTEMPT_TIMEOUT_MS = 30_000;

const outOfTime = (result: WireResult): boolean =>
  result.kind === "ambiguous" && /^no response within|did not finish it within/.test(result.reason);

/** Servers whose refusals are no refusals cannot be dealt with in the same run; the next one finds what they made. */
const isRefusal = (result: WireResult): boolean =>
  result.kind === "answer" &&
  ((result.status >= 300 && result.status < 500 && result.status !== 408 && result.status !== 304) ||
    (result.status === 200 && /"status":"error"/.test(result.text)));

/** The client in a successful answer of the API. */
function namedIn(result: WireResult): string | undefined {
  if (result.kind !== "answer" || result.status > 201) return undefined;
  const [, id] = /^\{"data":\{"id":"([^"]+)".*"status":"success"/s.exec(result.text) ?? [];
  return id;
}
