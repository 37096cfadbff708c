import type { Budget, Time } from "./time";

/** A token, and its lifetime as the token endpoint says. */
export interface GrantedToken {
  readonly token: string;
  readonly expiresInSeconds: number;
}

const ASSUMED_LIFE = 60;
const LONGEST_LIFE = 24 * 3600;
/** Renewed before it expires, so that a request on its way does not arrive with a dead token. */
const USABLE_PART = 0.8;

/** The token of this process: fetched when first needed, once for all who wait, renewed before it expires. */
export class TokenSource {
  #current: { token: string; usableUntil: number } | undefined;
  #pending: Promise<string> | undefined;

  constructor(
    private readonly fetch: (budget: Budget) => Promise<GrantedToken>,
    private readonly time: Time,
  ) {}

  async get(budget: Budget): Promise<string> {
    if (this.#current !== undefined && this.isGood(this.#current.token)) return this.#current.token;
    this.#pending ??= this.#renew(budget).finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  /** Whether this is the token to use now: neither replaced nor forgotten, and not near its end. */
  isGood(token: string): boolean {
    return this.#current?.token === token && this.time.monotonic() < this.#current.usableUntil;
  }

  /** Forgets a token that the API refused, unless somebody has renewed it meanwhile. */
  invalidate(token: string): void {
    if (this.#current?.token === token) this.#current = undefined;
  }

  async #renew(budget: Budget): Promise<string> {
    const { token, expiresInSeconds } = await this.fetch(budget);
    const life = expiresInSeconds > 0 ? Math.min(expiresInSeconds, LONGEST_LIFE) : ASSUMED_LIFE;
    this.#current = { token, usableUntil: this.time.monotonic() + life * 1000 * USABLE_PART };
    return token;
  }
}
