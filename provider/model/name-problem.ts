/** Our own limit: the API's is not known, and the console shows a few dozen characters. */
const LONGEST_NAME = 256;

// Control characters, lone surrogates, and the marks that make text run backwards on a screen or end a line.
const UNPRINTABLE = /[\p{Cc}\p{Cs}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;

/** Why a text cannot be a client's name, if it cannot. */
export function nameProblem(text: string): string | undefined {
  if (text.length > LONGEST_NAME)
    return `must not be longer than ${LONGEST_NAME} characters (it has ${text.length})`;
  if (text.trim() === "") return "must not be empty; leave it out to have one made";
  if (UNPRINTABLE.test(text)) return "must not have control characters (line breaks, tabs, direction marks)";
  return text === text.trim() ? undefined : `must not have spaces around it; write "${text.trim()}"`;
}
