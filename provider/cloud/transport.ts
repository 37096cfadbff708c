import { once } from "node:events";
import { EnvHttpProxyAgent, type Dispatcher } from "undici";

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
export type WireResult =
  | WireAnswer
  | {
      readonly kind: "not-sent" | "ambiguous" | "unreadable" | "untrusted";
      readonly reason: string;
      readonly cause: unknown;
    };

const CONNECT_TIMEOUT = 10_000;
const ATTEMPT_TIMEOUT = 30_000;
/** Ten thousand clients are about seven megabytes. */
const LARGEST_ANSWER = 64 * 1024 * 1024;

const NOT_SENT = new Set([
  "ECONNREFUSED",
  "ENOTFOUND",
  "EAI_AGAIN",
  "EHOSTUNREACH",
  "ENETUNREACH",
  "UND_ERR_CONNECT_TIMEOUT",
]);
const UNTRUSTED = /^(?:CERT_|ERR_TLS_|ERR_SSL_|SELF_SIGNED|DEPTH_ZERO|UNABLE_TO_|EPROTO|HOSTNAME_MISMATCH)/;
const TOO_LARGE = new Set(["UND_ERR_RES_EXCEEDED_MAX_SIZE", "UND_ERR_HEADERS_OVERFLOW"]);

/**
 * The one place with sockets: keep-alive, time limits, a size cap, HTTPS_PROXY and NO_PROXY, no redirects. It repeats
 * nothing and knows nothing of what it carries.
 */
export class Transport {
  readonly #agent: Dispatcher | UnusableProxy = connector(process.env);

  async send(request: WireRequest, timeoutMs: number): Promise<WireResult> {
    const agent = this.#agent;
    if (agent instanceof UnusableProxy)
      return { kind: "untrusted", reason: agent.message, cause: agent.cause };
    // Timers take whole milliseconds only.
    const limit = Math.max(1, Math.ceil(Math.min(ATTEMPT_TIMEOUT, timeoutMs)));
    // AbortSignal.timeout would keep every answer in memory until its time is up.
    const { signal, end } = timer(limit);
    let phase = "no answer";
    const ask = async (): Promise<WireResult> => {
      const answer = await agent.request({
        origin: request.url.origin,
        path: request.url.pathname + request.url.search,
        method: request.method,
        headers: { ...request.headers },
        body: request.body ?? null,
        headersTimeout: limit,
        bodyTimeout: limit,
        signal,
      });
      phase = "the server began its answer and did not finish it";
      const text = await answer.body.text();
      return { kind: "answer", status: answer.statusCode, headers: flat(answer.headers), text };
    };
    try {
      // While it connects, undici does not look at the signal: a proxy that says nothing would have minutes.
      return await Promise.race([ask(), timeIsUp(signal)]);
    } catch (cause) {
      return failed(cause, `${phase} within ${Math.round(limit / 100) / 10} s`);
    } finally {
      end();
    }
  }

  async close(): Promise<void> {
    if (!(this.#agent instanceof UnusableProxy)) await this.#agent.destroy();
  }
}

function timer(ms: number): { readonly signal: AbortSignal; readonly end: () => void } {
  const controller = new AbortController();
  const timeout = setTimeout(() => {
    controller.abort(new DOMException("The time is up.", "TimeoutError"));
  }, ms);
  return {
    signal: controller.signal,
    end: () => {
      clearTimeout(timeout);
    },
  };
}

async function timeIsUp(signal: AbortSignal): Promise<never> {
  await once(signal, "abort");
  throw signal.reason;
}

class UnusableProxy extends Error {}

function connector(environment: NodeJS.ProcessEnv): Dispatcher | UnusableProxy {
  const { https_proxy, HTTPS_PROXY, http_proxy, HTTP_PROXY } = environment;
  try {
    return new EnvHttpProxyAgent({
      // http:// is for this machine only, and what it carries must not leave it in clear text.
      httpProxy: "",
      httpsProxy: https_proxy ?? HTTPS_PROXY ?? http_proxy ?? HTTP_PROXY ?? "",
      connect: { timeout: CONNECT_TIMEOUT },
      maxResponseSize: LARGEST_ANSWER,
      keepAliveTimeout: 10_000,
    });
  } catch (cause) {
    return new UnusableProxy(
      "HTTPS_PROXY is not the address of a proxy, such as http://proxy.example.com:8080",
      { cause },
    );
  }
}

function flat(headers: Record<string, string | string[] | undefined>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? (value[0] ?? "") : (value ?? ""),
    ]),
  );
}

function failed(cause: unknown, late: string): WireResult {
  // By its look: an error of another realm is no instance of this one's Error.
  const error: Partial<NodeJS.ErrnoException> = typeof cause === "object" && cause !== null ? cause : {};
  const { name = "no error", message = "", syscall } = error;
  // A timeout is a DOMException, whose code is a number.
  const code = typeof error.code === "string" ? error.code : name;
  if (name === "TimeoutError") return { kind: "ambiguous", reason: late, cause };
  if (message.startsWith("Proxy response"))
    return { kind: "untrusted", reason: `the proxy refused the connection (${message})`, cause };
  return {
    kind: kindOf(code, syscall === "connect"),
    reason: PLAIN_WORDS[code] ?? `the connection failed (${code})`,
    cause,
  };
}

function kindOf(code: string, connecting: boolean): "not-sent" | "ambiguous" | "unreadable" | "untrusted" {
  if (NOT_SENT.has(code) || connecting) return "not-sent";
  if (UNTRUSTED.test(code)) return "untrusted";
  return TOO_LARGE.has(code) ? "unreadable" : "ambiguous";
}

const PLAIN_WORDS: Readonly<Record<string, string>> = {
  ECONNREFUSED: "nothing listens at that address (ECONNREFUSED)",
  ENOTFOUND: "the host name is not known (ENOTFOUND)",
  EAI_AGAIN: "the host name could not be looked up (EAI_AGAIN)",
  ECONNRESET: "the connection was reset before the answer was complete (ECONNRESET)",
  UND_ERR_SOCKET: "the server closed the connection before the answer was complete (UND_ERR_SOCKET)",
  UND_ERR_CONNECT_TIMEOUT: `no connection within ${CONNECT_TIMEOUT / 1000} s`,
  UND_ERR_HEADERS_TIMEOUT: "the server took the request and sent no answer in time",
  UND_ERR_BODY_TIMEOUT: "the server began its answer and did not finish it in time",
  UND_ERR_RES_EXCEEDED_MAX_SIZE: "the answer is larger than 64 MB",
  UND_ERR_HEADERS_OVERFLOW: "the answer's headers are larger than 16 kB (UND_ERR_HEADERS_OVERFLOW)",
};
