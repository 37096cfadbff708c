import type { Known } from "../client/known";
import { checked, type Checked } from "../client/resource";
import { findRotationProblems, SCHEDULE_DEFAULTS } from "../model/rotation";
import { withoutProvider, withoutUndefined, type Properties } from "../model/values";

/**
 * Completes what a program declared of a RotatingClient. Makes no request, and decides nothing: what depends on the clock
 * must not stand in inputs, or a saved plan could never be carried out.
 */
export function checkRotation(olds: Properties, news: Properties, known: Known): Checked {
  const declared = withoutProvider(news);
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
  // autoName is made the id of the resource, whatever the clients are called.
  return checked(olds, inputs, findRotationProblems(inputs, olds), inputs.autoName !== undefined, known);
}
