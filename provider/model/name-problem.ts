import { isTextOfOutput, TEXT_OF_OUTPUT } from "../whitelist";
import type { Objection } from "./problems";
import { isPrintable } from "./printable";

/** Our own limit: the API's is not known, and the console shows a few dozen characters. */
const LONGEST_NAME = 256;

/** Why a text cannot be a client's name, if it cannot. */
export function nameProblem(text: string): Objection | undefined {
  if (isTextOfOutput(text)) return { reason: TEXT_OF_OUTPUT };
  if (text.length > LONGEST_NAME)
    return { reason: `must not be longer than ${LONGEST_NAME} characters (it has ${text.length})` };
  if (text.trim() === "") return { reason: "must not be empty; leave it out to have one made" };
  if (!isPrintable(text))
    return { reason: "must not have control or invisible characters (line breaks, tabs, direction marks)" };
  return text === text.trim()
    ? undefined
    : { reason: "must not have spaces around it", after: `; write "${text.trim()}"` };
}

/** A name that may be declared; a person may have given a client another one, such as one with spaces around it. */
export const usableName = (name: unknown): string | undefined =>
  typeof name === "string" && nameProblem(name) === undefined ? name : undefined;

/** What is wrong where neither a name is given nor what the SDK makes one of: something has taken that away. */
export const AUTO_NAME_GONE =
  "autoName is missing: this package adds it for the name that it makes, and a transform must leave autoName and __provider as they are, or give a Client a name";
