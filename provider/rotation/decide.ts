import { parseRotation, parseSchedule } from "../model/rotation";
import { hasUnknown, UNKNOWN, withoutUndefined, type Properties } from "../model/values";
import { digest } from "../text";
import { plan, type Rotation, type Schedule } from "./plan";

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
  return withoutUndefined(plan(parseRotation(olds, inputs), scheduleOf(inputs, olds), time));
}

/** What is declared, in the terms of the plan; `olds` tells whether `emergency` is new. */
export function scheduleOf(inputs: Properties, olds: Properties = inputs): Schedule {
  const { rotateWhenChanged, emergency, ...rest } = parseSchedule(inputs);
  return {
    ...rest,
    // With a name of its own in it: the map may hold a secret that others have, too.
    trigger: rotateWhenChanged && digest([inputs["autoName"], rotateWhenChanged], 16),
    emergency: emergency && olds["emergency"] !== true,
  };
}
