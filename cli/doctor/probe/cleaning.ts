import type { CloudClient } from "../../../provider/cloud/client";
import { isKind, ThinkGeoError } from "../../../provider/cloud/errors";
import type { RemoteClient } from "../../../provider/model/wire";
import { writable } from "../../../provider/resource";
import type { Visit } from "../visit";
import type { Bench } from "./bench";

/** A client of the probe that could not be removed. */
export interface Left {
  readonly name: string;
  /** Undefined where the answer of create was lost, and no such client has been seen. */
  readonly id: string | undefined;
  readonly state: "active" | "inactive" | "not known";
}

export interface Cleaned {
  readonly left: readonly Left[];
  /** The last list of the account, if there was one. */
  readonly list: readonly RemoteClient[] | undefined;
}

const LOOK_AGAIN_MS = [250, 500, 1000, 2000];
const TURNS = 2;
const PAUSE_MS = 500;

/** Deletes what the probe made, and looks until it is gone, or as good as gone. */
export async function clean(
  visit: Visit,
  cloud: CloudClient,
  bench: Bench,
  before: ReadonlySet<string>,
): Promise<Cleaned> {
  for (let turn = 1; ; turn++) {
    const list = await look(visit, cloud, bench, before, turn === 1);
    const ours = list === undefined ? [] : oursIn(list, bench, before);
    const done = list !== undefined && ours.every(({ isActive }) => !isActive);
    if (done && (turn > 1 || ours.length === 0)) return { list, left: leftIn(list, bench, before) };
    if (turn > TURNS) return { list, left: leftIn(list, bench, before) };
    const ids = list === undefined ? [...bench.made] : ours.map(({ id }) => id);
    for (const id of ids) await remove(visit, cloud, id, ours);
    if (list === undefined) await visit.time.sleep(turn * PAUSE_MS);
  }
}

/** One after the other: together, one that is refused would keep the rest. */
async function remove(
  visit: Visit,
  cloud: CloudClient,
  id: string,
  ours: readonly RemoteClient[],
): Promise<void> {
  try {
    await cloud.deleteClients([id], visit.budget());
  } catch (error) {
    if (!(error instanceof ThinkGeoError)) throw error;
    const found = ours.find((client) => client.id === id);
    if (found === undefined || isKind(error, "NotFound")) return;
    await switchOff(visit, cloud, found);
  }
}

async function switchOff(visit: Visit, cloud: CloudClient, client: RemoteClient): Promise<void> {
  try {
    const body = { ...writable(client.raw), isActive: false };
    await cloud.updateClient(client.id, body, undefined, visit.budget());
  } catch (error) {
    if (!(error instanceof ThinkGeoError)) throw error;
  }
}

/** The list; again and again while a create that may have been done is not in it. */
async function look(
  visit: Visit,
  cloud: CloudClient,
  bench: Bench,
  before: ReadonlySet<string>,
  patiently: boolean,
): Promise<readonly RemoteClient[] | undefined> {
  for (const wait of [...(patiently ? LOOK_AGAIN_MS : []), undefined]) {
    const list = await listed(visit, cloud);
    if (list === undefined || wait === undefined || !stillUnresolved(list, bench, before)) return list;
    await visit.time.sleep(wait);
  }
  return undefined;
}

async function listed(visit: Visit, cloud: CloudClient): Promise<readonly RemoteClient[] | undefined> {
  try {
    return (await cloud.listClients(visit.budget())).clients;
  } catch (error) {
    if (error instanceof ThinkGeoError) return undefined;
    throw error;
  }
}

/** By the ids that we were given, and by names that nobody had before. */
const oursIn = (list: readonly RemoteClient[], bench: Bench, before: ReadonlySet<string>): RemoteClient[] =>
  list.filter(({ id, name }) => bench.made.has(id) || (bench.names.has(name) && !before.has(id)));

function stillUnresolved(list: readonly RemoteClient[], bench: Bench, before: ReadonlySet<string>): boolean {
  const strangers = oursIn(list, bench, before).filter(({ id }) => !bench.made.has(id));
  for (const { id, name } of strangers) {
    bench.made.add(id);
    bench.unresolved.delete(name);
  }
  return bench.unresolved.size > 0;
}

function leftIn(
  list: readonly RemoteClient[] | undefined,
  bench: Bench,
  before: ReadonlySet<string>,
): Left[] {
  const lost = [...bench.unresolved].map((name): Left => ({ name, id: undefined, state: "not known" }));
  const [name = ""] = bench.names;
  if (list === undefined)
    return [...lost, ...[...bench.made].map((id): Left => ({ name, id, state: "not known" }))];
  const there = oursIn(list, bench, before);
  return [
    ...lost,
    ...there.map((one): Left => ({
      name: one.name,
      id: one.id,
      state: one.isActive ? "active" : "inactive",
    })),
  ];
}
