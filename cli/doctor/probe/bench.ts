import { randomUUID } from "node:crypto";
import type { CloudClient } from "../../../provider/cloud/client";
import { isKind, ThinkGeoError } from "../../../provider/cloud/errors";
import type { WireAnswer } from "../../../provider/cloud/transport";
import type { ClientList, RemoteClient } from "../../../provider/model/wire";
import type { Visit } from "../visit";

export type Raw = Readonly<Record<string, unknown>>;

/** One request that the server decided on: what it answered, read and as it came. */
export type Decided<T> =
  | { readonly refused: false; readonly value: T | undefined; readonly answer: WireAnswer }
  | { readonly refused: true; readonly answer: WireAnswer };

/** The probe cannot go on, and cleans up. */
export class ProbeStopped extends Error {
  override readonly name = "ProbeStopped";
}

const VISIBLE_AFTER_MS = [100, 200, 400, 800, 1600];

/** Sends the probe's requests, and knows every client that they made or may have made. */
export class Bench {
  /** GUIDs of clients that a create answered. */
  readonly made = new Set<string>();
  /** Every name that a client of ours has or may have. */
  readonly names = new Set<string>();
  /** Creates that may have been done without our having seen the answer. */
  readonly unresolved = new Set<string>();

  constructor(
    private readonly visit: Visit,
    private readonly cloud: CloudClient,
    private readonly told: (id: string) => void,
  ) {}

  async create(body: Raw): Promise<Decided<RemoteClient>> {
    const name = String(body["name"]);
    this.names.add(name);
    const decided = await this.#decide(() => this.#create(body, name));
    if (!decided.refused && decided.value === undefined) return decided;
    this.unresolved.delete(name);
    if (!decided.refused && decided.value !== undefined) {
      this.made.add(decided.value.id);
      this.told(decided.value.id);
    }
    return decided;
  }

  async #create(body: Raw, name: string): Promise<RemoteClient> {
    this.unresolved.add(name);
    try {
      return await this.cloud.createClient(body, randomUUID(), this.visit.budget());
    } catch (error) {
      // What was refused, or never sent, made nothing.
      if (error instanceof ThinkGeoError && !isKind(error, "Ambiguous", "Malformed", "Untrusted"))
        this.unresolved.delete(name);
      throw error;
    }
  }

  update(id: string, body: Raw, etag?: string): Promise<Decided<RemoteClient>> {
    this.#requireOurs(id);
    if (typeof body["name"] === "string") this.names.add(body["name"]);
    return this.#decide(() => this.cloud.updateClient(id, body, etag, this.visit.budget()));
  }

  read(id: string): Promise<Decided<RemoteClient>> {
    this.#requireOurs(id);
    return this.#decide(() => this.cloud.getClient(id, this.visit.budget()));
  }

  /** Reads a client that was made a moment ago, as often as it takes until it can be seen. */
  async readNew(id: string): Promise<{ readonly client: RemoteClient; readonly atOnce: boolean }> {
    for (const [turn, wait] of [...VISIBLE_AFTER_MS, 0].entries()) {
      const decided = await this.read(id);
      if (!decided.refused && decided.value !== undefined)
        return { client: decided.value, atOnce: turn === 0 };
      await this.visit.time.sleep(wait);
    }
    throw new ProbeStopped("The new client cannot be read.");
  }

  async list(): Promise<ClientList> {
    this.#goOn();
    return this.cloud.listClients(this.visit.budget());
  }

  /** The roles that clients may have; none where the server does not tell. */
  async roles(): Promise<readonly { readonly id: string; readonly name: string }[]> {
    const decided = await this.#decide(() => this.cloud.listRoles(this.visit.budget()));
    return decided.refused ? [] : (decided.value ?? []);
  }

  /** Deletes clients of ours; ids that nobody has may be among them. */
  delete(ids: readonly string[], unknown: readonly string[] = []): Promise<Decided<void>> {
    ids.forEach((id) => {
      this.#requireOurs(id);
    });
    return this.#decide(() => this.cloud.deleteClients([...ids, ...unknown], this.visit.budget()));
  }

  /** A refusal is a decision; not having been allowed, heard or answered is none, and ends the experiment. */
  async #decide<T>(ask: () => Promise<T>): Promise<Decided<T>> {
    this.#goOn();
    const before = this.visit.witness.seen.length;
    try {
      const value = await ask();
      const answer = this.visit.witness.lastAnswer;
      if (answer === undefined) throw new ProbeStopped("The server's answer was not seen.");
      return { refused: false, value, answer };
    } catch (error) {
      const answer = this.visit.witness.seen.length > before ? this.visit.witness.lastAnswer : undefined;
      if (!(error instanceof ThinkGeoError) || answer === undefined) throw error;
      if (isKind(error, "Rejected", "NotFound", "Conflict", "Outdated")) return { refused: true, answer };
      if (answer.status === 404 || answer.status === 410) return { refused: true, answer };
      // Done, by its status, with an answer that cannot be read.
      if (answer.status >= 200 && answer.status < 300) return { refused: false, value: undefined, answer };
      throw error;
    }
  }

  #goOn(): void {
    if (this.visit.stopped) throw new ProbeStopped("It was interrupted.");
  }

  #requireOurs(id: string): void {
    if (!this.made.has(id)) throw new Error("The probe touches no client that it did not make.");
  }
}
