import type { AccountRole } from "../../provider/model/wire";
import { endOfRole } from "../account/role-end";
import { count } from "../text";
import { draft, type Draft } from "./draft";

/** Roles of the account that have ended, or soon will: after that, ThinkGeo answers every key with HTTP 400. */
export function endingRoles(roles: readonly AccountRole[], now: number): Draft[] {
  return roles.flatMap((role) => {
    const end = endOfRole(role, now);
    if (end === undefined || !end.isNear) return [];
    const { day, days, isOver } = end;
    const message = isOver
      ? `The role ended on ${day}.`
      : `The role ends on ${day}, in ${count(days, "day")}.`;
    return [
      draft(
        "evaluation-ending",
        { id: null, name: role.name, type: null, managed: [] },
        { message: `${message} Keys that live by it stop working then.`, basis: day },
      ),
    ];
  });
}
