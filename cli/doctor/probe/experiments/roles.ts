import { sameId } from "../../../../provider/model/ids";
import { isRoleId } from "../../../../provider/model/roles";
import type { Answers } from "../report";
import type { AnswerTo } from "../questions";
import { rolesIn, sameSet } from "../reading";
import { textsIn } from "../../../text";
import type { Changed, Experiment, Setup, ThrowawayClient } from "../throwaway-client";

/** Answers in which form responses have roles. */
export function readFormOfRoles(granted: unknown, answers: Answers): void {
  const list: readonly unknown[] = Array.isArray(granted) ? granted : [];
  if (list.length === 0) return;
  const names = textsIn(list);
  answers.settle(
    "rolesForm",
    names.length < list.length ? "objects" : names.every(isRoleId) ? "ids" : "names",
  );
}

/** Grants all roles, if the create did not grant any. */
export async function grantAll(client: ThrowawayClient, { roles, answers }: Setup): Promise<void> {
  for (const granted of [roles.map(({ id }) => id), roles.map(({ name }) => name)]) {
    if (textsIn(client.stored["grantedRoles"]).length > 0 || granted.length === 0) return;
    const changed = await client.change({ grantedRoles: granted });
    if (changed.refused) continue;
    const { grantedRoles } = changed.after;
    client.body = { ...client.body, grantedRoles: rolesIn(grantedRoles) };
    readFormOfRoles(grantedRoles, answers);
  }
}

/** Which roles a client has after updates without roles, with null, with an empty list, and with roles in the other form. */
export const grantedRoles: Experiment = async (setup) => {
  const { native, answers, roles } = setup;
  await grantAll(native, setup);
  const all = textsIn(native.stored["grantedRoles"]);
  // One of several roles, so that "kept", "all" and "none" differ; not "User", which grants most.
  const part = all.filter((role) => nameOf(role, setup) !== "User").slice(0, 1);
  if (part.length === 0 || all.length < 2) return;
  native.body = { ...native.body, grantedRoles: part };
  if (!(await native.restore("grantedRoles"))) return;
  const judge = (changed: Changed): AnswerTo<"rolesAbsent"> => {
    if (changed.refused) return "refused";
    const now = rolesIn(changed.after["grantedRoles"]);
    if (now.length === 0) return "none";
    if (sameSet(now, part)) return "kept";
    return sameSet(now, all) && all.length >= roles.length ? "all" : "other";
  };
  answers.settle("rolesAbsent", judge(await native.change({}, ["grantedRoles"])));
  if (!(await native.restore("grantedRoles"))) return;
  answers.settle("rolesNull", judge(await native.change({ grantedRoles: null })));
  if (!(await native.restore("grantedRoles"))) return;
  answers.settle("rolesEmpty", judge(await native.change({ grantedRoles: [] })));
  if (await native.restore("grantedRoles")) await otherForm(setup, all);
};

export const nameOf = (role: string, { roles }: Setup): string =>
  roles.find(({ id }) => sameId(id, role))?.name ?? role;

/** Grants another role, by its id if responses have names, and by its name if they have ids. */
async function otherForm({ native, answers, roles }: Setup, all: readonly string[]): Promise<void> {
  const [held = ""] = textsIn(native.body["grantedRoles"]);
  const wanted = all.find((role) => role !== held);
  const known = roles.find(({ id, name }) => sameId(id, wanted) || name === wanted);
  if (wanted === undefined || known === undefined) return;
  const changed = await native.change({ grantedRoles: [isRoleId(wanted) ? known.name : known.id] });
  if (changed.refused) answers.settle("rolesOtherForm", "refused");
  else
    answers.settle(
      "rolesOtherForm",
      sameSet(rolesIn(changed.after["grantedRoles"]), [wanted]) ? "accepted" : "ignored",
    );
  await native.restore("grantedRoles");
}
