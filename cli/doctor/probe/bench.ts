import { randomUUID } from "node:crypto";
import type { CloudClient, KeyUse, WebPage } from "../../../provider/cloud/api";
import { isKind, quote, ThinkGeoError } from "../../../provider/cloud/failure";
import type { WireAnswer, WireRequest } from "../../../provider/cloud/transport";
import { failureReason, isEnvelope } from "../../../provider/model/envelope";
import { isRewritten } from "../../../provider/model/names";
import type { ClientList, RemoteClient } from "../../../provider/model/wire";
import type { Visit } from "../visit";
import { jsonOf, type Raw } from "./reading";

/** A refusal, and the server's words for it. */
export interface Refused {
  readonly refused: true;
  readonly answer: WireAnswer;
  /** `HTTP 400: name: is required`. */
  readonly words: string;
}

/** One request that the server decided on: what it answered, read and as it came. */
export type Decided<T> =
  { readonly refused: false; readonly value: T | undefined; readonly answer: WireAnswer } | Refused;

/** What became of the use of a key. Anything but an answer or a refusal says nothing of the key. */
export type Used =
  | { readonly kind: "accepted" }
  | { readonly kind: "refused"; readonly status: number; readonly words: string }
  | { readonly kind: "unclear"; readonly why: string; readonly words: string };

export type Listed = ClientList & { readonly body: Raw };

/** The probe cannot go on, and cleans up. */
export class ProbeStopped extends Error {
  override readonly name = "ProbeStopped";
}

/** How long a service may take to show what it did. */
const PATIENCE_MS = [250, 500, 1000, 2000, 4000];

/** Sends the probe's requests, and knows every client that they made or may have made. */
export class Bench {
  /** Clients that a create answered, and what they were called when they were made. */
  readonly made = new Map<string, string>();
  /** Those that a delete removed, or only switched off, as a reading after it shows. */
  readonly fates = new Map<string, "gone" | "deactivated">();
  /** Every name that a client of ours has or may have. */
  readonly names = new Set<string>();
  /** Creates that may have been done without our having seen the answer. */
  readonly unresolved = new Set<string>();
  /** Whether a delete of it was accepted. */
  readonly #deleted = new Map<string, boolean>();

  /** Whether answers of updates are what is stored: found out with the first. */
  answersAreTrue = false;
  /** How much later than a write a reading shows it: found out with the first update. */
  lagMs = 0;
  /** How long it has been waited in all. */
  waitedMs = 0;

  constructor(
    private readonly visit: Visit,
    private readonly cloud: CloudClient,
    /** The clients that the account had before; nothing is done to them. */
    readonly before: ReadonlySet<string>,
  ) {}

  async create(body: Raw, key: string = randomUUID()): Promise<Decided<RemoteClient>> {
    const name = String(body["name"]);
    this.names.add(name);
    const decided = await this.#decide("POST", () => this.#create(body, name, key));
    const client = decided.refused ? undefined : decided.value;
    if (client === undefined) return decided;
    if (this.before.has(client.id.toLowerCase()) || !isRewritten(name, client.name))
      throw new ProbeStopped("The answer of a create is another client than the one that was to be made.");
    this.unresolved.delete(name);
    if (this.made.has(client.id)) return decided;
    this.made.set(client.id, name);
    this.visit.say(`Made the throw-away client ${client.id}.`);
    return decided;
  }

