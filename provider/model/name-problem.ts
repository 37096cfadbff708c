import { isPrintable } from "./printable";

/** Our own limit: the API's is not known, and the console shows a few dozen characters. */
const LONGEST_NAME = 256;

/** Why a text cannot be a client's name, if it cannot. */
export function nameProblem(text: string): string | undefined {
  if (text.length > LONGEST_NAME)
    return `must not be longer than ${LONGEST_NAME} characters (it has ${text.length})`;
  if (text.trim() === "") return "must not be empty; leave it out to have one made";
  if (!isPrintable(text))
    return "must not have control or invisible characters (line breaks, tabs, direction marks)";
  return text === text.trim() ? undefined : `must not have spaces around it; write "${text.trim()}"`;
}
