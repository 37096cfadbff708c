import { listUntilThere, mayBeOutOfSight } from "../../provider/client/absence";
import type { Roster } from "../../provider/client/roster";
import { isKind } from "../../provider/cloud/failure";
import { realTime, type Time } from "../../provider/cloud/time";
import { IdMap } from "../../provider/model/ids";
import { isRoleId } from "../../provider/model/roles";
import type { AccountRole, AccountUsage, RemoteClient } from "../../provider/model/wire";
import { requireOwnClient, splitByAccount, type SplitByAccount } from "../account/ownership";
import type { RecordedConnection } from "../account/sign-in";
import { managedById, type Stack } from "../stacks/state";
import { UserError } from "../../provider/troubleshooting";
import type { RoleTable } from "./changes";

/** The account at one moment, and the clients of the stacks that are in it. */
export interface AccountSnapshot extends SplitByAccount {
  readonly roster: Roster;
  /** The client that this run authenticates with. */
  readonly own: RemoteClient;
  /** The account's id, if any response has it. */
  readonly ownerId: string | undefined;
  readonly roles: RoleTable;
  /** Undefined if they were not asked for, or the API does not give them. */
  readonly accountRoles?: readonly AccountRole[] | undefined;
  /** The number of requests by the id of the client. */
  readonly usage?: IdMap<number> | undefined;
  readonly notes: readonly string[];
}

/** Checks that take a request each, and are made only with --check. */
interface Checks {
  readonly evaluation: boolean;
  readonly usage: boolean;
}

/** Reads the account: one list of its clients, and more only if it is needed. */
export async function readAccount(
  connection: RecordedConnection,
  stacks: readonly Stack[],
  checks: Checks,
  sleep: Time["sleep"] = realTime.sleep,
): Promise<AccountSnapshot> {
  const { account, cloud, budget } = connection;
  const ownerId = await account.ownerId(budget());
  const first = await account.fullRoster(budget());
  requireOwnClient(first, account.ownKey);
  const split = splitByAccount(managedById(stacks), ownerId);
  const ids = [...split.managed].map(([id]) => id);
  await waitForManaged(ids, first, connection, sleep);
  const roster = await account.fullRoster(budget());
  const own = requireOwnClient(roster, account.ownKey);
  const roles = await roleTable(connection, stacks, roster);
  const notes: string[] = [];
  const accountRoles = checks.evaluation
    ? await ifThere(cloud.listAccountRoles(budget()), "when its roles end", notes)
    : undefined;
  const usage = checks.usage
    ? await ifThere(cloud.usageByClient(budget()), "how much its clients were used", notes)
    : undefined;
  return {
    ...split,
    roster,
    own,
    ownerId,
    roles,
    accountRoles,
    usage: usage && requestsByClient(usage),
    notes,
  };
}

const requestsByClient = ({ clients }: AccountUsage): IdMap<number> =>
  new IdMap(
    clients.flatMap(({ clientId, days }) =>
      days === undefined ? [] : [[clientId, days.reduce((sum, { amount }) => sum + amount, 0)] as const],
    ),
  );

/** Reads the list again for some seconds if managed clients are missing: it may lag behind a run that has just ended. */
async function waitForManaged(
  ids: readonly string[],
  first: Roster,
  connection: RecordedConnection,
  sleep: Time["sleep"],
): Promise<void> {
  if (ids.every((id) => first.has(id))) return;
  await listUntilThere(connection.account, ids, connection.budget, { sleep });
  const roster = await connection.account.roster(connection.budget());
  const accepted = connection.configuration.onVanished === "accept";
  if (accepted || ids.some((id) => roster.has(id)) || !mayBeOutOfSight(ids.length, roster)) return;
  throw new UserError(
    "many-missing",
    `Not one of the stacks' clients (${ids.length}) is in the account. Either all were deleted, or the client of thinkgeo:clientId cannot see others any more, so nothing can be concluded. ` +
      'Run "thinkgeo doctor". If they were deleted, run again with THINKGEO_ON_VANISHED=accept.',
  );
}

async function roleTable(
  connection: RecordedConnection,
  stacks: readonly Stack[],
  roster: Roster,
): Promise<RoleTable> {
  const declared = stacks.some(({ clients }) =>
    clients.some(({ inputs }) => "grantedRoles" in inputs.values),
  );
  if (!declared || !roster.all.some(({ grantedRoles }) => grantedRoles.some(isRoleId))) return [];
  return ifThere(connection.cloud.listRoles(connection.budget()));
}

/** The response of an endpoint that the account may not have, or that this client may not use. */
async function ifThere<T>(response: Promise<T>, what?: string, notes: string[] = []): Promise<T | undefined> {
  try {
    return await response;
  } catch (error) {
    if (!isKind(error, "NotFound", "Forbidden", "Malformed", "Rejected")) throw error;
    if (what !== undefined) notes.push(`ThinkGeo did not tell ${what}, so that was not looked at.`);
    return undefined;
  }
}
