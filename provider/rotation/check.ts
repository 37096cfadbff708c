import { createHash } from "node:crypto";
import type { Known } from "../client/known";
import { AUTO_NAME_GONE, type Checked } from "../client/resource";
import { readPlan } from "../model/client";
import { dangerOfWhitelist } from "../model/opening";
import { failureOf } from "../model/problems";
import { findRotationProblems, parseRotation, parseSchedule, SCHEDULE_DEFAULTS } from "../model/rotation";
import { hasUnknown, UNKNOWN, withoutUndefined, type Properties } from "../model/values";
import { sortedJson } from "../text";
import { plan, type Rotation, type Schedule } from "./plan";

/**
 * Completes what a program declared of a RotatingClient. Makes no request, and decides nothing: what depends on the clock
 * must not stand in inputs, or a saved plan could never be carried out.
 */
export function checkRotation(olds: Properties, news: Properties, known: Known): Checked {
  const declared = Object.fromEntries(Object.entries(news).filter(([key]) => key !== "__provider"));
  const inputs = withoutUndefined({
    ...declared,
    name: declared["name"] ?? olds["name"],
    // Clients keep their names when the resource gets another (aliases).
    autoName: olds["autoName"] ?? declared["autoName"],
    active: declared["active"] ?? true,
    deletionPolicy: declared["deletionPolicy"] ?? "delete",
    overlapDays: declared["overlapDays"] ?? SCHEDULE_DEFAULTS.overlapDays,
    retire: declared["retire"] ?? SCHEDULE_DEFAULTS.retire,
    rotation: olds["rotation"],
  });
  const failures = findRotationProblems(inputs).map(failureOf);
  // It is made the id of the resource, whatever the clients are called.
  if (inputs.autoName === undefined) failures.push({ property: "", reason: AUTO_NAME_GONE });
  known.claims.plan(olds, inputs);
  const warning = failures.length === 0 ? dangerOfWhitelist(readPlan(olds), readPlan(inputs)) : undefined;
  return withoutUndefined({ inputs, failures, warning });
}

const DECISIVE = ["rotateWhenChanged", "rotateAfterDays", "overlapDays", "retire", "emergency"];

/**
 * What this run does, by the clock, after what the last one has done; undefined where it depends on values that are not
 * known yet.
 * @param olds the outputs of the last run; none before the first
 */
export function decide(olds: Properties, inputs: Properties, wallTime: number): Rotation | undefined {
  if (DECISIVE.some((key) => hasUnknown(inputs[key]))) return undefined;
  const { now } = inputs;
  const time = typeof now === "string" && now !== UNKNOWN ? Date.parse(now) : wallTime;
  return withoutUndefined(plan(standing(olds, inputs), scheduleOf(inputs, olds), time));
}

/** Where the rotation stands. State of version 0.1.0 has it among the inputs. */
export const standing = (olds: Properties, inputs: Properties): Rotation | undefined =>
  parseRotation(olds["rotation"]) ?? parseRotation(inputs["rotation"]);

/** What is declared, in the terms of the plan; `olds` tells whether `emergency` is new. */
export function scheduleOf(inputs: Properties, olds: Properties = inputs): Schedule {
  const { rotateWhenChanged, emergency, ...rest } = parseSchedule(inputs);
  return {
    ...rest,
    trigger: rotateWhenChanged && digest([inputs["autoName"], rotateWhenChanged]),
    emergency: emergency && olds["emergency"] !== true,
  };
}

/** With a name of its own in it: the map may hold a secret that others have, too. */
const digest = (parts: readonly unknown[]): string =>
  createHash("sha256").update(sortedJson(parts)).digest("hex").slice(0, 16);
