import type { IncomingMessage } from "node:http";
import { callerAddress } from "./caller-address.ts";
import type { Clock } from "./clock.ts";
import type { Configuration } from "./configuration.ts";
import { Listener } from "./listener.ts";
import type { Log } from "./log.ts";
import { Metrics } from "./metrics.ts";
import { pageOrigin } from "./page-origin.ts";
import { RateLimit } from "./rate-limit.ts";
import { refusal, type Reply } from "./reply.ts";
import { TokenEndpoint } from "./token-endpoint.ts";
import { requestToken } from "./token-request.ts";
import { TokenSource } from "./token-source.ts";

/** The whole service: what it is made of, and what it answers. */
export class TokenServer {
  readonly #configuration: Configuration;
  readonly #clock: Clock;
  readonly #log: Log;
  readonly #metrics = new Metrics();
  readonly #source: TokenSource;
  readonly #limit: RateLimit;
  readonly #endpoint: TokenEndpoint;
  readonly #listener: Listener;

  constructor(configuration: Configuration, clock: Clock, log: Log) {
    this.#configuration = configuration;
    this.#clock = clock;
    this.#log = log;
    this.#source = new TokenSource((stop) => requestToken(configuration, stop, clock.wall()), clock, {
      refreshed: (lifeSeconds) => {
        this.#metrics.refreshed();
        log({ level: "info", event: "token_refreshed", seconds: Math.floor(lifeSeconds) });
      },
      failed: ({ reason, message }, retryInMs) => {
        this.#metrics.refreshFailed(reason);
        const seconds = Math.ceil(retryInMs / 1000);
        log({ level: "error", event: "token_refresh_failed", reason, message, seconds });
      },
    });
    this.#limit = new RateLimit(configuration.requestsPerMinute, () => clock.now());
    this.#endpoint = new TokenEndpoint(this.#source, this.#limit, configuration.allowedOrigins);
    this.#listener = new Listener((request) => this.#answer(request).catch(() => this.#mistake()), clock);
  }

  /** Listens, and begins to fetch the first token; the URL. */
  async start(): Promise<string> {
    const url = await this.#listener.listen(this.#configuration.port, this.#configuration.host);
    this.#source.start();
    this.#log({ level: "info", event: "listening", url });
    return url;
  }

  /** Accepts nothing more, answers what has been asked, and ends at the deadline at the latest. */
  async close(): Promise<void> {
    const cutOff = await this.#listener.close(this.#configuration.shutdownSeconds * 1000);
    this.#source.stop();
    if (cutOff === 0) this.#log({ level: "info", event: "stopped" });
    else this.#log({ level: "warn", event: "stopped", message: `${cutOff} requests were cut off.` });
  }

  async #answer(request: IncomingMessage): Promise<Reply> {
    const [path] = (request.url ?? "").split("?");
    switch (path) {
      case "/token":
        return methods(request, ["GET", "OPTIONS"]) ?? (await this.#token(request));
      case "/healthz":
        return methods(request, ["GET", "HEAD"]) ?? { status: 200, body: { status: "alive" } };
      case "/readyz":
        return methods(request, ["GET", "HEAD"]) ?? this.#readiness();
      case "/metrics":
        return methods(request, ["GET", "HEAD"]) ?? this.#exposition();
      default:
        return refusal(404, "not_found", "There are /token, /healthz, /readyz and /metrics.");
    }
  }

  /** A mistake in this program ends one request, not the service; its text may quote anything, so it stays unsaid. */
  #mistake(): Reply {
    this.#log({ level: "error", event: "internal_error" });
    return refusal(500, "internal_error", "Something went wrong here.");
  }

  async #token(request: IncomingMessage): Promise<Reply> {
    const began = this.#clock.now();
    const { headers, socket, method } = request;
    const forwardedFor = [headers["x-forwarded-for"] ?? []].flat().join(",");
    const caller = callerAddress(socket.remoteAddress, forwardedFor, this.#configuration.trustedProxies);
    const origin = pageOrigin(headers);
    const { outcome, reply } = await this.#endpoint.answer({
      isPreflight: method === "OPTIONS",
      origin,
      caller,
    });
    this.#metrics.request(outcome);
    this.#log({
      level: "info",
      event: "request",
      outcome,
      status: reply.status,
      caller,
      ...(origin === undefined ? {} : { origin: origin.slice(0, 200) }),
      milliseconds: Math.round(this.#clock.now() - began),
    });
    return reply;
  }

  #readiness(): Reply {
    if (this.#listener.isClosing) return { status: 503, body: { status: "stopping" } };
    const token = this.#source.peek();
    if (token === undefined) return { status: 503, body: { status: "no_token" } };
    return { status: 200, body: { status: "ready", expires_in: token.expiresInSeconds } };
  }

  #exposition(): Reply {
    const text = this.#metrics.render({
      expiresInSeconds: this.#source.peek()?.expiresInSeconds ?? 0,
      inFlight: this.#listener.inFlight,
      callers: this.#limit.callers,
    });
    return {
      status: 200,
      headers: { "content-type": "text/plain; version=0.0.4; charset=utf-8" },
      body: text,
    };
  }
}

function methods(request: IncomingMessage, allowed: readonly string[]): Reply | undefined {
  if (allowed.includes(request.method ?? "")) return undefined;
  const allow = allowed.join(", ");
  return refusal(405, "method_not_allowed", `Only ${allow} can be used here.`, { allow });
}
