import { AbsenceProof } from "../../provider/client/absence";
import type { Roster } from "../../provider/client/roster";
import { redact } from "../../provider/cloud/secrets";
import { realTime } from "../../provider/cloud/time";
import { Deletions } from "../../provider/client/delete";
import { LockoutGuard } from "../../provider/client/lockout";
import type { RemoteClient } from "../../provider/model/wire";
import { ClientWriter } from "../../provider/client/write";
import type { RecordedConnection } from "../account/sign-in";
import { requireOwnClient } from "../account/ownership";
import { textOf } from "../../provider/troubleshooting";
import type { SweptClient } from "./report";

/** The result for one client. */
export type Outcome = Pick<SweptClient, "outcome" | "error">;

/** The waits before the list is read again: it may still have clients that were just deleted. */
const WAITS_MS = [500, 1_000, 2_000];

/** How many clients are removed at the same time. Deletes go in one request; an interruption waits for those that were begun. */
const AT_ONCE = { delete: 40, deactivate: 4 } as const;

/** Deletes or deactivates clients, and verifies that by the list. Results are by id. Begins no more when `stop` is aborted. */
export async function removeAll(
  connection: RecordedConnection,
  clients: readonly RemoteClient[],
  action: "delete" | "deactivate",
  stop: AbortSignal,
): Promise<ReadonlyMap<string, Outcome>> {
  const remove = removal(connection, action);
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
  return verify(connection, tried, failures);
}

function removal(
  connection: RecordedConnection,
  action: "delete" | "deactivate",
): (client: RemoteClient) => Promise<void> {
  const { cloud, account } = connection;
  // The plan does not have the run's own client; this makes sure.
  const guard = new LockoutGuard(account.ownKey, false);
  if (action === "deactivate") {
    const writer = new ClientWriter(cloud, account, guard, realTime);
    return async ({ id }) => {
      const budget = connection.budget();
      await writer.deactivate(await cloud.getClient(id, budget), `deactivate client ${id}`, budget);
    };
  }
  const limits = {
    requestTimeoutMs: connection.configuration.requestTimeoutMs,
    onVanished: "accept",
  } as const;
  const deletions = new Deletions(cloud, account, new AbsenceProof(account, limits, realTime), realTime);
  return async (client) => {
    const { id, ownerId } = client;
    const doing = `delete client ${id}`;
    guard.check(client, doing, "delete");
    // The client was in the list that was just read, so its absence need not be proven first.
    const look = (): Promise<"listed"> => Promise.resolve("listed");
    await deletions.delete({ id, ownerId, doing, budget: connection.budget(), look });
  };
}

async function verify(
  connection: RecordedConnection,
  clients: readonly RemoteClient[],
  failures: ReadonlyMap<string, string>,
): Promise<ReadonlyMap<string, Outcome>> {
  const outcome = async (roster: Roster, id: string): Promise<Outcome> => {
    const listed = roster.find(id);
    if (listed === undefined) return { outcome: "deleted", error: null };
    const left = await connection.account.inFull(listed, connection.budget());
    if (!left.isActive) return { outcome: "switched-off", error: null };
    return { outcome: "failed", error: failures.get(id) ?? "ThinkGeo accepted it, and it is still active." };
  };
  try {
    for (const wait of [...WAITS_MS, undefined]) {
      const roster = await connection.account.freshRoster(connection.budget());
      await connection.account.own(connection.budget());
      requireOwnClient(roster, connection.account.ownKey);
      const outcomes = new Map<string, Outcome>();
      for (const { id } of clients) outcomes.set(id, await outcome(roster, id));
      const expected = clients.every(({ id }) => failures.has(id) || outcomes.get(id)?.outcome !== "failed");
      if (expected || wait === undefined) return outcomes;
      await realTime.sleep(wait);
    }
    throw new Error("The account was not looked at.");
  } catch (error) {
    const unseen = `Whether it is gone could not be seen: ${messageOf(error)}`;
    return new Map(
      clients.map(({ id }) => [id, { outcome: "unverified", error: failures.get(id) ?? unseen }]),
    );
  }
}

const messageOf = (error: unknown): string => redact(error instanceof Error ? textOf(error) : "It failed.");
