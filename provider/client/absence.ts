import { ThinkGeoError } from "../cloud/failure";
import { Budget, type Time } from "../cloud/time";
import type { Configuration } from "../configuration";
import { IdSet, sameId } from "../model/ids";
import type { RemoteClient } from "../model/wire";
import type { Account } from "./account";
import { itemInWords, type Roster } from "./roster";

/** What a client was to be, as state knows it. */
export interface Sought {
  readonly id: string;
  /** The account that it belongs to, where state says so. */
  readonly ownerId: string | undefined;
  /** Completes "Could not …" in an error. */
  readonly doing: string;
}

/** Reads may lag some seconds behind writes: what is missing is looked for that long, in all about ten seconds. */
const LOOK_AGAIN_MS = [1_000, 2_000, 3_000, 4_000];
export const LONGEST_LAG_MS = LOOK_AGAIN_MS.reduce((sum, wait) => sum + wait);

/** Lists the account again until it shows these clients; false if it does not do so in ten seconds. */
export async function listUntilThere(
  account: Account,
  ids: Iterable<string>,
  budget: () => Budget,
  time: Pick<Time, "sleep">,
): Promise<boolean> {
  for (const wait of LOOK_AGAIN_MS) {
    await time.sleep(wait);
    const roster = await account.freshRoster(budget());
    if ([...ids].every((id) => roster.has(id))) return true;
  }
  return false;
}

/** So many clients are not deleted by hand at once, and no other left. */
const MANY = 3;

/** Whether so many clients, of which not one is there, are more likely out of sight than deleted: the client of thinkgeo:clientId may have lost its rights. */
export const mayBeOutOfSight = (missing: number, roster: Roster): boolean =>
  missing >= MANY || roster.isAlone;

const CHECK_ACCOUNT =
  "Nothing was changed. Check thinkgeo:clientId and thinkgeo:apiUrl: they must belong to the account that this stack manages.";

/**
 * Finds managed clients, and proves that one is gone before anybody may believe it. Absence is believed only if the list
 * is complete and holds the client that we authenticate with, of the account that the client was in; if the API, asked
 * for it by its GUID, says that there is none; if all that is still so some seconds later; and if not all have vanished.
 */
export class AbsenceProof {
  /** Ids of the clients that this run asked for and that are there, and of those that are not. */
  readonly #there = new IdSet();
  readonly #missing = new IdSet();
  /** The later looks, which all that are missing share: a list read then shows everything that was made before the run. */
  #laterLooks: Promise<void> | undefined;
  /** The API has denied a client by its id for ten seconds in which its list showed it. */
  #isDenying = false;

  constructor(
    private readonly account: Account,
    private readonly configuration: Pick<Configuration, "requestTimeoutMs" | "onVanished">,
    private readonly time: Time,
  ) {}

  /** The client, or undefined if it is certainly gone. */
  async find(sought: Sought, budget: Budget): Promise<RemoteClient | undefined> {
    const first = await this.#look(sought, budget);
    if (first !== undefined) return first;
    await this.#lookLater();
    const later = await this.#look(sought, budget);
    if (later !== undefined) return later;
    this.#requireOthers(await this.account.roster(budget), sought.doing);
    return undefined;
  }

  /**
   * The client as the list has it, for a delete. Where the list lacks it, stops unless the account is the right one: then a
   * delete harms nobody, and reaches also a client that reads do not show yet.
   */
  async findListed(sought: Sought, budget: Budget): Promise<RemoteClient | undefined> {
    const roster = await this.account.roster(budget);
    const listed = roster.readable(sought.id);
    if (listed !== undefined) return this.#saw(listed);
    this.#missing.add(sought.id);
    await this.#requireAccount(roster, sought, budget);
    return undefined;
  }

  /**
   * Whether the API has a client, active, although it has accepted its delete: "unconfirmed" where it did so without a
   * word, which counts only in the right account. A GET and the list may each lag behind: where a GET does not find what
   * the list shows, both are asked for ten seconds, unless the caller has waited already; then the GET is believed.
   *
   * @param listed the account's list as it is when this is called
   */
  async isStillThere(
    sought: Sought,
    budget: Budget,
    answer: "deleted" | "unconfirmed",
    isWaited: boolean,
    listed: () => Promise<Roster>,
  ): Promise<boolean> {
    const roster = answer === "unconfirmed" ? await this.account.roster(budget) : undefined;
    if (roster !== undefined) await this.#requireAccount(roster, sought, budget);
    let isThere = false;
    for (const wait of [...(isWaited ? [] : LOOK_AGAIN_MS), undefined]) {
      const client = await this.account.getIfThere(sought.id, budget);
      if (client === undefined && roster?.isAlone === true) this.#requireOthers(roster, sought.doing);
      isThere = client?.isActive === true;
      if (client?.isActive === false) return false;
      if (!isThere && !(await listed()).listsActive(sought.id)) return false;
      if (wait !== undefined) await this.time.sleep(wait);
    }
    return isThere;
  }

