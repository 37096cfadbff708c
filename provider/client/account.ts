import type { CloudClient } from "../cloud/api";
import { isKind, ThinkGeoError } from "../cloud/failure";
import type { Budget } from "../cloud/time";
import { liveClient, unsaidProperties, type Existing, type LiveClient } from "../model/client";
import { IdMap, IdSet, isGuid, sameId } from "../model/ids";
import { distinctRoles, isRoleId, toRoleIds, toRoleNames, type Role } from "../model/roles";
import { isSaid, LISTS, type Field } from "../model/said";
import { lacksKey, unsaid } from "./warnings";
import {
  completedBy,
  isUnsaid,
  type ClientList,
  type RemoteClient,
  type UnreadableClient,
} from "../model/wire";

/** The account's clients as one list said they are, with this process's own writes applied since. */
export class Roster {
  /** Items that are no client that can be read; what they are is not known. */
  readonly unreadable: readonly UnreadableClient[];
  readonly #clients: IdMap<RemoteClient>;
  readonly #listed: number;
  readonly #total: number;

  constructor(list: ClientList) {
    this.#clients = new IdMap(list.clients.map((client) => [client.id, client]));
    this.unreadable = list.unreadable;
    const ids = new IdSet([...list.clients, ...list.unreadable].map(({ id }) => id));
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
    const listed = this.#clients.get(id);
    const item = listed === undefined ? this.unreadableItem(id) : undefined;
    if (item === undefined) return listed;
    throw new ThinkGeoError("Malformed", {
      doing: `read client ${id} in the account's list`,
      happened: itemInWords(item),
      next: REPORT_LIST,
      heading: "incomplete-list",
    });
  }

  has(id: string): boolean {
    return this.#clients.has(id);
  }

