import { createHash } from "node:crypto";
import { failureOf, type Checked, type Properties } from "../client";
import { withoutUndefined } from "../model/args";
import {
  findRotationProblems,
  parseRotation,
  parseSchedule,
  SCHEDULE_DEFAULTS,
} from "../model/rotation-args";
import { hasUnknown, UNKNOWN } from "../model/unknown";
import type { Known } from "../names";
import { sortedJson } from "../sorted-json";
import { plan, type Rotation, type Schedule } from "./plan";

/** Completes what a program declared of a RotatingClient, and decides what this run does. Makes no request. */
export function checkRotation(olds: Properties, news: Properties, wallTime: number, known: Known): Checked {
  const { now, ...declared } = Object.fromEntries(
    Object.entries(news).filter(([key]) => key !== "__provider"),
  );
  const inputs = withoutUndefined({
    ...declared,
    name: declared["name"] ?? olds["name"],
    // Clients keep their names when the resource gets another (aliases).
    autoName: olds["autoName"] ?? declared["autoName"],
    active: declared["active"] ?? true,
    deletionPolicy: declared["deletionPolicy"] ?? "delete",
    overlapDays: declared["overlapDays"] ?? SCHEDULE_DEFAULTS.overlapDays,
    retire: declared["retire"] ?? SCHEDULE_DEFAULTS.retire,
  });
  const failures = findRotationProblems({ ...inputs, now }).map(failureOf);
  if (failures.length > 0) return { inputs, failures };
  const time = typeof now === "string" && now !== UNKNOWN ? Date.parse(now) : wallTime;
  const complete = { ...inputs, rotation: decide(olds, inputs, time) };
  known.inForce.plan(olds, complete);
  return { inputs: complete, failures };
}

const DECISIVE = ["rotateWhenChanged", "rotateAfterDays", "overlapDays", "retire", "emergency"];

function decide(olds: Properties, inputs: Properties, time: number): Rotation | typeof UNKNOWN {
  if (DECISIVE.some((key) => hasUnknown(inputs[key]))) return UNKNOWN;
  return withoutUndefined(plan(parseRotation(olds["rotation"]), scheduleOf(inputs, olds), time));
}

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
