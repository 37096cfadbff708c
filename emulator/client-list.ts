import type { Cloud } from "./call";
import { clientView } from "./client-view";
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
export function clientList(cloud: Cloud, account: Account): Listing {
  const { store, switches } = cloud;
  const known = written.get(account);
  const isCurrent = known?.version === store.version && known.switches === switches;
  const isWhole = cloud.hidden.size === 0;
  if (known !== undefined && isCurrent && isWhole) return known;
  const visible = [...account.clients.values()].filter((client) => !stillHidden(cloud, client));
  const ordered = inOrder(visible, switches.listOrder);
  const answered = switches.listCap > 0 ? ordered.slice(0, switches.listCap) : ordered;
  const listing = {
    version: isWhole ? store.version : -1,
    switches,
    text: JSON.stringify(answered.map((client) => clientView(cloud, account, client))),
    returned: answered.length,
    total: visible.length,
  };
  written.set(account, listing);
  return listing;
}

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
