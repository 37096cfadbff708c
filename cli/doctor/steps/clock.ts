import { fail, info, pass, warn, type Finding } from "../finding";
import type { Step } from "../step";
import type { Sighting } from "../witness";

const WARN_SECONDS = 60;
const FAIL_SECONDS = 300;

/** Compares our clock with the server's: tokens are valid by the one and renewed by the other. */
export const clock: Step = {
  name: "clock",
  title: "Clock",
  needs: ["answer"],
  run: ({ witness }) => {
    // A cache's answer is as old as the cache makes it; the token's never comes from one.
    const dated = witness.seen.filter((sighting) => serverTime(sighting) !== undefined);
    const best = dated.find(({ request }) => request.method === "POST") ?? dated.at(-1);
    const theirs = best && serverTime(best);
    if (best === undefined || theirs === undefined)
      return Promise.resolve([info("The server does not say what time it is.")]);
    // The header has whole seconds, cut off: half of one is the best guess.
    const skew = (best.sentAt + best.receivedAt) / 2 - (theirs + 500);
    return Promise.resolve([judge(skew / 1000)]);
  },
};

function judge(seconds: number): Finding {
  const off = Math.abs(Math.round(seconds));
  const words = `This machine's clock is ${off} s ${seconds > 0 ? "ahead of" : "behind"} the server's.`;
  const todo = "Set this machine's clock (NTP): tokens would seem to end too early or too late.";
  if (off > FAIL_SECONDS) return fail(words, todo);
  if (off > WARN_SECONDS) return warn(words, todo);
  return pass(
    off <= 1 ? "This machine's clock and the server's agree." : `${words.slice(0, -1)}, which does no harm.`,
  );
}

function serverTime({ result }: Sighting): number | undefined {
  if (result.kind !== "answer" || result.headers["age"] !== undefined) return undefined;
  const time = Date.parse(result.headers["date"] ?? "");
  return Number.isNaN(time) ? undefined : time;
}
