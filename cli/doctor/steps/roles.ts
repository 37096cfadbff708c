import type { AccountRole } from "../../../provider/model/wire";
import { type Finding, fail, info, pass, warn, warningOf } from "../finding";
import type { Step } from "../step";
import { endOfRole } from "../../account/role-end";
import { failed, outcome } from "../visit";
import { count, quoted } from "../../text";

/** The account's roles, and when they end. */
export const roles: Step = {
  name: "roles",
  title: "Roles of the account",
  needs: ["token"],
  run: async (visit) => {
    const { cloud, time } = visit;
    if (cloud === undefined) return [];
    const listed = await outcome(cloud.listAccountRoles(visit.budget()));
    if (failed(listed)) return [warningOf(listed.error)];
    if (listed.length === 0)
      return [fail("The account has no role.", "Ask ThinkGeo: such an account can use nothing.")];
    return listed.map((role) => roleFinding(role, listed, time.wall()));
  },
};

function roleFinding(role: AccountRole, all: readonly AccountRole[], now: number): Finding {
  const end = endOfRole(role, now);
  const name = quoted(role.name);
  if (role.expiration === undefined) return pass(`${name} does not end.`);
  if (end === undefined) return info(`${name} ends at a time that cannot be read.`);
  const { day, isNear, isOver } = end;
  if (!isOver) {
    const words = `${name} ends on ${day}, in ${count(end.days, "day")}.`;
    return isNear ? warn(words, `Subscribe, or ask ThinkGeo, before ${day}.`) : pass(words);
  }
  const lives = (other: AccountRole): boolean =>
    other.name !== "User" && endOfRole(other, now)?.isOver !== true;
  const todo = "Subscribe, or ask ThinkGeo: requests are refused once an evaluation is over.";
  return all.some(lives)
    ? warn(`${name} ended on ${day}; another role is in force.`, "Nothing, if that is the role you have now.")
    : fail(`${name} ended on ${day}.`, todo);
}
