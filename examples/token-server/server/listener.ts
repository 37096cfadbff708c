import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Clock } from "./clock.ts";
import { refusal, send, type Reply } from "./reply.ts";

export type Answer = (request: IncomingMessage) => Promise<Reply>;

/** A socket that answers until it is closed, and then finishes what it has begun. */
export class Listener {
  readonly #server: Server;
  readonly #answer: Answer;
  readonly #clock: Clock;
  #inFlight = 0;
  #closing = false;
  #whenIdle: () => void = () => undefined;

  constructor(answer: Answer, clock: Clock) {
    this.#answer = answer;
    this.#clock = clock;
    const limits = { maxHeaderSize: 8_192, headersTimeout: 10_000, requestTimeout: 10_000 };
    // Longer than the 60 seconds for which proxies usually keep an idle connection, so that they are the ones to end it.
    this.#server = createServer({ ...limits, keepAliveTimeout: 65_000 }, (request, response) => {
      void this.#serve(request, response);
    });
  }

  get inFlight(): number {
    return this.#inFlight;
  }

  get isClosing(): boolean {
    return this.#closing;
  }

  /** The URL it listens at. */
  async listen(port: number, host: string): Promise<string> {
    this.#server.listen(port, host);
    await once(this.#server, "listening");
    const address = this.#server.address();
    const actual = typeof address === "object" && address !== null ? address.port : port;
    return `http://${host.includes(":") ? `[${host}]` : host}:${actual}`;
  }

  /** Accepts nothing more, and answers what has been asked; how many requests were cut off by the deadline. */
  async close(deadlineMs: number): Promise<number> {
    this.#closing = true;
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => {
        resolve();
      });
    });
    const idle = new Promise<void>((resolve) => (this.#whenIdle = resolve));
    if (this.#inFlight === 0) this.#whenIdle();
    const cancel = this.#clock.schedule(deadlineMs, this.#whenIdle);
    await idle;
    cancel();
    const cutOff = this.#inFlight;
    // Those that are left have asked nothing, or have waited too long.
    this.#server.closeAllConnections();
    await closed;
    return cutOff;
  }

  async #serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    this.#inFlight += 1;
    response.once("close", () => {
      this.#inFlight -= 1;
      if (this.#inFlight === 0) this.#whenIdle();
    });
    const body = hasBody(request);
    const reply = body
      ? refusal(413, "no_body_wanted", "No request here has a body.")
      : await this.#answer(request);
    // A body that nobody reads must not be taken for the next request.
    if (body || this.#closing) response.shouldKeepAlive = false;
    send(response, reply);
  }
}

const hasBody = ({ headers }: IncomingMessage): boolean =>
  headers["transfer-encoding"] !== undefined || (headers["content-length"] ?? "0") !== "0";
