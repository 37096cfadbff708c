import type { CloudClient } from "../cloud/api";
import { isKind, ThinkGeoError } from "../cloud/failure";
import type { Budget } from "../cloud/time";
import { liveClient, omittedProperties, type Existing, type LiveClient } from "../model/client";
import { IdMap, isGuid } from "../model/ids";
import { distinctRoles, isRoleId, toRoleIds, toRoleNames, type Role } from "../model/roles";
import { isPresent, LISTS, type Field } from "../model/omitted";
import { completedBy, isOmitted, type RemoteClient, type UnreadableClient } from "../model/wire";
import { itemInWords, itemsInWords, Roster } from "./roster";
import { lacksKey, lacksProperty } from "./warnings";

const FIND_GUID =
  '"thinkgeo export" shows the GUIDs of an account\'s clients; getClient({ name }) finds a client by its name.';

const PARTIAL =
  "ThinkGeo's list lacks the client of thinkgeo:clientId itself, so it may lack others too: a client that an interrupted run has made would not be seen, and made again. Look in ThinkGeo's console.";

/** One ThinkGeo account as one run sees it: its list is read once, when it is first asked for. */
export class Account {
  #roster: Promise<Roster> | undefined;
  #roles: Promise<readonly Role[]> | undefined;
  #current: Promise<string | undefined> | undefined;
  readonly #warned = new Set<string>();
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
      this.#warnOfUnreadable(list.unreadable);
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
    const nameless = roster.all.filter((client) => isOmitted(client, "name"));
    await this.#fill(roster, nameless, budget);
    return roster;
  }

  /** The client that we sign in with; undefined where the list lacks it. */
  async own(budget: Budget): Promise<RemoteClient | undefined> {
    const roster = await this.roster(budget);
    const keyless = roster.all.filter((client) => isOmitted(client, "apiKey"));
    if (roster.byKey(this.ownKey) === undefined) await this.#fill(roster, keyless, budget);
    return roster.byKey(this.ownKey);
  }

  async #fill(roster: Roster, clients: readonly RemoteClient[], budget: Budget): Promise<void> {
    for (const client of await Promise.all(clients.map((one) => this.inFull(one, budget))))
      roster.remember(client);
  }

  /**
   * A listed client with what the list leaves out of it: that is not known, and not empty. It takes one request, and only
   * where something is left out, or `more` is wanted. What no answer has stays omitted.
   */
  async inFull(listed: RemoteClient, budget: Budget, more = false): Promise<RemoteClient> {
    if (listed.omitted === undefined && !more) return listed;
    const asked = this.#asked;
    const answer = asked.get(listed.id) ?? this.#readIfPossible(listed.id, budget);
    asked.set(listed.id, answer);
    answer.catch(() => {
      asked.delete(listed.id);
    });
    const one = await answer;
    const client = one === undefined ? listed : completedBy(one, listed);
    // A service that leaves out null members does not do so with all of an account's.
    const omitted = client.omitted?.filter((field) => !LISTS.includes(field) || !this.#shown.has(field));
    return { ...client, omitted: omitted?.length === 0 ? undefined : omitted };
  }

  /** A client that was asked for by its id, with what that answer leaves out and the list has. */
  async withListed(one: RemoteClient, budget: Budget): Promise<RemoteClient> {
    if (one.omitted === undefined) return one;
    const listed = (await this.roster(budget)).readable(one.id);
    return listed === undefined ? one : completedBy(one, listed);
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
    for (const field of LISTS) if (isPresent(raw, field)) this.#shown.add(field);
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
  warnOfOmitted(client: RemoteClient, name: string, assumed?: Existing): void {
    if (isOmitted(client, "apiKey") && client.apiKey === undefined && assumed?.clientId === undefined)
      this.#warnOnce("apiKey", lacksKey(name, client.id));
    for (const property of omittedProperties(client, assumed)) {
      this.#warnOnce(property, lacksProperty(property, name, client.id, assumed === undefined));
    }
  }

  #warnOnce(about: string, message: string): void {
    if (this.#warned.has(about)) return;
    this.#warned.add(about);
    this.warn(message);
  }

  /** A list of others only is no reason to stop: that every service lists the client that asks is not documented. */
  warnIfPartial(roster: Roster): void {
    const isThere = roster.byKey(this.ownKey) !== undefined || roster.unreadable.length > 0;
    if (isThere || roster.all.some((client) => isOmitted(client, "apiKey"))) return;
    this.#warnOnce(PARTIAL, PARTIAL);
  }

  /** One warning a list, and of each item one a run. */
  #warnOfUnreadable(items: readonly UnreadableClient[]): void {
    const fresh = items.filter((item) => !this.#warned.has(itemInWords(item)));
    for (const item of fresh) this.#warned.add(itemInWords(item));
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
    const listed = (await this.roster(budget)).readable(id);
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
    const omitted: readonly Field[] = [
      ...(client.omitted ?? []),
      ...(isAssumed ? (["grantedRoles"] as const) : []),
    ];
    return liveClient({ ...client, omitted }, assumed, [...client.grantedRoles].sort());
  }

  /** Names for what the API lists as roles. The table is asked for only if the API speaks in ids. */
  async roleNames(values: readonly string[], budget: Budget): Promise<string[]> {
    // The names are for reading only: ids are better than a client that cannot be managed.
    return (await this.#namesOf(values, budget)) ?? [...values].sort();
  }

  /** Undefined where the API speaks in ids and does not say which is which. */
  async #namesOf(values: readonly string[], budget: Budget): Promise<string[] | undefined> {
    if (!values.some(isRoleId)) return [...values].sort();
    const table = await this.#rolesIfTold(budget);
    return table && toRoleNames(values, table);
  }

  /** The names of all roles that clients of the account can have; undefined where the API does not tell. */
  async allRoles(budget: Budget): Promise<string[] | undefined> {
    return (await this.#rolesIfTold(budget))?.map(({ name }) => name);
  }

  async #rolesIfTold(budget: Budget): Promise<readonly Role[] | undefined> {
    try {
      return await this.#roleTable(budget);
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
