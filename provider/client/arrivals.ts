/** The shortest wait for further deletes, enough where the engine is quick. */
const SHORTEST_QUIET_MS = 20;
/** With hundreds of clients the engine writes its state for longer than that between two deletes. */
const GAPS_TO_WAIT = 3;
const LONGEST_QUIET_MS = 5_000;
/** Longer than that is no gap: the engine was busy with something else. */
const LONGEST_GAP_MS = 500;

/**
 * Learns from the deletes that arrive how long the others are worth waiting for. The engine sends as many at once as its
 * parallelism allows, which it does not tell, and no more until these are answered.
 */
export class Arrivals {
  #mostAtOnce = 0;
  #waitedForMore = false;
  #lastAnswered = 0;
  #lastAt: number | undefined;
  /** How often the engine may write its state before the next arrives: for that one, and for each that was just answered. */
  #writes = 1;
  #usualGap: number | undefined;

  /** One came at `now`; true if it is the last of those that come at once, so that nothing is worth waiting for. */
  arrived(now: number, waiting: number, inFlight: number): boolean {
    if (this.#lastAt !== undefined) {
      const gap = Math.min((now - this.#lastAt) / this.#writes, LONGEST_GAP_MS);
      this.#usualGap = ((this.#usualGap ?? gap) + gap) / 2;
    }
    this.#lastAt = now;
    this.#writes = 1;
    const atOnce = waiting + inFlight;
    if (atOnce > this.#mostAtOnce) {
      this.#mostAtOnce = atOnce;
      this.#waitedForMore = false;
      return false;
    }
    return waiting === this.#mostAtOnce && this.#mostIsCertain;
  }

  /** So many were answered at `now`. */
  answered(now: number, count: number): void {
    this.#lastAnswered = count;
    this.#lastAt = now;
    this.#writes = count + 1;
  }

  /** After how long without another it is time to go. */
  get quietMs(): number {
    // After a whole batch there are no others that might follow the answers.
    const wasWhole = this.#lastAnswered === this.#mostAtOnce && this.#mostIsCertain;
    const gaps = wasWhole ? GAPS_TO_WAIT : GAPS_TO_WAIT + this.#lastAnswered;
    return Math.min(Math.max(SHORTEST_QUIET_MS, gaps * (this.#usualGap ?? 0)), LONGEST_QUIET_MS);
  }

  /** So many have waited that long, and no other came. */
  wasQuiet(waiting: number): void {
    if (this.#lastAnswered === 0) return;
    this.#waitedForMore = waiting === this.#mostAtOnce;
    // Those that came with others once come alone now, and must not wait each time.
    if (!this.#engineIsQuick) this.#mostAtOnce = waiting;
  }

  /** A long wait has shown it, or the shortest would have. */
  get #mostIsCertain(): boolean {
    return this.#waitedForMore || this.#engineIsQuick;
  }

  get #engineIsQuick(): boolean {
    return GAPS_TO_WAIT * (this.#usualGap ?? Infinity) <= SHORTEST_QUIET_MS;
  }
}
