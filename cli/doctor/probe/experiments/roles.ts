import { isRoleId } from "../../../../provider/model/roles";
import type { Answers } from "../answers";
import type { AnswerTo } from "../questions";
import { sameSet, texts } from "../reading";
import type { Changed, Experiment, Laboratory, Subject } from "../subject";

/** In which form roles are answered, where there are any. */
export function readFormOfRoles(granted: unknown, answers: Answers): void {
  const list: readonly unknown[] = Array.isArray(granted) ? granted : [];
  if (list.length === 0) return;
  const names = texts(list);
  answers.settle(
    "rolesForm",
    names.length < list.length ? "objects" : names.every(isRoleId) ? "ids" : "names",
  );
}

/** Gives a client all roles, where a create without them gave none. */
export async function grantAll(subject: Subject, { roles, answers }: Laboratory): Promise<void> {
  for (const granted of [roles.map(({ id }) => id), roles.map(({ name }) => name)]) {
    if (texts(subject.now["grantedRoles"]).length > 0 || granted.length === 0) return;
    const changed = await subject.change({ grantedRoles: granted });
    if (changed.refused) continue;
    const { grantedRoles } = changed.after;
    subject.body = { ...subject.body, grantedRoles };
    readFormOfRoles(grantedRoles, answers);
  }
}

/** Which roles a client has after a body without them, with null, with none, and in the other form. */
export const grantedRoles: Experiment = async (laboratory) => {
  const { native, answers, roles } = laboratory;
  await grantAll(native, laboratory);
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

export const nameOf = (role: string, { roles }: Laboratory): string =>
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
