import { isRoleId } from "../../../../provider/model/roles";
import type { AnswerTo } from "../questions";
import type { Experiment, Laboratory } from "../experiment";
import { sameSet, texts, type Changed } from "../subject";

/** Which roles a client has after a body without them, with null, with none, and in the other form. */
export const grantedRoles: Experiment = async (laboratory) => {
  const { native, answers, roles } = laboratory;
  const all = texts(native.now["grantedRoles"]);
  // Fewer than all, so that kept, all and none are told apart; "User" goes first, because it is the powerful one.
  const part = all.filter((role) => nameOf(role, laboratory) !== "User").slice(0, 1);
  if (part.length === 0 || all.length < 2) return;
  native.body = { ...native.body, grantedRoles: part };
  if (!(await native.restore("grantedRoles"))) return;
  const judge = (changed: Changed): AnswerTo<"rolesAbsent"> => {
    if (changed.refused) return "refused";
    const now = changed.after["grantedRoles"];
    if (texts(now).length === 0) return "none";
    if (sameSet(now, part)) return "kept";
    return sameSet(now, all) && all.length >= roles.length ? "all" : "other";
  };
  answers.settle("rolesAbsent", judge(await native.change({}, ["grantedRoles"])));
  if (!(await native.restore("grantedRoles"))) return;
  answers.settle("rolesNull", judge(await native.change({ grantedRoles: null })));
  if (!(await native.restore("grantedRoles"))) return;
  answers.settle("rolesEmpty", judge(await native.change({ grantedRoles: [] })));
  if (await native.restore("grantedRoles")) await otherForm(laboratory, all);
};

const nameOf = (role: string, { roles }: Laboratory): string =>
  roles.find(({ id }) => id.toLowerCase() === role.toLowerCase())?.name ?? role;

/** Another role than the one in force, by its id where names are answered, and the other way round. */
async function otherForm({ native, answers, roles }: Laboratory, all: readonly string[]): Promise<void> {
  const [held = ""] = texts(native.body["grantedRoles"]);
  const wanted = all.find((role) => role !== held);
  const known = roles.find(
    ({ id, name }) => [id.toLowerCase(), name].includes(wanted?.toLowerCase() ?? "") || name === wanted,
  );
  if (wanted === undefined || known === undefined) return;
  const changed = await native.change({ grantedRoles: [isRoleId(wanted) ? known.name : known.id] });
  if (changed.refused) answers.settle("rolesOtherForm", "refused");
  else
    answers.settle(
      "rolesOtherForm",
      sameSet(changed.after["grantedRoles"], [wanted]) ? "accepted" : "ignored",
    );
  await native.restore("grantedRoles");
}
