import { AbsenceProof } from "../../provider/client/absence";
import type { Roster } from "../../provider/client/account";
import { redact } from "../../provider/cloud/redact";
import { realTime, type Time } from "../../provider/cloud/time";
import { Deletions } from "../../provider/client/delete";
import { LockoutGuard } from "../../provider/client/lockout";
import type { RemoteClient } from "../../provider/model/wire";
import { ClientWriter } from "../../provider/client/write";
import type { AccountAccess } from "../account/access";
import { requireOwnClient } from "../account/preconditions";
import type { SweptClient } from "./report";

/** What became of one client. */
export type Outcome = Pick<SweptClient, "outcome" | "error">;

/** A list may show for a while what was deleted a moment ago. */
const LOOK_AGAIN_MS = [500, 1_000, 2_000];

/** So many at once: deletes go in one request, and what was begun is finished whatever happens. */
const AT_ONCE = { delete: 40, deactivate: 4 } as const;

/** Deletes clients, or switches them off, and looks whether that is so; by id. Begins nothing more once it is told to stop. */
export async function removeAll(
  access: AccountAccess,
  clients: readonly RemoteClient[],
  action: "delete" | "deactivate",
  stop: AbortSignal,
  time: Time = realTime,
): Promise<ReadonlyMap<string, Outcome>> {
  const remove = removal(access, action, time);
  const failures = new Map<string, string>();
  const tried: RemoteClient[] = [];
  for (let first = 0; first < clients.length && !stop.aborted; first += AT_ONCE[action]) {
    const some = clients.slice(first, first + AT_ONCE[action]);
    tried.push(...some);
    await Promise.all(
      some.map((client) =>
        remove(client).catch((error: unknown) => failures.set(client.id, messageOf(error))),
      ),
    );
  }
  return verified(access, tried, failures, time);
}

function removal(
  access: AccountAccess,
  action: "delete" | "deactivate",
  time: Time,
): (client: RemoteClient) => Promise<void> {
  const { cloud, account } = access;
  // The list was looked through for our own client already; this holds even if that should be wrong.
  const guard = new LockoutGuard(account.ownKey, false);
  if (action === "deactivate") {
    const writer = new ClientWriter(cloud, account, guard, time);
    return async ({ id }) => {
      const budget = access.budget();
      await writer.deactivate(await cloud.getClient(id, budget), `deactivate client ${id}`, budget);
    };
  }
  const limits = { requestTimeoutMs: access.configuration.requestTimeoutMs, onVanished: "accept" } as const;
  const deletions = new Deletions(cloud, account, new AbsenceProof(account, limits, time), time);
  return async (client) => {
    const { id, ownerId } = client;
    const doing = `delete client ${id}`;
    guard.check(client, doing, "delete");
    // It is in the list that was just read.
    const mayGo = (): Promise<void> => Promise.resolve();
    await deletions.delete({ id, ownerId, doing, budget: access.budget(), mayGo });
  };
}

async function verified(
  access: AccountAccess,
  clients: readonly RemoteClient[],
  failures: ReadonlyMap<string, string>,
  time: Time,
): Promise<ReadonlyMap<string, Outcome>> {
  const outcome = (roster: Roster, id: string): Outcome => {
    const left = roster.find(id);
    if (left === undefined) return { outcome: "deleted", error: null };
    if (!left.isActive) return { outcome: "switched-off", error: null };
    return { outcome: "failed", error: failures.get(id) ?? "ThinkGeo accepted it, and it is still active." };
  };
  try {
    for (const wait of [...LOOK_AGAIN_MS, undefined]) {
      const roster = await access.account.freshRoster(access.budget());
      requireOwnClient(roster, access.account.ownKey);
      const outcomes = new Map(clients.map(({ id }) => [id, outcome(roster, id)]));
      const expected = clients.every(({ id }) => failures.has(id) || outcomes.get(id)?.outcome !== "failed");
      if (expected || wait === undefined) return outcomes;
      await time.sleep(wait);
    }
    throw new Error("The account was not looked at.");
  } catch (error) {
    const unseen = `Whether it is gone could not be seen: ${messageOf(error)}`;
    return new Map(
      clients.map(({ id }) => [id, { outcome: "unverified", error: failures.get(id) ?? unseen }]),
    );
  }
}

const messageOf = (error: unknown): string => redact(error instanceof Error ? error.message : "It failed.");
