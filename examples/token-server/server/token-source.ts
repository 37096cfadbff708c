import { backoff } from "./backoff.ts";
import type { Clock } from "./clock.ts";
import { TokenFailure } from "./token-failure.ts";
import type { Grant } from "./token-request.ts";

/** A token that works now, and for how many whole seconds more. */
export interface LiveToken {
  readonly value: string;
  readonly expiresInSeconds: number;
  /** Whether its renewal is overdue, because the last attempt failed. */
  readonly overdue: boolean;
}

/** There is no token, and asking earlier than this is of no use. */
export class TokenUnavailable extends Error {
  readonly retryAfterMs: number;

  constructor(retryAfterMs: number) {
    super("There is no token now.");
    this.retryAfterMs = retryAfterMs;
  }
}

/** Who wants to know how renewing goes. */
export interface RefreshObserver {
  refreshed(lifeSeconds: number): void;
  failed(failure: TokenFailure, retryInMs: number): void;
}

/** Renewed after this part of its life, so that whoever gets the token late can still use it for a while. */
const RENEW_AFTER = 0.8;
const SHORTEST_PAUSE = 1_000;

/** The one token that all callers share: fetched once for all who wait, and renewed ahead of its end. */
export class TokenSource {
  readonly #request: (stop: AbortSignal) => Promise<Grant>;
  readonly #clock: Clock;
  readonly #observer: RefreshObserver;
  readonly #stop = new AbortController();
  #token: { readonly value: string; readonly expiresAt: number } | undefined;
  #pending: Promise<void> | undefined;
  #failures = 0;
  #nextAttempt = 0;
  #cancelTimer: () => void = () => undefined;

  constructor(request: (stop: AbortSignal) => Promise<Grant>, clock: Clock, observer: RefreshObserver) {
    this.#request = request;
    this.#clock = clock;
    this.#observer = observer;
  }

  /** Fetches the first token, and keeps it fresh from then on. */
  start(): void {
    void this.#refresh();
  }

  /** The token as it is, without asking for one. */
  peek(): LiveToken | undefined {
    const left = this.#token === undefined ? 0 : this.#token.expiresAt - this.#clock.now();
    const expiresInSeconds = Math.floor(left / 1000);
    if (this.#token === undefined || expiresInSeconds < 1) return undefined;
    return { value: this.#token.value, expiresInSeconds, overdue: this.#failures > 0 };
  }

  /** A token that works; throws TokenUnavailable. */
  async get(): Promise<LiveToken> {
    const cached = this.peek();
    if (cached !== undefined) return cached;
    if (this.#pending !== undefined || this.#clock.now() >= this.#nextAttempt) await this.#refresh();
    const fetched = this.peek();
    if (fetched === undefined) throw new TokenUnavailable(Math.max(0, this.#nextAttempt - this.#clock.now()));
    return fetched;
  }

  /** Renews no more, and gives up what is under way. */
  stop(): void {
    this.#cancelTimer();
    this.#stop.abort();
  }

  #refresh(): Promise<void> {
    this.#pending ??= this.#attempt().finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  async #attempt(): Promise<void> {
    this.#cancelTimer();
    const asked = this.#clock.now();
    const wait = await this.#request(this.#stop.signal).then(
      (grant) => this.#accept(grant, asked),
      (error: unknown) => this.#fail(error),
    );
    this.#nextAttempt = this.#clock.now() + wait;
    if (this.#stop.signal.aborted) return;
    this.#cancelTimer = this.#clock.schedule(wait, () => void this.#refresh());
  }

  #accept({ token, lifeSeconds }: Grant, asked: number): number {
    // Its life began somewhere between question and answer: the earlier end is the safe one.
    this.#token = { value: token, expiresAt: asked + lifeSeconds * 1000 };
    this.#failures = 0;
    this.#observer.refreshed(lifeSeconds);
    return Math.max(SHORTEST_PAUSE, lifeSeconds * 1000 * RENEW_AFTER);
  }

  #fail(error: unknown): number {
    if (this.#stop.signal.aborted) return 0;
    const failure =
      error instanceof TokenFailure ? error : new TokenFailure("unreadable", "The request went wrong here.");
    this.#failures += 1;
    const wait = backoff(failure, this.#failures, this.#clock.random());
    this.#observer.failed(failure, wait);
    return wait;
  }
}
