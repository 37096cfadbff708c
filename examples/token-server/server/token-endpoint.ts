import type { Outcome } from "./metrics.ts";
import type { RateLimit } from "./rate-limit.ts";
import { refusal, type Reply } from "./reply.ts";
import { TokenUnavailable, type TokenSource } from "./token-source.ts";

/** What of a request decides who gets a token. */
export interface TokenCall {
  readonly isPreflight: boolean;
  readonly origin: string | undefined;
  readonly caller: string;
}

export interface TokenReply {
  readonly outcome: Outcome;
  readonly reply: Reply;
}

/** `GET /token`, and the question beforehand that browsers ask with OPTIONS. */
export class TokenEndpoint {
  readonly #source: TokenSource;
  readonly #limit: RateLimit;
  readonly #allowedOrigins: ReadonlySet<string>;

  constructor(source: TokenSource, limit: RateLimit, allowedOrigins: ReadonlySet<string>) {
    this.#source = source;
    this.#limit = limit;
    this.#allowedOrigins = allowedOrigins;
  }

  async answer(call: TokenCall): Promise<TokenReply> {
    const { outcome, reply } = await this.#decide(call);
    return { outcome, reply: { ...reply, headers: { ...this.#cors(call.origin), ...reply.headers } } };
  }

  async #decide({ isPreflight, origin, caller }: TokenCall): Promise<TokenReply> {
    // Before the origin is looked at, so that guessing origins is limited too.
    const waitMs = isPreflight ? 0 : this.#limit.take(caller);
    if (waitMs > 0) {
      const message = "You have asked too often; the token that you got is good until it expires.";
      return {
        outcome: "rate_limited",
        reply: refusal(429, "rate_limited", message, retryAfter(waitMs)),
      };
    }
    if (origin === undefined || !this.#allowedOrigins.has(origin)) {
      const message = "Tokens are for the pages of this service only.";
      return { outcome: "origin_refused", reply: refusal(403, "origin_refused", message) };
    }
    return isPreflight ? preflight : this.#token();
  }

  async #token(): Promise<TokenReply> {
    try {
      const { value, expiresInSeconds, overdue } = await this.#source.get();
      const body = { access_token: value, expires_in: expiresInSeconds };
      return { outcome: overdue ? "token_overdue" : "token", reply: { status: 200, body } };
    } catch (error) {
      if (!(error instanceof TokenUnavailable)) throw error;
      const message = "There is no token at the moment; try again later.";
      return {
        outcome: "unavailable",
        reply: refusal(503, "unavailable", message, retryAfter(error.retryAfterMs)),
      };
    }
  }

  /** With errors too, or a page could not read them. */
  #cors(origin: string | undefined): Record<string, string> {
    const isAllowed = origin !== undefined && this.#allowedOrigins.has(origin);
    const allowed = {
      "access-control-allow-origin": origin ?? "",
      "access-control-expose-headers": "Retry-After",
    };
    return { vary: "Origin", ...(isAllowed ? allowed : {}) };
  }
}

const preflight: TokenReply = {
  outcome: "preflight",
  reply: {
    status: 204,
    headers: {
      "access-control-allow-methods": "GET",
      "access-control-allow-headers": "Accept, Content-Type",
      "access-control-max-age": "7200",
    },
  },
};

/** Whole seconds, rounded up: who comes on the second must not be early. */
const retryAfter = (ms: number): Record<string, string> => ({
  "retry-after": String(Math.max(1, Math.ceil(ms / 1000))),
});
