export const failureReasons = [
  "network",
  "timeout",
  "refused",
  "rate_limited",
  "server_error",
  "unreadable",
] as const;

export type FailureReason = (typeof failureReasons)[number];

/** Why there is no new token. Its message may be logged: it quotes nothing but a status and an OAuth error code. */
export class TokenFailure extends Error {
  readonly reason: FailureReason;
  /** How long ThinkGeo asks us to wait, if it does. */
  readonly retryAfterMs: number | undefined;

  constructor(reason: FailureReason, message: string, retryAfterMs?: number) {
    super(message);
    this.reason = reason;
    this.retryAfterMs = retryAfterMs;
  }
}
