import type { AccountRole } from "../../provider/model/wire";
import { count } from "./amount";
import { draft, type Draft } from "./draft";

const DAY_MS = 86_400_000;

/** From how many days before its end on a role is reported. */
export const DAYS_BEFORE = 14;

/** Roles of the account that have ended, or soon will: after that, ThinkGeo answers every key with HTTP 400. */
export function endingRoles(roles: readonly AccountRole[], now: number): Draft[] {
  return roles.flatMap(({ name, expiration }) => {
    const end = expiration === undefined ? NaN : Date.parse(expiration);
    const days = Math.ceil((end - now) / DAY_MS);
    if (Number.isNaN(end) || days >= DAYS_BEFORE) return [];
    const day = new Date(end).toISOString().slice(0, 10);
    const message =
      days <= 0 ? `The role ended on ${day}.` : `The role ends on ${day}, in ${count(days, "day")}.`;
    return [
      draft(
        "evaluation-ending",
        { id: null, name, type: null, managed: [] },
        { message: `${message} Keys that live by it stop working then.`, basis: day },
      ),
    ];
  });
}