  /**
   * What became of a client of which the API answers a delete that there is none. "denied" where it denies it to whoever
   * names it, and its list still shows it: then the key may work on.
   */
  async afterDenial(sought: Sought, budget: Budget): Promise<"gone" | "there" | "denied"> {
    const roster = await this.account.roster(budget);
    await this.#requireAccount(roster, sought, budget);
    let isThere = false;
    // Where one was denied and listed for so long, the others of the run have been waited for as well.
    for (const wait of [...(this.#isDenying ? [] : LOOK_AGAIN_MS), undefined]) {
      const client = await this.account.getIfThere(sought.id, budget);
      isThere = client !== undefined;
      if (client === undefined) {
        // A list that lags shows what somebody has just deleted.
        if (!(await this.account.freshRoster(budget)).lists(sought.id)) {
          if (roster.isAlone) this.#requireOthers(roster, sought.doing);
          return "gone";
        }
      } else if (!client.isActive) return "gone";
      if (wait !== undefined) await this.time.sleep(wait);
    }
    if (isThere) return "there";
    this.#isDenying = true;
    return "denied";
  }

  async #look(sought: Sought, budget: Budget): Promise<RemoteClient | undefined> {
    const roster = await this.account.roster(budget);
    const item = roster.unreadableItem(sought.id);
    const listed = item === undefined ? roster.find(sought.id) : undefined;
    if (listed !== undefined) return this.#saw(listed);
    if (item === undefined) {
      this.#missing.add(sought.id);
      await this.#requireAccount(roster, sought, budget);
    }
    // A list may lag behind what was made a moment ago.
    const client = await this.account.getIfThere(sought.id, budget);
    if (client !== undefined) {
      roster.remember(client);
      return this.#saw(client);
    }
    if (item !== undefined)
      throw new ThinkGeoError("Malformed", {
        doing: sought.doing,
        happened: `${itemInWords(item)}, and asked for it by its GUID, ThinkGeo says that there is none`,
        next: "Nothing was changed. Run the command again.",
        heading: "incomplete-list",
      });
    return undefined;
  }

  #saw(client: RemoteClient): RemoteClient {
    this.#missing.delete(client.id);
    this.#there.add(client.id);
    return client;
  }

  async #lookLater(): Promise<void> {
    this.#laterLooks ??= this.#readLater().catch((error: unknown) => {
      this.#laterLooks = undefined;
      throw error;
    });
    await this.#laterLooks;
  }

  async #readLater(): Promise<void> {
    const budget = (): Budget => new Budget(this.configuration.requestTimeoutMs, this.time);
    const found = await listUntilThere(this.account, this.#missing, budget, this.time);
    // Found early: what is missing later has not been waited for.
    if (found) this.#laterLooks = undefined;
  }

  /** Stops unless what the list lacks is missing from the right account. */
  async #requireAccount(roster: Roster, { ownerId, doing }: Sought, budget: Budget): Promise<void> {
    roster.requireComplete(doing);
    if ((await this.account.own(budget)) === undefined) {
      const happened =
        "the account's list lacks it, but also the client of thinkgeo:clientId itself, so the list is incomplete, or of another account";
      throw new ThinkGeoError("Malformed", {
        doing,
        happened,
        next: CHECK_ACCOUNT,
        heading: "other-account",
      });
    }
    const account = await this.account.ownerId(budget);
    if (ownerId !== undefined && account !== undefined) {
      if (sameId(ownerId, account)) return;
      const happened = `it belongs to account ${ownerId}, and thinkgeo:clientId belongs to account ${account}`;
      throw new ThinkGeoError("Conflict", { doing, happened, next: CHECK_ACCOUNT, heading: "other-account" });
    }
    // Another client of the stack shows as well that this is the account.
    if (this.#there.size > 0 || this.configuration.onVanished === "accept") return;
    const side = ownerId === undefined ? "state does" : "ThinkGeo's responses do";
    throw new ThinkGeoError("Malformed", {
      doing,
      happened: `the account of thinkgeo:clientId lacks it, and ${side} not say which account it belongs to, so it may be another one`,
      next: `${CHECK_ACCOUNT} ${ACCEPT}`,
      heading: "other-account",
    });
  }

  /** Stops where none of this stack's clients is left, and many have vanished or nobody else is left either: that is how lost rights look. */
  #requireOthers(roster: Roster, doing: string): void {
    if (this.#there.size > 0 || this.configuration.onVanished === "accept") return;
    const count = this.#missing.size;
    if (!mayBeOutOfSight(count, roster)) return;
    // Without their number: it grows while the run asks, and each of its errors would have another.
    const what =
      count < MANY
        ? "it is missing from the account, whose list has nothing but the client of thinkgeo:clientId itself. Either it was deleted, or that client cannot see others any more"
        : "all clients of this stack that were asked for are missing from the account. Either they were all deleted, or the client of thinkgeo:clientId cannot see them any more";
    throw new ThinkGeoError("Conflict", {
      doing,
      happened: what,
      next: `Nothing was changed. See in ThinkGeo's console whether they are there, and run "thinkgeo doctor". ${ACCEPT}`,
      heading: "many-missing",
    });
  }
}

const ACCEPT =
  'If they were deleted, run once more with the environment variable THINKGEO_ON_VANISHED=accept (or thinkgeo:onVanished set to "accept").';
