import type { TokenFailure } from "./token-failure.ts";

const FIRST = 1_000;
const LONGEST = 60_000;
const LONGEST_ASKED = 3_600_000;

/** How long to wait before ThinkGeo is asked again, after so many failures in a row. */
export function backoff(failure: TokenFailure, failures: number, random: number): number {
  // Wrong credentials do not get better by asking often, and look like an attack.
  const limit = failure.reason === "refused" ? LONGEST : Math.min(LONGEST, FIRST * 2 ** (failures - 1));
  // Spread over the second half, so that several servers do not come back together.
  const own = limit * (0.5 + random / 2);
  return Math.max(own, Math.min(failure.retryAfterMs ?? 0, LONGEST_ASKED));
}
