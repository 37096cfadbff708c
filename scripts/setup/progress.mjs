const quietMs = 1_500;
const lineEveryMs = 20_000;

/**
 * @typedef {object} Progress
 * @property {(detail: string) => void} show how far it is
 * @property {(outcome: string) => void} end says how it ended, if anything was shown at all
 */

/**
 * Shows that something long is under way, on stderr so that the output of the command stays clean: a line that is
 * rewritten every second on a terminal, elsewhere a new line every 20 seconds. What is quick shows nothing.
 *
 * @param {string} what "Installing the locked packages"
 * @param {string} usual "usually 10 to 60 s"
 * @returns {Progress}
 */
export function startProgress(what, usual) {
  const started = Date.now();
  const terminal = process.stderr.isTTY;
  let detail = "";
  let shownAt = 0;

  const line = () => `${what}${detail && `: ${detail}`} (${duration(Date.now() - started)} so far, ${usual})`;
  const tick = () => {
    const now = Date.now();
    if (now - started < quietMs) return;
    if (terminal) process.stderr.write(`\r\x1b[K${line().slice(0, (process.stderr.columns || 80) - 1)}`);
    else if (now - shownAt >= lineEveryMs) process.stderr.write(`${line()}\n`);
    else return;
    shownAt = now;
  };
  const timer = setInterval(tick, 1_000);

  return {
    show(text) {
      detail = text;
    },
    end(outcome) {
      clearInterval(timer);
      if (shownAt === 0) return;
      if (terminal) process.stderr.write("\r\x1b[K");
      process.stderr.write(`${what}: ${outcome} after ${duration(Date.now() - started)}\n`);
    },
  };
}

/** @param {number} ms */
function duration(ms) {
  const seconds = Math.round(ms / 1_000);
  return seconds < 100 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
