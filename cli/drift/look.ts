import { isKind } from "../../provider/cloud/failure";
import { isRoleId } from "../../provider/model/roles";
import { listUntilThere, MANY } from "../../provider/client/absence";
import type { Roster } from "../../provider/client/account";
import { realTime, type Time } from "../../provider/cloud/time";
import type { AccountAccess } from "../account/access";
import type { Stack } from "../stacks/stack";
import type { RoleTable } from "./client-changes";
import { managedById } from "../stacks/managed";
import { requireOwnClient, sortByAccount } from "../account/preconditions";
import type { AccountView } from "./view";

/** Looks that cost a request each, and so are made only for who asks. */
export interface Checks {
  readonly evaluation: boolean;
  readonly usage: boolean;
}

/** Reads the account: one list, and no more unless something asks for it. */
export async function viewAccount(
  access: AccountAccess,
  stacks: readonly Stack[],
  checks: Checks,
  sleep: Time["sleep"] = realTime.sleep,
): Promise<AccountView> {
  const ownerId = await access.account.ownerId(access.budget());
  const roster = await rosterWith(access, stacks, ownerId, sleep);
  const roles = await roleTable(access, stacks, roster);
  const notes: string[] = [];
  const accountRoles = checks.evaluation
    ? await ifThere(access.cloud.listAccountRoles(access.budget()), "when its roles end", notes)
    : undefined;
  const usage = checks.usage
    ? await ifThere(access.cloud.usageByClient(access.budget()), "how much its clients were used", notes)
    : undefined;
  return {
    roster,
    ownKey: access.account.ownKey,
    ownerId,
    roles,
    accountRoles,
    usage:
      usage &&
      new Map(
        usage.clients.flatMap(({ clientId, days }) =>
          days === undefined
            ? []
            : [[clientId.toLowerCase(), days.reduce((sum, { amount }) => sum + amount, 0)] as const],
        ),
      ),
    notes,
  };
}

/** The list, read again for some seconds where managed clients are missing: it may lag behind a run that has just ended. */
async function rosterWith(
  access: AccountAccess,
  stacks: readonly Stack[],
  ownerId: string | undefined,
  sleep: Time["sleep"],
): Promise<Roster> {
  const first = await access.account.roster(access.budget());
  requireOwnClient(first, access.account.ownKey);
  const ids = [...sortByAccount(managedById(stacks), ownerId).managed.keys()];
  if (ids.every((id) => first.has(id))) return first;
  await listUntilThere(access.account, ids, access.budget, { sleep });
  const roster = await access.account.roster(access.budget());
  const accepted = access.configuration.onVanished === "accept";
  if (ids.length < MANY || accepted || ids.some((id) => roster.has(id))) return roster;
  throw new Error(
    `All ${ids.length} clients of the stacks are missing from the account. Either they were all deleted, or the client of thinkgeo:clientId cannot see them any more, so nothing can be concluded. ` +
      'Run "thinkgeo doctor". If they were deleted, run again with THINKGEO_ON_VANISHED=accept.',
  );
}

async function roleTable(
  access: AccountAccess,
  stacks: readonly Stack[],
  roster: Roster,
): Promise<RoleTable> {
  const declared = stacks.some(({ clients }) => clients.some(({ inputs }) => "grantedRoles" in inputs));
  if (!declared || !roster.all.some(({ grantedRoles }) => grantedRoles.some(isRoleId))) return [];
  return ifThere(access.cloud.listRoles(access.budget()));
}

/** What an endpoint says that an account may not have, or that this client may not ask. */
async function ifThere<T>(answer: Promise<T>, what?: string, notes: string[] = []): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (!isKind(error, "NotFound", "Forbidden", "Malformed", "Rejected")) throw error;
    if (what !== undefined) notes.push(`ThinkGeo did not tell ${what}, so that was not looked at.`);
    return undefined;
  }
}
