import { runInNewContext } from "node:vm";
import { SettingsError } from "./settings";

/** As long as a client's name can be. */
const LONGEST_TEXT = 256;
const LONGEST_MATCH_MS = 500;

/**
 * Whether a regular expression from a pack's configuration matches all of a text. Text that is too long for a name
 * does not match. The time is limited, because some expressions take years on some texts.
 *
 * @param setting Where the expression stands, for the error.
 */
export function matchesAll(expression: string, text: string, setting: string): boolean {
  const pattern = compile(expression, setting);
  if (text.length > LONGEST_TEXT) return false;
  try {
    return runInNewContext("pattern.test(text)", { pattern, text }, { timeout: LONGEST_MATCH_MS }) === true;
  } catch {
    throw new SettingsError(
      `${setting} is ${JSON.stringify(expression)}, which takes too long on ${JSON.stringify(text)}. ` +
        "A repetition within a repetition, such as (a+)+, does that: write it without.",
    );
  }
}

function compile(expression: string, setting: string): RegExp {
  try {
    // By itself first: "a)|(b" is wrong, and would become right between the brackets, and no longer match all.
    new RegExp(expression, "u");
    return new RegExp(`^(?:${expression})$`, "u");
  } catch (error) {
    const reason = error instanceof Error ? error.message : "it cannot be read";
    throw new SettingsError(`${setting} is no regular expression of JavaScript (with the flag u): ${reason}`);
  }
}
