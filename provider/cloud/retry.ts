/** What a request is for decides whether it may be repeated. */
export type Operation = "token" | "read" | "create" | "update" | "delete";

/** How one attempt failed, as far as repeating it is concerned. */
export type Failed =
  | {
      readonly kind:
        /** No byte of the request reached the server. */
        | "not-sent"
        /** Sent, and lost: connection reset or time-out. */
        | "ambiguous"
        /** The whole answer came and is not the API's: a success with a proxy's page, garbage, too large; a cache's 304. */
        | "unreadable"
        /** Will not get better: certificate, refusing proxy. */
        | "untrusted";
    }
  | { readonly kind: "refused"; readonly status: number; readonly retryAfterMs?: number | undefined };

export type Decision =
  | { readonly action: "repeat"; readonly delayMs: number }
  /** The token was refused: renew it, and repeat at once. */
  | { readonly action: "renew-token" }
  /** It may have been applied: look before doing anything else. */
  | { readonly action: "reconcile" }
  /** The server asks for a longer wait than there is time for. */
  | { readonly action: "too-long"; readonly waitMs: number }
  | { readonly action: "stop" };

export interface Attempt {
  readonly operation: Operation;
  readonly failure: Failed;
  /** 1 for the first. */
  readonly attempt: number;
  /** Whether the token has been renewed for this request already. */
  readonly renewed: boolean;
  readonly leftMs: number;
  /** From 0 up to, not including, 1. */
  readonly random: number;
}

const FIRST_DELAY = 500;
const LONGEST_DELAY = 8_000;
const MOST_ATTEMPTS = 10;
const SERVER_TROUBLE = new Set([408, 500, 502, 503, 504]);

/**
 * Whether to repeat a request, and when. Reading, a full replace by id and deleting may be
 * repeated; creating only when it was refused or never sent, because a second client would be a second key.
 */
export function decide(attempt: Attempt): Decision {
  const { operation, failure } = attempt;
  if (failure.kind === "untrusted")
    return operation === "create" ? { action: "reconcile" } : { action: "stop" };
  // A page where JSON should be does not become JSON by asking again.
  if (failure.kind === "unreadable" && (operation === "read" || operation === "token"))
    return { action: "stop" };
  if (failure.kind === "refused") {
    if (failure.status === 401 && operation !== "token")
      return attempt.renewed ? { action: "stop" } : { action: "renew-token" };
    if (failure.status !== 429 && !SERVER_TROUBLE.has(failure.status)) return { action: "stop" };
  }
  const refused = failure.kind === "not-sent" || (failure.kind === "refused" && failure.status === 429);
  if (operation === "create" && !refused) return { action: "reconcile" };
  return repeat(attempt);
}

function repeat({ failure, attempt, leftMs, random }: Attempt): Decision {
  if (attempt >= MOST_ATTEMPTS) return { action: "stop" };
  const asked = failure.kind === "refused" ? (failure.retryAfterMs ?? 0) : 0;
  // "At once", and a date that has passed where the clocks differ, are no reason to come ten times in a second.
  if (asked > 0) {
    if (asked >= leftMs) return { action: "too-long", waitMs: asked };
    // Never earlier than asked; the tenth on top keeps many waiting clients from coming back together.
    const delayMs = asked * (1 + random / 10);
    return { action: "repeat", delayMs: Math.min(delayMs, Math.max(asked, leftMs - 1)) };
  }
  const delayMs = random * Math.min(LONGEST_DELAY, FIRST_DELAY * 2 ** (attempt - 1));
  return delayMs >= leftMs ? { action: "stop" } : { action: "repeat", delayMs };
}

/** Retry-After in milliseconds; undefined when it is neither seconds nor a date, which means: use our own delays. */
export function readRetryAfter(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = new Date(text);
  // An HTTP date is what JavaScript itself writes. A day that does not exist (31 February) is read as another one.
  const exists = !Number.isNaN(date.valueOf()) && date.toUTCString() === text;
  return exists ? Math.max(0, date.valueOf() - now) : undefined;
}
