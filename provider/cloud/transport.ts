import { setImmediate } from "node:timers/promises";
import type { Dispatcher } from "undici";
import { proxyFor, type Environment, type ProxySetting } from "./proxy";
import { failedBecause, outOfTime, unusableProxy, type Phase, type WireFailure } from "./wire-failure";

/** One HTTP request, complete. */
export interface WireRequest {
  readonly method: "GET" | "POST" | "DELETE";
  readonly url: URL;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** An answer with its whole body. */
export interface WireAnswer {
  readonly kind: "answer";
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
}

/** How a request ended: an answer, or why there is none. */
export type WireResult = WireAnswer | WireFailure;

const CONNECT_TIMEOUT = 10_000;
const ATTEMPT_TIMEOUT = 30_000;
const IDLE_TIMEOUT = 10_000;
/** Ten thousand clients are about seven megabytes. */
const LARGEST_ANSWER = 64 * 1024 * 1024;

/**
 * The one place with sockets: keep-alive, time limits, a size cap, proxies, no redirects. It repeats nothing and knows
 * nothing of what it carries.
 */
export class Transport {
  /** By the proxy's address; the empty one is no proxy. */
  readonly #dispatchers = new Map<string, Dispatcher>();
  readonly #closing = new AbortController();

  constructor(private readonly environment: Environment = process.env) {}

  async send(request: WireRequest, timeoutMs: number): Promise<WireResult> {
    const proxy = proxyFor(request.url, this.environment);
    if (proxy !== undefined && proxy.address === undefined) return unusableProxy(proxy.variable);
    // Timers take whole milliseconds only.
    const limit = Math.max(1, Math.ceil(Math.min(ATTEMPT_TIMEOUT, timeoutMs)));
    const result = await attempt(this.#dispatcherFor(proxy?.address), request, limit);
    // undici takes a connection back a turn of the event loop after its answer: earlier, the next request opens another.
    await setImmediate();
    return result;
  }

  /** Closes all connections, also those that are still being made: they would keep the process alive. */
  close(): void {
    this.#closing.abort();
  }

  #dispatcherFor(proxy: ProxySetting["address"]): Dispatcher {
    const key = proxy?.href ?? "";
    const dispatcher = this.#dispatchers.get(key) ?? newDispatcher(proxy, this.#closing.signal);
    this.#dispatchers.set(key, dispatcher);
    return dispatcher;
  }
}

function newDispatcher(proxy: ProxySetting["address"], signal: AbortSignal): Dispatcher {
  // With the first request, not before: it takes longest to load, and a preview without changes sends none.
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const { Agent, Pool, ProxyAgent } = require("undici") as typeof import("undici");
  const connect = { allowH2: false, timeout: CONNECT_TIMEOUT, signal };
  const options = {
    allowH2: false,
    connect,
    pipelining: 1,
    keepAliveTimeout: IDLE_TIMEOUT,
    maxResponseSize: LARGEST_ANSWER,
    // attempt() has a timer that is exact, and covers the whole.
    headersTimeout: 0,
    bodyTimeout: 0,
  };
  if (proxy === undefined) return new Agent(options);
  return new ProxyAgent({
    ...options,
    uri: proxy.href,
    connectTimeout: CONNECT_TIMEOUT,
    proxyTls: connect,
    // What asks the proxy for connections; it would wait five minutes for an answer.
    clientFactory: (origin, own) => new Pool(origin, { ...own, headersTimeout: CONNECT_TIMEOUT }),
  });
}

/** Sends, and settles with the first thing that ends it. */
function attempt(dispatcher: Dispatcher, request: WireRequest, limit: number): Promise<WireResult> {
  const { method, url, headers, body = null } = request;
  return new Promise((settle) => {
    let phase: Phase = "connecting";
    let ended = false;
    let controller: Dispatcher.DispatchController | undefined;
    let answer = { status: 0, headers: {} };
    const chunks: Buffer[] = [];
    const end = (result: WireResult): void => {
      ended = true;
      for (const timer of timers) clearTimeout(timer);
      settle(result);
    };
    const giveUp = (ms: number): void => {
      end(outOfTime(phase, ms));
      controller?.abort(new Error("out of time"));
    };
    // undici's own limit for connecting does not cover what a proxy is asked for.
    const timers = [limit, CONNECT_TIMEOUT].map((ms) =>
      setTimeout(() => {
        if (ms === limit || phase === "connecting") giveUp(ms);
      }, ms),
    );
    dispatcher.dispatch(
      { origin: url.origin, path: url.pathname + url.search, method, headers, body },
      {
        // Called for each request when its connection stands, right before the first byte of it is written.
        onRequestStart(started) {
          // It waited in line, was given up, and counts as not sent.
          if (ended) started.abort(new Error("out of time"));
          controller = started;
          phase = "waiting";
        },
        onResponseStart(_, status, received) {
          phase = "reading";
          answer = { status, headers: flat(received) };
        },
        onResponseData(_, chunk) {
          chunks.push(chunk);
        },
        onResponseEnd() {
          end({ kind: "answer", ...answer, text: Buffer.concat(chunks).toString() });
        },
        onResponseError(_, cause) {
          end(failedBecause(cause, phase === "connecting"));
        },
      },
    );
  });
}

function flat(headers: Readonly<Record<string, string | string[] | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? (value[0] ?? "") : (value ?? ""),
    ]),
  );
}
