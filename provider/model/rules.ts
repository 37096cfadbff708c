import * as z from "zod";
import { choiceText, closest, isPrintable } from "../text";
import { isTextOfOutput, TEXT_OF_OUTPUT, type Parsed } from "../whitelist";
import { isGuid } from "./ids";
import type { Objection } from "./problems";
import { isRoleId, KNOWN_ROLES } from "./roles";
import { UNKNOWN } from "./values";

/* What a program may declare, value by value. Values that are not known before `up` pass. */

/** What is wrong with a text, if anything. */
type Rule = (text: string) => Objection | undefined;

/** A string that a rule may object to. */
export const textBy = (rule: Rule) =>
  z.string({ error: "must be a string" }).superRefine((value, context) => {
    const objection = value === UNKNOWN ? undefined : rule(value);
    if (objection !== undefined) context.addIssue(issueOf(objection));
  });

/** A list of strings whose order and repetitions do not matter. Each element is read once: there may be thousands. */
export const listBy = <T>(
  read: (text: string) => Reading<T>,
  /** What is wrong with the list as a whole, by the elements that are known and right. */
  objectTo: (values: readonly T[], list: readonly unknown[]) => string | undefined = () => undefined,
) =>
  z
    .array(z.custom<string>(), { error: "must be a list" })
    .superRefine((list: readonly unknown[], context) => {
      const values: T[] = [];
      for (const [index, text] of list.entries()) {
        if (text === UNKNOWN) continue;
        const reading = typeof text === "string" ? read(text) : NO_STRING;
        if ("value" in reading) values.push(reading.value);
        else context.addIssue({ ...issueOf(reading.objection), path: [index] });
      }
      const message = objectTo(values, list);
      if (message !== undefined) context.addIssue({ code: "custom", message });
    });

/** What one element of a list means, or what is wrong with it. */
type Reading<T> = { readonly objection: Objection } | { readonly value: T };

const NO_STRING = { objection: { reason: "must be a string" } };

const issueOf = ({ reason, ...params }: Objection) => ({ code: "custom" as const, message: reason, params });

/** The end of a sentence that proposes what was probably meant. */
export const proposal = (near: string | undefined): string =>
  near === undefined ? "" : `; did you mean "${near}"?`;

export const oneOf =
  (options: readonly string[]): Rule =>
  (value) =>
    options.includes(value)
      ? undefined
      : {
          reason: `must be ${choiceText(options)}`,
          after: `, not "${value.slice(0, 40)}"${proposal(closest(value, options))}`,
        };

export const guid: Rule = (value) =>
  isGuid(value) ? undefined : { reason: "must be the client's GUID (the API's id, not its key)" };

export function role(value: string): Reading<string> {
  if (value.trim() === "") return { objection: { reason: "must not be empty" } };
  if (isRoleId(value))
    return { objection: { reason: "is a role's id: name the role, as ThinkGeo's console does" } };
  const near = KNOWN_ROLES.includes(value) ? undefined : closest(value, KNOWN_ROLES);
  return near === undefined
    ? { value }
    : { objection: { before: `"${value}" `, reason: "is no role", after: proposal(near) } };
}

export const entryBy =
  <T>(parse: (text: string) => Parsed<T>) =>
  (text: string): Reading<T> => {
    const parsed = parse(text);
    if (parsed.ok) return { value: parsed.value };
    const after = parsed.advice === undefined ? "" : `; ${parsed.advice}`;
    return { objection: { before: `"${text.slice(0, 80)}" `, reason: parsed.reason, after } };
  };

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
