/** @typedef {"SIGINT" | "SIGTERM" | "SIGHUP"} Interruption */

/** @type {Interruption[]} */
const interruptions = ["SIGINT", "SIGTERM", "SIGHUP"];

/** @type {Set<() => void>} */
const cleanups = new Set();

/**
 * Registers what must be undone (a child to end, a half-made folder, a lock) if the set-up is interrupted.
 * The clean-up must be synchronous, since the process ends right after it. Returns the function that takes it back.
 *
 * @param {() => void} cleanup
 * @returns {() => void}
 */
export function onInterruption(cleanup) {
  cleanups.add(cleanup);
  return () => cleanups.delete(cleanup);
}

/** @param {Interruption} signal */
function stop(signal) {
  for (const cleanup of [...cleanups].reverse()) {
    try {
      cleanup();
    } catch {
      // What cannot be removed now is removed by the next run; the other clean-ups still count.
    }
  }
  endWith(signal);
}

/**
 * Ends this process as the signal would have, so that whoever waits for it sees the truth.
 *
 * @param {NodeJS.Signals} signal
 */
export function endWith(signal) {
  process.removeAllListeners(signal);
  process.kill(process.pid, signal);
}

/** Guards the set-up from here on. Returns the function that ends the guard. */
export function guardSetup() {
  const handlers = interruptions.map((signal) => ({ signal, handler: () => stop(signal) }));
  for (const { signal, handler } of handlers) process.on(signal, handler);
  return () => {
    for (const { signal, handler } of handlers) process.off(signal, handler);
  };
}
