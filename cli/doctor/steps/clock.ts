import { clockAhead } from "../../account/witness";
import { fail, info, pass, warn, type Finding } from "../finding";
import type { Step } from "../step";

const WARN_SECONDS = 60;
const FAIL_SECONDS = 300;

/** Compares our clock with the server's: tokens are valid by the one and renewed by the other. */
export const clock: Step = {
  name: "clock",
  title: "Clock",
  needs: ["answer"],
  run: ({ witness }) => {
    const ahead = clockAhead(witness.seen);
    return Promise.resolve([
      ahead === undefined ? info("The server does not say what time it is.") : judge(ahead / 1000),
    ]);
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
