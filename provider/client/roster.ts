import { ThinkGeoError } from "../cloud/failure";
import { IdMap, IdSet, sameId } from "../model/ids";
import type { ClientList, RemoteClient, UnreadableClient } from "../model/wire";

/** The account's clients as one list said they are, with this process's own writes applied since. */
export class Roster {
  /** Items that are no client that can be read; what they are is not known. */
  readonly unreadable: readonly UnreadableClient[];
  readonly #clients: IdMap<RemoteClient>;
  /** What the list had when it was read. */
  readonly #shown: IdSet;
  readonly #listed: number;
  readonly #total: number;

  constructor(list: ClientList) {
    this.#clients = new IdMap(list.clients.map((client) => [client.id, client]));
    this.unreadable = list.unreadable;
    const ids = new IdSet([...list.clients, ...list.unreadable].map(({ id }) => id));
    this.#shown = ids;
    // A client that is listed twice is one.
    this.#listed = ids.size + list.unreadable.filter(({ id }) => id === undefined).length;
    this.#total = list.totalCount ?? this.#listed;
  }

  get all(): readonly RemoteClient[] {
    return this.#clients.values();
  }

  /** Whether the list, as it was read, had nothing but one client, the one that we sign in with: an account is born with two more. */
  get isAlone(): boolean {
    return this.#listed === 1;
  }

  /** Whether the list, as it was read, had nothing at all. */
  get isEmpty(): boolean {
    return this.#listed === 0;
  }

  find(id: string): RemoteClient | undefined {
    const listed = this.readable(id);
    const item = listed === undefined ? this.unreadableItem(id) : undefined;
    if (item === undefined) return listed;
    throw new ThinkGeoError("Malformed", {
      doing: `read client ${id} in the account's list`,
      happened: itemInWords(item),
      next: REPORT_LIST,
      heading: "incomplete-list",
    });
  }

  /** The client, unless the list lacks it or has it as an item that cannot be read. */
  readable(id: string): RemoteClient | undefined {
    return this.#clients.get(id);
  }

  has(id: string): boolean {
    return this.#clients.has(id);
  }

  /** Whether the list has it at all, be it as an item that cannot be read. */
  lists(id: string): boolean {
    return this.has(id) || this.unreadableItem(id) !== undefined;
  }

  /** Whether the list had it as it was read: what this run has made or asked for since is not shown by it. */
  showed(id: string): boolean {
    return this.#shown.has(id);
  }

  /** Whether the list has it, and does not say that it is deactivated. */
  listsActive(id: string): boolean {
    return this.lists(id) && this.readable(id)?.isActive !== false;
  }

  /** The item of the list that has this id and cannot be read. */
  unreadableItem(id: string): UnreadableClient | undefined {
    return this.unreadable.find((item) => sameId(item.id, id));
  }

  byKey(key: string): RemoteClient | undefined {
    for (const [, client] of this.#clients) if (client.apiKey === key) return client;
    return undefined;
  }

  remember(client: RemoteClient): void {
    this.#clients.set(client.id, client);
  }

  forget(id: string): void {
    this.#clients.delete(id);
  }

  /** Nothing may be concluded from what a short list lacks, or one with an item that might be anything. */
  requireComplete(doing: string): void {
    const nameless = this.unreadable.find(({ id }) => id === undefined);
    const happened =
      this.#listed < this.#total
        ? `ThinkGeo listed ${this.#listed} clients and says that there are ${this.#total}, so the list is incomplete, and which clients were deleted cannot be determined`
        : nameless &&
          `${itemInWords(nameless)}, so the list is incomplete, and which clients were deleted cannot be determined`;
    if (happened !== undefined)
      throw new ThinkGeoError("Malformed", {
        doing,
        happened,
        next: REPORT_LIST,
        heading: "incomplete-list",
      });
  }
}

const REPORT_LIST =
  "Nothing was changed. Run the command again; if it stays so, report it with the output of THINKGEO_LOG=debug.";

/** Which item of the list cannot be read, and why. */
export const itemInWords = ({ id, name, position, fields }: UnreadableClient): string =>
  `item ${position} of ThinkGeo's list of clients${name === undefined ? "" : ` (${JSON.stringify(name)})`}${id === undefined ? "" : `, ${id},`} cannot be read: ${fields.join(", ")} ${fields.length === 1 ? "is" : "are"} not what the API describes`;

const MOST_ITEMS = 20;

/** The same of several, in one sentence. */
export function itemsInWords(items: readonly UnreadableClient[]): string {
  const [first, ...others] = items;
  if (first !== undefined && others.length === 0) return itemInWords(first);
  const shown = items.slice(0, MOST_ITEMS).map(({ id, name, position, fields }) => {
    const title = [name === undefined ? undefined : JSON.stringify(name), id].filter(
      (part) => part !== undefined,
    );
    return `${title.length === 0 ? `item ${position}` : title.join(" ")} (${fields.join(", ")})`;
  });
  const more = items.length - shown.length;
  return `${items.length} items of ThinkGeo's list of clients cannot be read, because of fields that are not what the API describes: ${shown.join("; ")}${more > 0 ? `; and ${more} more` : ""}`;
}