  async #create(body: Raw, name: string, key: string): Promise<RemoteClient> {
    this.unresolved.add(name);
    try {
      return await this.cloud.createClient(body, key, this.visit.budget());
    } catch (error) {
      // What was refused, or never sent, made nothing.
      if (error instanceof ThinkGeoError && !isKind(error, "Ambiguous", "Malformed", "Untrusted"))
        this.unresolved.delete(name);
      throw error;
    }
  }

  async update(id: string, body: Raw, etag?: string): Promise<Decided<RemoteClient>> {
    this.#requireOurs(id);
    if (typeof body["name"] === "string") this.names.add(body["name"]);
    const update = () => this.cloud.updateClient(id, body, etag, this.visit.budget());
    return requireOf(id, await this.#decide("POST", update));
  }

  /** Reads a client as it is now: later than it was written, by as much as readings are late. */
  async read(id: string): Promise<Decided<RemoteClient>> {
    this.#requireOurs(id);
    if (this.lagMs > 0) await this.#wait(this.lagMs);
    const get = () => this.cloud.getClient(id, this.visit.budget());
    const decided = requireOf(id, await this.#decide("GET", get));
    const deleted = this.#deleted.get(id);
    if (deleted !== undefined && decided.refused && isEnvelope(jsonOf(decided.answer)))
      this.fates.set(id, "gone");
    if (deleted === true && !decided.refused && decided.value?.isActive === false)
      this.fates.set(id, "deactivated");
    return decided;
  }

  /** Asks again and again until it is as wanted, or patience ends. */
  async until<T>(
    ask: () => Promise<T>,
    wanted: (answer: T) => boolean,
    waits: readonly number[] = PATIENCE_MS,
  ): Promise<T> {
    let answer = await ask();
    for (const wait of waits) {
      if (wanted(answer)) return answer;
      await this.#wait(wait);
      answer = await ask();
    }
    return answer;
  }

  async #wait(ms: number): Promise<void> {
    this.waitedMs += ms;
    await this.visit.time.sleep(ms);
  }

  /** The list, read and as it came. */
  async list(): Promise<Listed> {
    this.#goOn();
    const list = await this.cloud.listClients(this.visit.budget());
    const answer = this.visit.witness.lastAnswer;
    return { ...list, body: answer === undefined ? {} : jsonOf(answer) };
  }

  /** The roles that clients may have; none where the server does not tell. */
  async roles(): Promise<readonly { readonly id: string; readonly name: string }[]> {
    const decided = await this.#decide("GET", () => this.cloud.listRoles(this.visit.budget()));
    return decided.refused ? [] : (decided.value ?? []);
  }

  /** Deletes clients of ours; ids that nobody has may be among them. */
  async delete(ids: readonly string[], unknown: readonly string[] = []): Promise<Decided<unknown>> {
    for (const id of ids) this.#requireOurs(id);
    const all = [...ids, ...unknown];
    const decided = await this.#decide("DELETE", () => this.cloud.deleteClients(all, this.visit.budget()));
    for (const id of ids) this.#deleted.set(id, !decided.refused);
    return decided;
  }

  /** Uses a key as a web page would. */
  async useKey(key: string, what: KeyUse, page: WebPage): Promise<Used> {
    this.#goOn();
    const { witness } = this.visit;
    const before = witness.seen.length;
    try {
      await this.cloud.useKey(key, what, page, this.visit.budget());
      return { kind: "accepted" };
    } catch (error) {
      if (!(error instanceof ThinkGeoError)) throw error;
      const answer = witness.seen.length > before ? witness.lastAnswer : undefined;
      if (answer === undefined)
        return { kind: "unclear", why: "the service did not answer", words: error.account.happened };
      const words = wordsOf(answer);
      return [400, 401, 403].includes(answer.status)
        ? { kind: "refused", status: answer.status, words }
        : { kind: "unclear", why: `the service answered HTTP ${answer.status}`, words };
    }
  }

  tell(text: string): void {
    this.visit.say(text);
  }

  /** A refusal is a decision; not having been allowed, heard or answered is none, and ends the experiment. */
  async #decide<T>(method: WireRequest["method"], ask: () => Promise<T>): Promise<Decided<T>> {
    this.#goOn();
    const { witness } = this.visit;
    const before = witness.seen.length;
    // Not that of a token, or of a reading that stands for an answer which has no body.
    const answered = (): WireAnswer | undefined => witness.answerTo(method, before);
    try {
      const value = await ask();
      const answer = answered();
      if (answer === undefined) throw new ProbeStopped("The server's answer was not seen.");
      return { refused: false, value, answer };
    } catch (error) {
      const answer = answered();
      if (!(error instanceof ThinkGeoError) || answer === undefined) throw error;
      const { status } = answer;
      const isDecision = isKind(error, "Rejected", "NotFound", "Conflict", "Outdated");
      if (isDecision || status === 404 || status === 410)
        return { refused: true, answer, words: wordsOf(answer) };
      // Done, by its status, with an answer that cannot be read.
      if (status >= 200 && status < 300) return { refused: false, value: undefined, answer };
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

function requireOf(id: string, decided: Decided<RemoteClient>): Decided<RemoteClient> {
  const answered = decided.refused ? undefined : decided.value?.id;
  if (answered !== undefined && answered.toLowerCase() !== id.toLowerCase())
    throw new ProbeStopped("The server answered another client than the one that was asked for.");
  return decided;
}

function wordsOf(answer: WireAnswer): string {
  const said = failureReason(jsonOf(answer));
  return `HTTP ${answer.status}${said === undefined ? "" : `: ${quote(said).replace(/\.$/, "")}`}`;
}
