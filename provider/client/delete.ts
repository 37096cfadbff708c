import type { CloudClient } from "../cloud/api";
import { isKind, retold, ThinkGeoError } from "../cloud/failure";
import type { Budget, Time } from "../cloud/time";
import type { AbsenceProof, Sought } from "./absence";
import type { Account } from "./account";

interface Deletion extends Sought {
  readonly budget: Budget;
  /** Fails if it must not be deleted. Asked at once, so that it takes no time beside the wait for others. */
  readonly mayGo: () => Promise<void>;
}

interface Waiting extends Omit<Deletion, "mayGo"> {
  readonly allowed: Promise<void>;
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

/** Sends the deletes that are in flight together in batches, each of them one request. */
export class Deletions {
  readonly #waiting: Waiting[] = [];
  #isGathering = false;
  /** Batches under way. */
  #underWay = 0;

  constructor(
    private readonly cloud: CloudClient,
    private readonly account: Account,
    private readonly absence: AbsenceProof,
    private readonly time: Time,
  ) {}

  async delete(deletion: Deletion): Promise<void> {
    const allowed = deletion.mayGo();
    // It may fail before anybody awaits it.
    allowed.catch(() => undefined);
    await new Promise<void>((resolve, reject) => {
      this.#waiting.push({ ...deletion, allowed, resolve, reject });
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
    await this.#send(await allowed(batch));
    this.#underWay--;
    void this.#sendSoon();
  }

  async #send(batch: readonly Waiting[]): Promise<void> {
    const [first] = batch;
    if (first === undefined) return;
    if (batch.length > 1) {
      try {
        const ids = batch.map(({ id }) => id);
        const answer = await this.cloud.deleteClients(ids, first.budget);
        for (const waiting of batch) await this.#done(waiting, answer);
        return;
      } catch {
        // One of them stands in the way, or the batch itself: alone, each gets its own answer.
      }
    }
    let failed: unknown;
    for (const waiting of batch) {
      if (isKind(failed, ...FOR_ALL)) waiting.reject(retold(failed, waiting.doing));
      else failed = await this.#deleteOne(waiting);
    }
  }

  /** Settles one delete, and returns why it failed if it did. */
  async #deleteOne(waiting: Waiting): Promise<unknown> {
    const { id, budget, doing, reject } = waiting;
    try {
      const answer = await this.cloud.deleteClients([id], budget).catch(async (error: unknown) => {
        if (!isKind(error, "NotFound")) throw error;
        // Somebody else deleted it, or an attempt of ours whose answer was lost; or this is another account.
        const state = await this.absence.afterDelete(waiting, budget, "denied");
        if (state === "denied") throw stillListed(doing, id);
        if (state === "there") throw error;
        return "deleted" as const;
      });
      await this.#done(waiting, answer);
      return undefined;
    } catch (error) {
      reject(retold(error, doing));
      return error;
    }
  }

  async #done(waiting: Waiting, answer: "deleted" | "unconfirmed"): Promise<void> {
    const { id, budget, doing, resolve } = waiting;
    if (
      answer === "unconfirmed" &&
      (await this.absence.afterDelete(waiting, budget, "unconfirmed")) !== "gone"
    )
      throw new ThinkGeoError("Ambiguous", {
        doing,
        happened: "ThinkGeo accepted the delete with an empty response, and the client is still there",
        next: "Run the command again.",
        heading: "delete-unconfirmed",
      });
    await this.account.forget(id);
    resolve();
  }
}

const stillListed = (doing: string, id: string): ThinkGeoError =>
  new ThinkGeoError("Conflict", {
    doing,
    happened:
      "ThinkGeo returned 404 to the delete and to a GET, and its list still shows it ten seconds later, so its key may work on",
    next: `Run the command again in a minute. If it stays so, delete client ${id} in ThinkGeo's console, and take the resource out of state ("pulumi state delete").`,
    heading: "delete-unconfirmed",
  });

/** Those that may go; the others have ended. */
async function allowed(batch: readonly Waiting[]): Promise<Waiting[]> {
  const left: Waiting[] = [];
  for (const waiting of batch) {
    try {
      await waiting.allowed;
      left.push(waiting);
    } catch (error) {
      waiting.reject(error);
    }
  }
  return left;
}
