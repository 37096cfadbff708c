import type { CloudClient } from "../../../provider/cloud/api";
import { isKind } from "../../../provider/cloud/failure";
import { isRespelled } from "../../../provider/model/names";
import type { RemoteClient } from "../../../provider/model/wire";
import { writable } from "../../../provider/model/client-resource";
import type { Visit } from "../visit";
import type { Bench } from "./bench";

/** A client of the probe that could not be removed. */
export interface Left {
  readonly name: string;
  /** Undefined where the answer of create was lost, and no such client has been seen. */
  readonly id: string | undefined;
  /** "deactivated": that is all that a delete does here. */
  readonly state: "active" | "switched off" | "deactivated" | "not known";
}

export interface Cleaned {
  readonly left: readonly Left[];
  /** The last list of the account, if there was one. */
  readonly list: readonly RemoteClient[] | undefined;
}

const PAUSES_MS = [1000, 4000];

/** Removes what the probe made, and looks until it is gone, or as good as gone; lists may be late, so none is needed for that. */
export async function clean(visit: Visit, cloud: CloudClient, bench: Bench): Promise<Cleaned> {
  const cleaning = new Cleaning(visit, cloud, bench);
  if (bench.unresolved.size > 0)
    await bench.until(
      () => cleaning.list(),
      () => bench.unresolved.size === 0,
    );
  await cleaning.removeAll();
  const known = bench.made.size;
  const list = await cleaning.list();
  // A create that seemed to have made nothing.
  if (bench.made.size > known) await cleaning.removeAll();
  return { list, left: cleaning.left() };
}

class Cleaning {
  readonly #states = new Map<string, Left["state"]>();

  constructor(
    private readonly visit: Visit,
    private readonly cloud: CloudClient,
    private readonly bench: Bench,
  ) {}

  /** The account's clients. Ours among them are known from here on: by a name that nobody had before. */
  async list(): Promise<readonly RemoteClient[] | undefined> {
    const list = await tried(() => this.cloud.listClients(this.visit.budget()));
    if (list instanceof Error) return undefined;
    const { made, names, before, unresolved } = this.bench;
    for (const { id, name } of list.clients) {
      const ours = [...names].find((sent) => isRespelled(sent, name));
      if (ours === undefined || before.has(id.toLowerCase()) || made.has(id)) continue;
      made.set(id, ours);
      unresolved.delete(ours);
    }
    return list.clients;
  }

  async removeAll(): Promise<void> {
    const { made, fates } = this.bench;
    for (const pause of [...PAUSES_MS, undefined]) {
      // One after the other: together, one that is refused would keep the rest.
      for (const id of made.keys()) if (!fates.has(id)) this.#states.set(id, await this.#remove(id));
      if (pause === undefined || [...made.keys()].every((id) => fates.has(id))) return;
      await this.visit.time.sleep(pause);
    }
  }

  left(): Left[] {
    const { made, fates, unresolved } = this.bench;
    const lost = [...unresolved].map((name): Left => ({ name, id: undefined, state: "not known" }));
    const seen = [...made].map(([id, name]): Left & { readonly id: string } => ({
      ...{ id, name },
      state: fates.has(id) ? "deactivated" : (this.#states.get(id) ?? "not known"),
    }));
    return [...lost, ...seen.filter(({ id }) => fates.get(id) !== "gone")];
  }

  async #remove(id: string): Promise<Left["state"]> {
    const { fates, lagMs } = this.bench;
    const deleted = await tried(() => this.cloud.deleteClients([id], this.visit.budget()));
    if (isKind(deleted, "Unavailable", "RateLimited")) return "not known";
    if (lagMs > 0) await this.visit.time.sleep(lagMs);
    const client = await this.#read(id);
    const isAccepted = !(deleted instanceof Error);
    const isDeleted = isAccepted || isKind(deleted, "NotFound");
    if (isDeleted && isKind(client, "NotFound")) fates.set(id, "gone");
    if (client instanceof Error || client.id.toLowerCase() !== id.toLowerCase()) return "not known";
    if (isAccepted && !client.isActive) fates.set(id, "deactivated");
    if (isDeleted || !client.isActive) return client.isActive ? "active" : "switched off";
    const body = { ...writable(client.raw), isActive: false };
    const updated = await tried(() => this.cloud.updateClient(id, body, undefined, this.visit.budget()));
    return updated instanceof Error || updated.isActive ? "active" : "switched off";
  }

  #read(id: string): Promise<RemoteClient | Error> {
    return tried(() => this.cloud.getClient(id, this.visit.budget()));
  }
}

/** An error as a value: cleaning goes on whatever fails. */
async function tried<T>(work: () => Promise<T>): Promise<T | Error> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

/** What is left of the probe, and what to do about it. */
export function leftoverText(left: readonly Left[], apiUrl: string): string {
  const deactivated = left.filter(({ state }) => state === "deactivated");
  const others = left.filter(({ state }) => state !== "deactivated");
  return [...deactivatedLines(deactivated), ...otherLines(others, `${apiUrl}/api/v1/clients`)].join("\n");
}

/** Who has seen that a delete only deactivates does not advise another one. */
function deactivatedLines(left: readonly Left[]): string[] {
  if (left.length === 0) return [];
  return [
    "A delete only deactivates here, so these stay in the list, deactivated and of no use to anybody:",
    ...left.map(({ id, name }) => `  client ${name} ${id ?? ""}`),
    "Nothing has to be done. ThinkGeo's console may be able to remove them.",
  ];
}

function otherLines(left: readonly Left[], address: string): string[] {
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
