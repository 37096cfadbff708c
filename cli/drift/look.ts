import { isKind } from "../../provider/cloud/errors";
import { isRoleId } from "../../provider/model/roles";
import type { Roster } from "../../provider/account";
import type { AccountAccess } from "../account-access";
import type { Stack } from "../stacks";
import type { RoleTable } from "./client-changes";
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
): Promise<AccountView> {
  const roster = await access.account.roster(access.budget());
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
    roles,
    accountRoles,
    usage:
      usage &&
      new Map(
        usage.map(({ clientId, days }) => [
          clientId.toLowerCase(),
          days.reduce((sum, { amount }) => sum + amount, 0),
        ]),
      ),
    notes,
  };
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
