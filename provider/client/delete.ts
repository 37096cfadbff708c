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

/** The shortest wait for further deletes, enough where the engine is quick. */
const SHORTEST_QUIET_MS = 20;
/** The engine writes its state between two deletes; with hundreds of clients that takes longer. */
const GAPS_TO_WAIT = 4;
/** Longer than that is no gap: the engine was busy with something else. */
const LONGEST_GAP_MS = 500;

/** Failures of the way to the server, not of one client: what fails so for one fails so for all. */
const FOR_ALL = [
  "Unavailable",
  "Ambiguous",
  "RateLimited",
  "Unauthorized",
  "Untrusted",
  "Malformed",
] as const;

/**
 * Sends the deletes that are in flight together as one request. While a batch is under way the others wait for those that
 * come after it, or two halves would take turns for ever.
 */
export class Deletions {
  #waiting: Waiting[] = [];
  /** Batches under way. */
  #sending = 0;
  /** Counts arrivals and answers: quiet is where nothing of either happens. */
  #events = 0;
  #lastArrival: number | undefined;
  #usualGapMs: number | undefined;

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
      this.#events++;
      this.#observeGap();
      if (this.#waiting.length === LARGEST_BATCH) void this.#flush();
      else void this.#flushWhenQuiet();
    });
  }

  async #flushWhenQuiet(): Promise<void> {
    if (this.#sending > 0 || this.#waiting.length === 0) return;
    const event = this.#events;
    await this.time.sleep(Math.max(SHORTEST_QUIET_MS, GAPS_TO_WAIT * (this.#usualGapMs ?? 0)));
    if (this.#events === event) await this.#flush();
  }

  #observeGap(): void {
    const now = this.time.monotonic();
    if (this.#lastArrival !== undefined) {
      const gap = Math.min(now - this.#lastArrival, LONGEST_GAP_MS);
      this.#usualGapMs = ((this.#usualGapMs ?? gap) + gap) / 2;
    }
    this.#lastArrival = now;
  }

  async #flush(): Promise<void> {
    const batch = this.#waiting;
    this.#waiting = [];
    this.#sending++;
    await this.#send(await allowed(batch));
    this.#sending--;
    this.#events++;
    // What comes next has waited for the answers, which says nothing of the usual gap.
    this.#lastArrival = undefined;
    await this.#flushWhenQuiet();
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
