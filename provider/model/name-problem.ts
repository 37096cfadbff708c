import type { Objection } from "./objection";
import { isPrintable } from "./printable";

/** Our own limit: the API's is not known, and the console shows a few dozen characters. */
const LONGEST_NAME = 256;

/** What Pulumi's SDK writes where a program puts an Output into a string, and takes no notice of. */
const TEXT_OF_OUTPUT = "Calling [toString] on an [Output<T>]";

/** Why a text cannot be a client's name, if it cannot. */
export function nameProblem(text: string): Objection | undefined {
  if (text.includes(TEXT_OF_OUTPUT))
    return { reason: "is the text that stands for an Output in a string; use pulumi.interpolate" };
  if (text.length > LONGEST_NAME)
    return { reason: `must not be longer than ${LONGEST_NAME} characters (it has ${text.length})` };
  if (text.trim() === "") return { reason: "must not be empty; leave it out to have one made" };
  if (!isPrintable(text))
    return { reason: "must not have control or invisible characters (line breaks, tabs, direction marks)" };
  return text === text.trim()
    ? undefined
    : { reason: "must not have spaces around it", after: `; write "${text.trim()}"` };
}