  /** Whether the list has it at all, be it as an item that cannot be read. */
  lists(id: string): boolean {
    return this.has(id) || this.unreadableItem(id) !== undefined;
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

const FIND_GUID =
  '"thinkgeo export" shows the GUIDs of an account\'s clients; getClient({ name }) finds a client by its name.';

/** Which item of the list cannot be read, and why. */
export const itemInWords = ({ id, name, position, fields }: UnreadableClient): string =>
  `item ${position} of ThinkGeo's list of clients${name === undefined ? "" : ` (${JSON.stringify(name)})`}${id === undefined ? "" : `, ${id},`} cannot be read: ${fields.join(", ")} ${fields.length === 1 ? "is" : "are"} not what the API describes`;

const PARTIAL =
  "ThinkGeo's list lacks the client of thinkgeo:clientId itself, so it may lack others too: a client that an interrupted run has made would not be seen, and made again. Look in ThinkGeo's console.";

const MOST_ITEMS = 20;

function itemsInWords(items: readonly UnreadableClient[]): string {
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

/** One ThinkGeo account as one run sees it: its list is read once, when it is first asked for. */
export class Account {
  #roster: Promise<Roster> | undefined;
  #roles: Promise<readonly Role[]> | undefined;
  #current: Promise<string | undefined> | undefined;
  readonly #told = new Set<string>();
  /** Clients that the list did not show in full and that were asked for since it was read. */
  #asked = new IdMap<Promise<RemoteClient | undefined>>();
  /** Lists that some answer about some client has. */
  readonly #shown = new Set<Field>();

  constructor(
    private readonly cloud: CloudClient,
    /** The public key that we authenticate with. */
    readonly ownKey: string,
    /** Says what a person should know of the list and no error says. */
    private readonly warn: (message: string) => void = () => undefined,
  ) {}

  async roster(budget: Budget): Promise<Roster> {
    return this.#roster ?? this.freshRoster(budget);
  }

  /** The list as it is now; what was read before is forgotten. */
  async freshRoster(budget: Budget): Promise<Roster> {
    const reading = this.cloud.listClients(budget).then((list) => {
      this.#tellUnreadable(list.unreadable);
      list.clients.forEach(this.#note);
      return new Roster(list);
    });
    this.#roster = reading;
    this.#asked = new IdMap();
    // A failed list is not kept: whoever asks next asks the server again.
    reading.catch(() => {
      if (this.#roster === reading) this.#roster = undefined;
    });
    return reading;
  }

  /** The list with what it leaves out of its clients, as answers about each of them say it. */
  async fullRoster(budget: Budget): Promise<Roster> {
    const roster = await this.roster(budget);
    await this.#fill(roster, roster.all, budget);
    return roster;
  }

  /** The list with every name that the list or an answer about the client has. */
  async namedRoster(budget: Budget): Promise<Roster> {
    const roster = await this.roster(budget);
    const nameless = roster.all.filter((client) => isUnsaid(client, "name"));
    await this.#fill(roster, nameless, budget);
    return roster;
  }

  /** The client that we sign in with; undefined where the list lacks it. */
  async own(budget: Budget): Promise<RemoteClient | undefined> {
    const roster = await this.roster(budget);
    const keyless = roster.all.filter((client) => isUnsaid(client, "apiKey"));
    if (roster.byKey(this.ownKey) === undefined) await this.#fill(roster, keyless, budget);
    return roster.byKey(this.ownKey);
  }

  async #fill(roster: Roster, clients: readonly RemoteClient[], budget: Budget): Promise<void> {
    for (const client of await Promise.all(clients.map((one) => this.inFull(one, budget))))
      roster.remember(client);
  }

  /**
   * A listed client with what the list leaves out of it: that is not known, and not empty. It takes one request, and only
   * where something is left out, or `more` is wanted. What no answer says stays unsaid.
   */
  async inFull(listed: RemoteClient, budget: Budget, more = false): Promise<RemoteClient> {
    if (listed.unsaid === undefined && !more) return listed;
    const asked = this.#asked;
    const answer = asked.get(listed.id) ?? this.#readIfPossible(listed.id, budget);
    asked.set(listed.id, answer);
    answer.catch(() => {
      asked.delete(listed.id);
    });
    const one = await answer;
    const client = one === undefined ? listed : completedBy(one, listed);
    // A service that leaves out null members does not do so with all of an account's.
    const unsaid = client.unsaid?.filter((field) => !LISTS.includes(field) || !this.#shown.has(field));
    return { ...client, unsaid: unsaid?.length === 0 ? undefined : unsaid };
  }

  async #readIfPossible(id: string, budget: Budget): Promise<RemoteClient | undefined> {
    try {
      const client = await this.cloud.getClient(id, budget);
      this.#note(client);
      return client;
    } catch (error) {
      if (isKind(error, "NotFound", "Malformed", "Forbidden")) return undefined;
      throw error;
    }
  }

  readonly #note = ({ raw }: RemoteClient): void => {
    for (const field of LISTS) if (isSaid(raw, field)) this.#shown.add(field);
  };

  /** Asks for items of a list by their GUIDs, and puts what can then be read into it; stops where one cannot. */
  async readAgain(
    items: readonly UnreadableClient[],
    roster: Roster,
    doing: string,
    budget: Budget,
  ): Promise<void> {
    for (const item of items) {
      if (item.id === undefined || roster.has(item.id)) continue;
      try {
        roster.remember(await this.cloud.getClient(item.id, budget));
      } catch (error) {
        if (!isKind(error, "NotFound", "Malformed")) throw error;
        throw new ThinkGeoError("Malformed", {
          doing,
          happened: `${itemInWords(item)}, and asking for it by its GUID does not help, so it may be this very client`,
          next: "Nothing was created. See in ThinkGeo's console what that client is, and run the command again.",
          heading: "incomplete-list",
        });
      }
    }
  }

  /** Warns, once a run, of what no answer says of a client, where it makes a difference. */
  tellUnsaid(client: RemoteClient, name: string, assumed?: Existing): void {
    if (isUnsaid(client, "apiKey") && client.apiKey === undefined && assumed?.clientId === undefined)
      this.#tellOnce("apiKey", lacksKey(name, client.id));
    for (const property of unsaidProperties(client, assumed)) {
      this.#tellOnce(property, unsaid(property, name, client.id, assumed === undefined));
    }
  }

  #tellOnce(about: string, message: string): void {
    if (this.#told.has(about)) return;
    this.#told.add(about);
    this.warn(message);
  }

  /** A list of others only is no reason to stop: that every service lists the client that asks is not documented. */
  tellIfPartial(roster: Roster): void {
    const isThere = roster.byKey(this.ownKey) !== undefined || roster.unreadable.length > 0;
    if (isThere || roster.all.some((client) => isUnsaid(client, "apiKey"))) return;
    this.#tellOnce(PARTIAL, PARTIAL);
  }

  /** One warning a list, and of each item one a run. */
  #tellUnreadable(items: readonly UnreadableClient[]): void {
    const fresh = items.filter((item) => !this.#told.has(itemInWords(item)));
    for (const item of fresh) this.#told.add(itemInWords(item));
    if (fresh.length > 0) this.warn(`${itemsInWords(fresh)}. The other clients are managed as usual.`);
  }

  /** The client that the API has under an id, if there is one. */
  async getIfThere(id: string, budget: Budget): Promise<RemoteClient | undefined> {
    return this.cloud.getClient(id, budget).catch((error: unknown) => {
      if (isKind(error, "NotFound")) return undefined;
      throw error;
    });
  }

  /** A client that may be managed by nobody. Where the list lacks it, it is asked for: a list may lag behind. */
  async lookUp(id: string, budget: Budget): Promise<RemoteClient> {
    if (!isGuid(id))
      throw new ThinkGeoError("Rejected", {
        doing: "look up a client",
        happened: "the given id is not a GUID (the API's id of a client, not its key or its name)",
        next: FIND_GUID,
        heading: "client-not-found",
      });
    const roster = await this.roster(budget);
    const listed = roster.has(id) ? roster.find(id) : undefined;
    if (listed !== undefined) return listed;
    return this.cloud.getClient(id, budget).catch((error: unknown) => {
      if (!isKind(error, "NotFound")) throw error;
      throw new ThinkGeoError("NotFound", {
        doing: `look up client ${id}`,
        happened: "the account of thinkgeo:clientId has no client with that GUID",
        next: FIND_GUID,
        heading: "client-not-found",
      });
    });
  }

  /** Puts a client that this run made, changed or read into the list, if there is one. */
  async remember(client: RemoteClient): Promise<void> {
    this.#asked.delete(client.id);
    this.#note(client);
    (await this.#roster?.catch(() => undefined))?.remember(client);
  }

  /** Takes a client that this run deleted out of the list, if there is one. */
  async forget(id: string): Promise<void> {
    (await this.#roster?.catch(() => undefined))?.forget(id);
  }

  /** This account's id: as the list says it of our own client, else as the API says it of the account; undefined if neither does. */
  async ownerId(budget: Budget): Promise<string | undefined> {
    const listed = (await this.own(budget))?.ownerId;
    if (listed !== undefined) return listed;
    this.#current ??= this.cloud.currentAccount(budget).then(
      ({ id }) => id,
      (error: unknown) => {
        // A refusal holds for the whole run; an answer that cannot be read need not come again.
        if (isKind(error, "NotFound", "Forbidden", "Rejected")) return undefined;
        this.#current = undefined;
        if (isKind(error, "Malformed")) return undefined;
        throw error;
      },
    );
    return this.#current;
  }

  /**
   * A client as a comparison with what is declared needs it.
   *
   * @param assumed what holds where no answer says anything
   */
  async describe(client: RemoteClient, assumed: Existing, budget: Budget): Promise<LiveClient> {
    const names = await this.#namesOf(client.grantedRoles, budget);
    if (names !== undefined) return liveClient(client, assumed, names);
    // Ids that nobody explains are no difference from names.
    const isAssumed = assumed.grantedRoles !== undefined;
    const unsaid: readonly Field[] = [
      ...(client.unsaid ?? []),
      ...(isAssumed ? (["grantedRoles"] as const) : []),
    ];
    return liveClient({ ...client, unsaid }, assumed, [...client.grantedRoles].sort());
  }

  /** Names for what the API lists as roles. The table is asked for only if the API speaks in ids. */
  async roleNames(values: readonly string[], budget: Budget): Promise<string[]> {
    // The names are for reading only: ids are better than a client that cannot be managed.
    return (await this.#namesOf(values, budget)) ?? [...values].sort();
  }

  /** Undefined where the API speaks in ids and does not say which is which. */
  async #namesOf(values: readonly string[], budget: Budget): Promise<string[] | undefined> {
    if (!values.some(isRoleId)) return [...values].sort();
    try {
      return toRoleNames(values, await this.#roleTable(budget));
    } catch (error) {
      if (isKind(error, "Forbidden", "NotFound", "Malformed")) return undefined;
      throw error;
    }
  }

  /** The names of all roles that clients of the account can have; undefined where the API does not tell. */
  async allRoles(budget: Budget): Promise<string[] | undefined> {
    try {
      return (await this.#roleTable(budget)).map(({ name }) => name);
    } catch (error) {
      if (isKind(error, "Forbidden", "NotFound", "Malformed")) return undefined;
      throw error;
    }
  }

  /** What to send for declared roles: in the form in which the account's own clients have them, else ids. */
  async rolesToSend(
    declared: readonly string[] | undefined,
    doing: string,
    budget: Budget,
  ): Promise<readonly string[] | undefined> {
    if (declared === undefined || declared.length === 0) return declared;
    const wanted = distinctRoles(declared);
    const seen = (await this.roster(budget)).all.flatMap((client) => client.grantedRoles);
    if (seen.length > 0 && !seen.some(isRoleId)) return wanted;
    const table = await this.#roleTable(budget);
    const { ids, unknown } = toRoleIds(wanted, table);
    if (unknown.length === 0) return ids;
    throw new ThinkGeoError("Rejected", {
      doing,
      happened: `the account has no role ${unknown.map((role) => JSON.stringify(role)).join(", ")}`,
      next: `Its roles are ${table.map((role) => role.name).join(", ")}: correct grantedRoles, or leave it out to grant all.`,
      heading: "unknown-role",
    });
  }

  async #roleTable(budget: Budget): Promise<readonly Role[]> {
    this.#roles ??= this.cloud.listRoles(budget);
    this.#roles.catch(() => {
      this.#roles = undefined;
    });
    return this.#roles;
  }
}
