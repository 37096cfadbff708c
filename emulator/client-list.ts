import type { Cloud, Call } from "./call";
import type { Caller } from "./bearer";
import { clientView } from "./client-view";
import { listItem, toJson } from "./envelope";
import type { Account, Client } from "./store";

interface Listing {
  readonly version: number;
  readonly switches: Cloud["switches"];
  readonly text: string;
  readonly returned: number;
  readonly total: number;
}

const written = new WeakMap<Account, Listing>();

/** The list of an account as JSON text. It is written once for each change, so that 10,000 clients list quickly. */
export function clientList(call: Call, caller: Caller): Listing {
  const { cloud } = call;
  const { account } = caller;
  const { store, switches } = cloud;
  const known = written.get(account);
  const isCurrent = known?.version === store.version && known.switches === switches;
  const isSame = cloud.hidden.size === 0 && switches.listLag === 0 && switches.visibleClients === "all";
  if (known !== undefined && isCurrent && isSame) return known;
  const visible = store
    .clientsAgo(switches.listLag, account)
    .filter((client) => isVisible(cloud, caller, client) && !stillHidden(cloud, client));
  const ordered = inOrder(visible, switches.listOrder);
  const answered = switches.listCap > 0 ? ordered.slice(0, switches.listCap) : ordered;
  const items = answered.map((client, place) =>
    listItem(call, clientView(cloud, account, client, "list"), place, `/api/v1/clients/${client.id}`),
  );
  const listing = {
    version: isSame ? store.version : -1,
    switches,
    text: toJson(call, items),
    returned: answered.length,
    total: visible.length,
  };
  written.set(account, listing);
  return listing;
}

/** Whether reads of this caller show the client at all. */
export const isVisible = (cloud: Cloud, caller: Caller, client: Client): boolean =>
  cloud.switches.visibleClients === "all" || client.id === caller.client.id;

/** Counts one read of a client that is new: whether that read still misses it. */
export function stillHidden(cloud: Cloud, client: Client): boolean {
  const reads = cloud.hidden.get(client.id) ?? 0;
  if (reads === 0) return false;
  if (reads === 1) cloud.hidden.delete(client.id);
  else cloud.hidden.set(client.id, reads - 1);
  return true;
}

function inOrder(clients: Client[], order: Cloud["switches"]["listOrder"]): Client[] {
  if (order === "reversed") return clients.toReversed();
  if (order === "name") return clients.toSorted((a, b) => a.name.localeCompare(b.name));
  return clients;
}
