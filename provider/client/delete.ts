import type { CloudClient } from "../cloud/api";
import { isKind, retold, ThinkGeoError } from "../cloud/failure";
import type { Budget, Time } from "../cloud/time";
import { LONGEST_LAG_MS, type AbsenceProof, type Sought } from "./absence";
import type { Account } from "./account";
import { Roster } from "./roster";

interface Deletion extends Sought {
  readonly budget: Budget;
  /**
   * Whether the account's list has shown it. Fails if it must not be deleted. Asked at once, so that it takes no time beside the
   * wait for others.
   */
  readonly look: () => Promise<"listed" | "unlisted">;
}

interface Waiting extends Omit<Deletion, "look"> {
  readonly looked: Promise<"listed" | "unlisted">;
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Each id takes 47 characters of an address, and some servers take no more than 2,048 of a query. */
const LARGEST_BATCH = 40;

/** How long a delete waits for others: the engine calls for as many as its `--parallel` allows, but one after the other. */
const GATHERING_MS = 20;
/** With one alone, every delete of a slow engine would wait for a whole request before its own is sent. */
const MOST_UNDER_WAY = 2;

/** Failures of the way to the server, not of one client: what fails so for one fails so for all. */
const FOR_ALL = [
  "Unavailable",
  "Ambiguous",
  "RateLimited",
  "Unauthorized",
  "Untrusted",
  "Malformed",
] as const;

/** Of these, the failures that a batch meets whoever is in it: to ask for each alone would only ask again. */
const FOR_ANY_BATCH = ["RateLimited", "Unauthorized", "Untrusted"] as const;

/** Sends the deletes that are in flight together in batches, each of them one request. */
export class Deletions {
  readonly #waiting: Waiting[] = [];
  #isGathering = false;
  /** Batches under way. */
  #underWay = 0;
  /** The list that is being read, and the one after it. */
  #list: Promise<unknown> = Promise.resolve();
  #nextList: Promise<Roster> | undefined;
  /** Whether a request with several ids has left none of them. */
  #takesSeveral = true;

  constructor(
    private readonly cloud: CloudClient,
    private readonly account: Account,
    private readonly absence: AbsenceProof,
    private readonly time: Time,
  ) {}

  async delete(deletion: Deletion): Promise<void> {
    const looked = deletion.look();
    // It may fail before anybody awaits it.
    looked.catch(() => undefined);
    await new Promise<void>((resolve, reject) => {
      this.#waiting.push({ ...deletion, looked, resolve, reject });
      void this.#sendSoon();
    });
  }

