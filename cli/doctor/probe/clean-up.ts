import type { Connection } from "../../../provider/client/connection";
import { isKind } from "../../../provider/cloud/failure";
import { writable } from "../../../provider/model/client-body";
import { sameId } from "../../../provider/model/ids";
import { isRespelled } from "../../../provider/model/names";
import type { RemoteClient } from "../../../provider/model/wire";
import type { Context } from "../context";
import type { Leftover, ProbeRequests } from "./requests";

interface CleanedUp {
  readonly left: readonly Leftover[];
  /** The last list of the account, if there was one. */
  readonly list: readonly RemoteClient[] | undefined;
}

const PAUSES_MS = [1000, 4000];

/** Deletes the clients of the probe, and reads each by its id until it is gone or deactivated: a list may lag behind. */
export async function cleanUp(
  context: Context,
  api: Connection,
  requests: ProbeRequests,
): Promise<CleanedUp> {
  const cleaning = new CleanUp(context, api, requests);
  if (requests.unresolved.size > 0)
    await requests.until(
      () => cleaning.list(),
      () => requests.unresolved.size === 0,
    );
  await cleaning.removeAll();
  const known = requests.created.size;
  const list = await cleaning.list();
  // The list may have a client whose create seemed to have failed.
  if (requests.created.size > known) await cleaning.removeAll();
  return { list, left: cleaning.left() };
}

class CleanUp {
  readonly #states = new Map<string, Leftover["state"]>();

  constructor(
    private readonly context: Context,
    private readonly api: Connection,
    private readonly requests: ProbeRequests,
  ) {}

  /** The account's clients. Those of lost creates are recognised by their names, which no client had before. */
  async list(): Promise<readonly RemoteClient[] | undefined> {
    const list = await tried(() => this.api.cloud.listClients(this.api.budget()));
    if (list instanceof Error) return undefined;
    const { created, namesSent, existing, unresolved } = this.requests;
    for (const { id, name } of list.clients) {
      const ours = [...namesSent].find((sent) => isRespelled(sent, name));
      if (ours === undefined || existing.has(id) || created.has(id)) continue;
      created.set(id, ours);
      unresolved.delete(ours);
    }
    return list.clients;
  }

  async removeAll(): Promise<void> {
    const { created, removed } = this.requests;
    for (const pause of [...PAUSES_MS, undefined]) {
      // One by one: a refusal of one id might keep all others of the request.
      for (const id of created.keys()) if (!removed.has(id)) this.#states.set(id, await this.#remove(id));
      if (pause === undefined || [...created.keys()].every((id) => removed.has(id))) return;
      await this.context.time.sleep(pause);
    }
  }

  left(): Leftover[] {
    const { created, removed, unresolved } = this.requests;
    const lost = [...unresolved].map((name): Leftover => ({ name, id: undefined, state: "not known" }));
    const seen = [...created].map(([id, name]): Leftover & { readonly id: string } => ({
      ...{ id, name },
      state: removed.has(id) ? "deactivated" : (this.#states.get(id) ?? "not known"),
    }));
    return [...lost, ...seen.filter(({ id }) => removed.get(id) !== "gone")];
  }

  async #remove(id: string): Promise<Leftover["state"]> {
    const { removed, lagMs } = this.requests;
    const deleted = await tried(() => this.api.cloud.deleteClients([id], this.api.budget()));
    if (isKind(deleted, "Unavailable", "RateLimited")) return "not known";
    if (lagMs > 0) await this.context.time.sleep(lagMs);
    const client = await this.#read(id);
    const isAccepted = !(deleted instanceof Error);
    const isDeleted = isAccepted || isKind(deleted, "NotFound");
    if (isDeleted && isKind(client, "NotFound")) removed.set(id, "gone");
    if (client instanceof Error || !sameId(client.id, id)) return "not known";
    if (isAccepted && !client.isActive) removed.set(id, "deactivated");
    if (isDeleted || !client.isActive) return client.isActive ? "active" : "inactive";
    const body = { ...writable(client.raw), isActive: false };
    const updated = await tried(() => this.api.cloud.updateClient(id, body, undefined, this.api.budget()));
    return updated instanceof Error || updated.isActive ? "active" : "inactive";
  }

  #read(id: string): Promise<RemoteClient | Error> {
    return tried(() => this.api.cloud.getClient(id, this.api.budget()));
  }
}

/** Returns an error instead of throwing it: clean-up continues whatever fails. */
async function tried<T>(work: () => Promise<T>): Promise<T | Error> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

/** Which clients are left, and what to do about them. */
export function leftoverText(left: readonly Leftover[], apiUrl: string): string {
  const deactivated = left.filter(({ state }) => state === "deactivated");
  const others = left.filter(({ state }) => state !== "deactivated");
  return [...deactivatedLines(deactivated), ...otherLines(others, `${apiUrl}/api/v1/clients`)].join("\n");
}

/** Where a delete only deactivates, another delete is no good advice. */
function deactivatedLines(left: readonly Leftover[]): string[] {
  if (left.length === 0) return [];
  return [
    "A delete only deactivates here, so these stay in the list, deactivated and of no use to anybody:",
    ...left.map(({ id, name }) => `  client ${name} ${id ?? ""}`),
    "Nothing has to be done. ThinkGeo's console may be able to remove them.",
  ];
}

function otherLines(left: readonly Leftover[], address: string): string[] {
  if (left.length === 0) return [];
  const lines = left.map(({ id, name, state }) => {
    const called = name === "" ? "" : ` ${name}`;
    const said = state === "not known" ? "perhaps still there" : state;
    return id === undefined
      ? `  a client named${called} may have been made: look for it in ThinkGeo's console and switch it off`
      : `  client${called} ${id} (${said}): DELETE ${address}?clientIds=${id}`;
  });
  const advice =
    'They are of no use to anybody. Delete each with that request and a token (curl -X DELETE -H "Authorization: Bearer …" ADDRESS), or switch it off in ThinkGeo\'s console.';
  return ["The probe could not remove everything that it made:", ...lines, advice];
}
