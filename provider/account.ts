import type { CloudClient } from "./cloud/client";
import { isKind, ThinkGeoError } from "./cloud/errors";
import type { Budget } from "./cloud/time";
import { isRoleId, toRoleIds, toRoleNames, type Role } from "./model/roles";
import type { ClientList, RemoteClient, UnreadableClient } from "./model/wire";

/** The account's clients as one list said they are, with this process's own writes applied since. */
export class Roster {
  /** Items that are no client that can be read; what they are is not known. */
  readonly unreadable: readonly UnreadableClient[];
  readonly #clients: Map<string, RemoteClient>;
  readonly #listed: number;
  readonly #total: number;

  constructor(list: ClientList) {
    this.#clients = new Map(list.clients.map((client) => [client.id.toLowerCase(), client]));
    this.unreadable = list.unreadable;
    const ids = new Set([...list.clients, ...list.unreadable].flatMap(({ id }) => id?.toLowerCase() ?? []));
    // A client that is listed twice is one.
    this.#listed = ids.size + list.unreadable.filter(({ id }) => id === undefined).length;
    this.#total = list.totalCount ?? this.#listed;
  }

  get all(): readonly RemoteClient[] {
    return [...this.#clients.values()];
  }

  find(id: string): RemoteClient | undefined {
    const listed = this.#clients.get(id.toLowerCase());
    const item = listed === undefined ? this.unreadableItem(id) : undefined;
    if (item === undefined) return listed;
    throw new ThinkGeoError("Malformed", {
      doing: `read client ${id} in the account's list`,
      happened: itemInWords(item),
      next: REPORT_LIST,
    });
  }

  /** The item of the list that has this id and cannot be read. */
  unreadableItem(id: string): UnreadableClient | undefined {
    return this.unreadable.find((item) => item.id?.toLowerCase() === id.toLowerCase());
  }

  byKey(key: string): RemoteClient | undefined {
    for (const client of this.#clients.values()) if (client.apiKey === key) return client;
    return undefined;
  }

  remember(client: RemoteClient): void {
    this.#clients.set(client.id.toLowerCase(), client);
  }

  forget(id: string): void {
    this.#clients.delete(id.toLowerCase());
  }

  /** Nothing may be concluded from what a short list lacks, or one with an item that might be anything. */
  requireComplete(doing: string): void {
    const nameless = this.unreadable.find(({ id }) => id === undefined);
    const happened =
      this.#listed < this.#total
        ? `ThinkGeo listed ${this.#listed} clients and says that there are ${this.#total}, so what is missing cannot be told from what is gone`
        : nameless && `${itemInWords(nameless)}, so what is missing cannot be told from what is gone`;
    if (happened !== undefined) throw new ThinkGeoError("Malformed", { doing, happened, next: REPORT_LIST });
  }
}

const REPORT_LIST =
  "Nothing was changed. Run the command again; if it stays so, report it with the output of THINKGEO_LOG=debug.";

/** Which item of the list cannot be read, and why. */
export const itemInWords = ({ id, name, position, fields }: UnreadableClient): string =>
  `item ${position} of ThinkGeo's list of clients${name === undefined ? "" : ` (${JSON.stringify(name)})`}${id === undefined ? "" : `, ${id},`} cannot be read: ${fields.join(", ")} ${fields.length === 1 ? "is" : "are"} not what the API describes`;

/** One ThinkGeo account through the eyes of one run: its list is read once, when it is first asked for. */
export class Account {
  #roster: Promise<Roster> | undefined;
  #roles: Promise<readonly Role[]> | undefined;

  constructor(
    private readonly cloud: CloudClient,
    /** The public key that we authenticate with. */
    readonly ownKey: string,
  ) {}

  async roster(budget: Budget): Promise<Roster> {
    return this.#roster ?? this.freshRoster(budget);
  }

  /** The list as it is now; what was read before is forgotten. */
  async freshRoster(budget: Budget): Promise<Roster> {
    const reading = this.cloud.listClients(budget).then((list) => new Roster(list));
    this.#roster = reading;
    // A failed list is not kept: whoever asks next asks the server again.
    reading.catch(() => {
      if (this.#roster === reading) this.#roster = undefined;
    });
    return reading;
  }

  /** Keeps the list of this run true to what this run did. */
  async note(change: (roster: Roster) => void): Promise<void> {
    const roster = await this.#roster?.catch(() => undefined);
    if (roster !== undefined) change(roster);
  }

  /**
   * The client, or undefined if it is certainly gone: the list is whole, holds the client we authenticate as, and
   * belongs to the account in which the client was; and asked for it by its GUID, the API says that there is none.
   */
  async find(
    id: string,
    ownerId: string | undefined,
    doing: string,
    budget: Budget,
  ): Promise<RemoteClient | undefined> {
    const roster = await this.roster(budget);
    return roster.find(id) ?? this.#lookBeyondList(roster, id, ownerId, doing, budget);
  }

  async #lookBeyondList(
    roster: Roster,
    id: string,
    ownerId: string | undefined,
    doing: string,
    budget: Budget,
  ): Promise<RemoteClient | undefined> {
    this.#requireProof(roster, ownerId, doing);
    try {
      // A list may lag behind what was made a moment ago.
      const client = await this.cloud.getClient(id, budget);
      roster.remember(client);
      return client;
    } catch (error) {
      if (isKind(error, "NotFound")) return undefined;
      throw error;
    }
  }

  /** Stops unless what the list lacks is missing from the right account. */
  #requireProof(roster: Roster, ownerId: string | undefined, doing: string): void {
    roster.requireComplete(doing);
    const self = roster.byKey(this.ownKey);
    const next =
      "Nothing was changed. Check thinkgeo:clientId and thinkgeo:apiUrl: they must belong to the account that this stack manages.";
    if (self === undefined) {
      const happened =
        "the account's list lacks it, but also the client of thinkgeo:clientId itself, so the list proves nothing";
      throw new ThinkGeoError("Malformed", { doing, happened, next });
    }
    if (
      ownerId !== undefined &&
      self.ownerId !== undefined &&
      self.ownerId.toLowerCase() !== ownerId.toLowerCase()
    ) {
      const happened = `it belongs to account ${ownerId}, and thinkgeo:clientId belongs to account ${self.ownerId}`;
      throw new ThinkGeoError("Conflict", { doing, happened, next });
    }
  }

  /** Names for what the API lists as roles. The table is asked for only if the API speaks in ids. */
  async roleNames(values: readonly string[], budget: Budget): Promise<string[]> {
    if (!values.some(isRoleId)) return [...values].sort();
    try {
      return toRoleNames(values, await this.#roleTable(budget));
    } catch (error) {
      // The names are for reading only: ids are better than a client that cannot be managed.
      if (isKind(error, "Forbidden", "NotFound", "Malformed")) return [...values].sort();
      throw error;
    }
  }

  /** What to send for declared roles: in the form in which the account's own clients have them, else ids. */
  async rolesToSend(declared: readonly string[], doing: string, budget: Budget): Promise<string[]> {
    if (declared.length === 0) return [];
    const seen = (await this.roster(budget)).all.flatMap((client) => client.grantedRoles);
    if (seen.length > 0 && !seen.some(isRoleId)) return [...declared];
    const table = await this.#roleTable(budget);
    const { ids, unknown } = toRoleIds(declared, table);
    if (unknown.length === 0) return ids;
    throw new ThinkGeoError("Rejected", {
      doing,
      happened: `the account has no role ${unknown.map((role) => JSON.stringify(role)).join(", ")}`,
      next: `Its roles are ${table.map((role) => role.name).join(", ")}: correct grantedRoles, or leave it out to grant all.`,
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