  async #sendSoon(): Promise<void> {
    if (this.#isGathering || this.#underWay === MOST_UNDER_WAY || this.#waiting.length === 0) return;
    this.#isGathering = true;
    await this.time.sleep(GATHERING_MS);
    this.#isGathering = false;
    this.#underWay++;
    const batch = this.#waiting.splice(0, LARGEST_BATCH);
    // What is left of a larger number, and what comes while this batch is under way.
    void this.#sendSoon();
    const { listed, unlisted } = await byList(batch);
    // One that is gone may have all of its batch refused; of one that is not shown yet, no list can say that it has gone.
    await Promise.all([this.#send(listed), this.#deleteAlone(unlisted)]);
    this.#underWay--;
    void this.#sendSoon();
  }

  async #send(batch: readonly Waiting[]): Promise<void> {
    await this.#deleteAlone(this.#takesSeveral ? await this.#deleteTogether(batch) : batch);
  }

  async #deleteAlone(batch: readonly Waiting[]): Promise<void> {
    const [first, ...others] = batch;
    if (first === undefined) return;
    const failed = await this.#deleteOne(first);
    if (isKind(failed, ...FOR_ALL)) rejectAll(others, failed);
    else await Promise.all(others.map((waiting) => this.#deleteOne(waiting)));
  }

  /** Deletes several in one request, and returns those that have to be deleted alone. */
  async #deleteTogether(batch: readonly Waiting[]): Promise<readonly Waiting[]> {
    const [first, second] = batch;
    if (first === undefined || second === undefined) return batch;
    const { budget } = first;
    try {
      const ids = batch.map(({ id }) => id);
      const left = await this.#settle(batch, await this.cloud.deleteClients(ids, budget), budget);
      if (left.length > 0) this.#takesSeveral = false;
      return left;
    } catch (error) {
      // One of them stands in the way, or the batch itself: alone, each gets its own answer.
      if (!isKind(error, ...FOR_ANY_BATCH)) return batch;
      rejectAll(batch, error);
      return [];
    }
  }

  /** Settles one delete, and returns why it failed if it did. */
  async #deleteOne(waiting: Waiting): Promise<unknown> {
    const { id, budget, doing, reject } = waiting;
    try {
      const answer = await this.cloud.deleteClients([id], budget).catch(async (error: unknown) => {
        if (!isKind(error, "NotFound")) throw error;
        // Somebody else deleted it, or an attempt of ours whose answer was lost; or this is another account.
        const state = await this.absence.afterDenial(waiting, budget);
        if (state === "denied") throw stillListed(doing, id);
        if (state === "there") throw error;
        return "gone" as const;
      });
      if (answer === "gone") await this.#resolve(waiting);
      else if ((await this.#settle([waiting], answer, budget)).length > 0) throw stillThere(doing);
      return undefined;
    } catch (error) {
      reject(retold(error, doing));
      return error;
    }
  }

  /** Ends those of an accepted request that are gone, and returns the others. */
  async #settle(
    batch: readonly Waiting[],
    answer: "deleted" | "unconfirmed",
    budget: Budget,
  ): Promise<readonly Waiting[]> {
    const left: Waiting[] = [];
    const answeredAt = this.time.monotonic();
    const doubtful = await this.#doubtful(batch, answer, budget);
    for (const waiting of batch) if (!doubtful.includes(waiting)) await this.#resolve(waiting);
    for (const waiting of doubtful) {
      // Where one has been waited for, so have the others.
      const isWaited = this.time.monotonic() - answeredAt >= LONGEST_LAG_MS;
      const listed = (): Promise<Roster> => this.#listFromNow(waiting.budget);
      if (await this.absence.isStillThere(waiting, waiting.budget, answer, isWaited, listed))
        left.push(waiting);
      else await this.#resolve(waiting);
    }
    return left;
  }

  /**
   * Those of an accepted request that have to be asked for: what it says is not believed, because how a service reads
   * several ids is not documented, and a key that lives on in no state is forgotten.
   */
  async #doubtful(
    batch: readonly Waiting[],
    answer: "deleted" | "unconfirmed",
    budget: Budget,
  ): Promise<readonly Waiting[]> {
    const looked = await Promise.all(batch.map((waiting) => waiting.looked));
    // Of what the list has not shown before, it says nothing now.
    if (answer === "unconfirmed" || looked.includes("unlisted")) return batch;
    const list = await this.#listFromNow(budget);
    return batch.filter(({ id }) => list.listsActive(id));
  }

  /** The account's list as it is now; whoever asks while one is being read shares the next. It is not the run's own: one that lags would bring back what this run has deleted. */
  #listFromNow(budget: Budget): Promise<Roster> {
    this.#nextList ??= this.#list.then(() => {
      this.#nextList = undefined;
      const list = this.cloud.listClients(budget).then((clients) => new Roster(clients));
      this.#list = list.catch(() => undefined);
      return list;
    });
    return this.#nextList;
  }

  async #resolve({ id, resolve }: Waiting): Promise<void> {
    await this.account.forget(id);
    resolve();
  }
}

function rejectAll(batch: readonly Waiting[], error: unknown): void {
  for (const { doing, reject } of batch) reject(retold(error, doing));
}

const stillThere = (doing: string): ThinkGeoError =>
  new ThinkGeoError("Conflict", {
    doing,
    happened: "ThinkGeo accepted the delete, and the client is still there, so its key may work on",
    next: "Run the command again. If it stays so, delete the client in ThinkGeo's console, then run the command again.",
    heading: "delete-unconfirmed",
  });

const stillListed = (doing: string, id: string): ThinkGeoError =>
  new ThinkGeoError("Conflict", {
    doing,
    happened:
      "ThinkGeo returned 404 to the delete and to a GET, and its list still shows it ten seconds later, so its key may work on",
    next: `Run the command again in a minute. If it stays so, delete client ${id} in ThinkGeo's console, and take the resource out of state ("pulumi state delete").`,
    heading: "delete-unconfirmed",
  });

/** Those that may be deleted, by whether the account's list has them; the others have ended. */
async function byList(
  batch: readonly Waiting[],
): Promise<Readonly<Record<"listed" | "unlisted", readonly Waiting[]>>> {
  const found = { listed: [] as Waiting[], unlisted: [] as Waiting[] };
  for (const waiting of batch) {
    try {
      found[await waiting.looked].push(waiting);
    } catch (error) {
      waiting.reject(error);
    }
  }
  return found;
}
