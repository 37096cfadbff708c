/** Time and chance as the server sees them, so that tests can state both. */
export interface Clock {
  /** Milliseconds that only go forward. */
  now(): number;
  /** Milliseconds since 1970. */
  wall(): number;
  /** From 0 up to, not including, 1. */
  random(): number;
  /** Does the work once, later; the answer calls it off. */
  schedule(ms: number, work: () => void): () => void;
}

export const realClock: Clock = {
  now: () => performance.now(),
  wall: () => Date.now(),
  random: () => Math.random(),
  schedule: (ms, work) => {
    const timer = setTimeout(work, ms);
    return () => {
      clearTimeout(timer);
    };
  },
};
