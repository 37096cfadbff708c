import { isDeepStrictEqual } from "node:util";
import * as z from "zod";
import { choiceText, closest, printable } from "../text";
import { INPUTS, readSecretInputs, RULES } from "./client";
import { WHITELISTS } from "./client-body";
import { problemsOf, type LocatedObjection, type Objection, type Problem } from "./problems";
import { proposal } from "./rules";
import { hasEntries, UNKNOWN, type Properties } from "./values";
import { CLIENT_TYPES } from "./wire";

const shape = z.strictObject(RULES);

/** What is declared, in words, and which properties it has beside a client's. */
interface ResourceKind {
  readonly name: string;
  readonly properties: readonly string[];
}

/**
 * Everything that is wrong with the declared properties, at once.
 *
 * @param held the inputs that state has
 */
export function findProblems(
  declared: Properties,
  kind: ResourceKind = { name: "Client", properties: [] },
  held: Properties = {},
): Problem[] {
  const known = Object.fromEntries(Object.entries(declared).filter(([, value]) => value !== UNKNOWN));
  const parsed = shape.safeParse(known);
  const objections = (parsed.error?.issues ?? []).flatMap((issue) => objectionsIn(issue, kind));
  if (declared["type"] === undefined)
    objections.unshift({ path: ["type"], reason: `must be given: ${choiceText(CLIENT_TYPES)}` });
  const marked = [...objections, ...findConflicts(known, held)].map((objection) =>
    objection.isHeld === undefined && isHeld(objection.path, known, held)
      ? { ...objection, isHeld: true }
      : objection,
  );
  return problemsOf(marked, readSecretInputs(declared));
}

/** Whether a text, or a text in a list, stands in state word for word. */
function isHeld([name = "", index]: readonly PropertyKey[], declared: Properties, held: Properties): boolean {
  const [now, before] = [declared[String(name)], held[String(name)]];
  if (index === undefined) return typeof now === "string" && now === before;
  return Array.isArray(now) && Array.isArray(before) && before.includes(now[Number(index)]);
}

function objectionsIn(issue: z.core.$ZodIssue, kind: ResourceKind): LocatedObjection[] {
  if (issue.code === "unrecognized_keys") {
    return issue.keys.map((key) => ({
      path: [printable(key.slice(0, 80))],
      reason: `is no property of a ${kind.name}`,
      after: proposal(closest(key, [...INPUTS, ...kind.properties])),
    }));
  }
  return [{ path: issue.path, reason: issue.message, ...wordsIn(issue) }];
}

const words = z.object({ before: z.string().optional(), after: z.string().optional() });

const wordsIn = (issue: z.core.$ZodIssue): Omit<Objection, "reason"> =>
  "params" in issue ? words.parse(issue.params) : {};

/** Properties that are right by themselves and wrong together. */
function findConflicts(known: Properties, held: Properties): LocatedObjection[] {
  const origins = known["allowedOrigins"];
  const addresses = known["allowedIpAddresses"];
  const isInState = (name: string): boolean =>
    hasEntries(held[name]) && isDeepStrictEqual(known[name], held[name]);
  if (hasEntries(origins) && known["type"] === "NativeConfidential") {
    const reason =
      "cannot be used with type NativeConfidential: such clients run where no browser sends an origin, so ThinkGeo restricts them by address only; use allowedIpAddresses, or type JavaScript";
    return [{ path: ["allowedOrigins"], reason, isHeld: isInState("allowedOrigins") }];
  }
  // The option ignoreChanges puts what state has beside what is declared: only diff knows of it.
  if (!hasEntries(origins) || !hasEntries(addresses) || WHITELISTS.some(isInState)) return [];
  return [{ path: ["allowedIpAddresses"], reason: TWO_KINDS }];
}

export const TWO_KINDS =
  "cannot be used together with allowedOrigins: a client has origins or IP addresses, not both; leave one of the two out";
