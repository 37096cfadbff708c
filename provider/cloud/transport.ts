import http from "node:http";
import https from "node:https";
import { failedBecause, outOfTime, tooLarge, type WireFailure } from "./wire-failure";

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
/** Ten thousand clients are about seven megabytes. */
const LARGEST_ANSWER = 64 * 1024 * 1024;

/**
 * The one place with sockets: keep-alive, time limits, a size cap, HTTPS_PROXY and NO_PROXY, no redirects. It repeats
 * nothing and knows nothing of what it carries. Why Node.js's own HTTP: docs/decisions/009-node-http.md.
 */
export class Transport {
  readonly #agents: Agents | UnusableProxy = agentsFor(process.env);

  async send(request: WireRequest, timeoutMs: number): Promise<WireResult> {
    const agents = this.#agents;
    if (agents instanceof UnusableProxy)
      return { kind: "untrusted", reason: agents.message, cause: agents.cause };
    // Timers take whole milliseconds only.
    const limit = Math.max(1, Math.ceil(Math.min(ATTEMPT_TIMEOUT, timeoutMs)));
    return attempt(begin(request, agents), request.body, limit);
  }

  close(): void {
    if (this.#agents instanceof UnusableProxy) return;
    this.#agents.http.destroy();
    this.#agents.https.destroy();
  }
}

interface Agents {
  readonly http: http.Agent;
  readonly https: https.Agent;
}

class UnusableProxy extends Error {}

function agentsFor(environment: NodeJS.ProcessEnv): Agents | UnusableProxy {
  const { https_proxy, HTTPS_PROXY, http_proxy, HTTP_PROXY, no_proxy, NO_PROXY } = environment;
  const proxy = https_proxy ?? HTTPS_PROXY ?? http_proxy ?? HTTP_PROXY ?? "";
  // The time after which an idle connection is closed, and a proxy that says nothing is left.
  const options = { keepAlive: true, timeout: CONNECT_TIMEOUT };
  try {
    // Node.js passes over what it does not know, and the request would go past the proxy.
    if (proxy !== "" && !/^https?:$/.test(new URL(proxy).protocol)) throw new Error("neither http nor https");
    return {
      // http:// is for this machine only, and what it carries must not leave it in clear text.
      http: new http.Agent({ ...options, proxyEnv: {} }),
      https: new https.Agent({
        ...options,
        proxyEnv: { HTTPS_PROXY: proxy, NO_PROXY: no_proxy ?? NO_PROXY },
      }),
    };
  } catch (cause) {
    return new UnusableProxy(
      "HTTPS_PROXY is not the address of a proxy, such as http://proxy.example.com:8080",
      { cause },
    );
  }
}

function begin({ method, url, headers }: WireRequest, agents: Agents): http.ClientRequest {
  return url.protocol === "https:"
    ? https.request(url, { method, headers, agent: agents.https })
    : http.request(url, { method, headers, agent: agents.http });
}

/**
 * Sends, and settles with the first thing that ends it. What it does not leave to Node.js: a request without a socket yet
 * says nothing when it is destroyed.
 */
function attempt(sending: http.ClientRequest, body: string | undefined, limit: number): Promise<WireResult> {
  return new Promise((settle) => {
    let phase: "connecting" | "waiting" | "reading" = "connecting";
    const timers = [limit, CONNECT_TIMEOUT].map((ms) =>
      setTimeout(() => {
        if (ms === limit || phase === "connecting") end(outOfTime(phase, ms));
      }, ms),
    );
    const end = (result: WireResult): void => {
      for (const timer of timers) clearTimeout(timer);
      if (result.kind !== "answer") sending.destroy();
      settle(result);
    };
    const failed = (cause: unknown): void => {
      end(failedBecause(cause, phase === "connecting"));
    };
    sending.on("error", failed);
    sending.on("socket", (socket) => {
      const connected = (): void => {
        phase = "waiting";
      };
      if (!socket.connecting) connected();
      else socket.once("encrypted" in socket ? "secureConnect" : "connect", connected);
    });
    sending.on("response", (answer) => {
      phase = "reading";
      const chunks: Buffer[] = [];
      let size = 0;
      answer.on("error", failed);
      answer.on("data", (chunk: Buffer) => {
        chunks.push(chunk);
        size += chunk.length;
        if (size > LARGEST_ANSWER) end(tooLarge());
      });
      answer.on("end", () => {
        const { statusCode = 0, headers } = answer;
        end({
          kind: "answer",
          status: statusCode,
          headers: flat(headers),
          text: Buffer.concat(chunks).toString(),
        });
      });
    });
    sending.end(body);
  });
}

function flat(headers: http.IncomingHttpHeaders): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [
      name,
      Array.isArray(value) ? (value[0] ?? "") : (value ?? ""),
    ]),
  );
}
