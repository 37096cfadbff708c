import { randomUUID } from "node:crypto";
import type { Connection } from "../../../provider/client/connection";
import type { KeyUse, WebPage } from "../../../provider/cloud/api";
import { isKind, quote, ThinkGeoError } from "../../../provider/cloud/failure";
import type { WireAnswer, WireRequest } from "../../../provider/cloud/transport";
import { failureReason, isEnvelope } from "../../../provider/model/envelope";
import { sameId, type IdSet } from "../../../provider/model/ids";
import { isRewritten } from "../../../provider/model/names";
import type { ClientList, RemoteClient } from "../../../provider/model/wire";
import type { Context } from "../context";
import { jsonOf, type Raw } from "./reading";

/** A client of the probe that could not be removed. */
export interface Leftover {
  readonly name: string;
  /** Undefined if the response to its create was lost, and no such client was seen. */
  readonly id: string | undefined;
  /** `deactivated`: a delete does no more here. */
  readonly state: "active" | "inactive" | "deactivated" | "not known";
}

/** A request that the server refused. */
export interface Refused {
  readonly refused: true;
  readonly answer: WireAnswer;
  /** `HTTP 400: name: is required`. */
  readonly words: string;
}

/** A request that the server accepted or refused: its response, parsed and as it came. */
export type Decided<T> =
  { readonly refused: false; readonly value: T | undefined; readonly answer: WireAnswer } | Refused;

/** The result of using a key. Any other response than success or a refusal says nothing about the key. */
export type KeyResult =
  | { readonly kind: "accepted" }
  | { readonly kind: "refused"; readonly status: number; readonly words: string }
  | { readonly kind: "unclear"; readonly why: string; readonly words: string };

export type Listed = ClientList & { readonly body: Raw };

/** The probe cannot continue, and cleans up. */
export class ProbeStopped extends Error {
  override readonly name = "ProbeStopped";
}

/** The waits until the service shows a change. */
const WAITS_MS = [250, 500, 1000, 2000, 4000];

/** Sends the probe's requests, and keeps account of every client that they created or may have created. */
export class ProbeRequests {
  /** The clients that the probe created, with the name of each at its creation. */
  readonly created = new Map<string, string>();
  /** Those that a delete removed or only deactivated, as reading them showed. */
  readonly removed = new Map<string, "gone" | "deactivated">();
  /** Every name that was sent for a client of the probe. */
  readonly namesSent = new Set<string>();
  /** The names in creates whose response was lost: such a client may exist. */
  readonly unresolved = new Set<string>();
  /** The ids in deletes, and whether the delete was accepted. */
  readonly #deleted = new Map<string, boolean>();

  /** Whether the response to an update shows what is stored. The first update finds out. */
  showsStored = false;
  /** How long after an update a read shows it. The first update finds out. */
  lagMs = 0;
  /** The sum of all waits. */
  waitedMs = 0;

  constructor(
    private readonly context: Context,
    private readonly api: Connection,
    /** The clients that the account had before. The probe does not touch them. */
    readonly existing: IdSet,
  ) {}

  /** What clean-up would have to remove if it is not allowed to run. */
  perhapsLeft(): Leftover[] {
    const created = [...this.created].map(([id, name]): Leftover => ({ id, name, state: "not known" }));
    const lost = [...this.unresolved].map((name): Leftover => ({ id: undefined, name, state: "not known" }));
    return [...created, ...lost];
  }

  async create(body: Raw, key: string = randomUUID()): Promise<Decided<RemoteClient>> {
    const name = String(body["name"]);
    this.namesSent.add(name);
    const decided = await this.#send("POST", () => this.#create(body, name, key));
    const client = decided.refused ? undefined : decided.value;
    if (client === undefined) return decided;
    if (this.existing.has(client.id) || !isRewritten(name, client.name))
      throw new ProbeStopped(
        "The response to a create names another client than the one that was to be made.",
      );
    this.unresolved.delete(name);
    if (this.created.has(client.id)) return decided;
    this.created.set(client.id, name);
    this.context.log(`Made the throw-away client ${client.id}.`);
    return decided;
  }

  async #create(body: Raw, name: string, key: string): Promise<RemoteClient> {
    this.unresolved.add(name);
    try {
      return await this.api.cloud.createClient(body, key, this.api.budget());
    } catch (error) {
      // A request that was refused, or never sent, created nothing.
      if (error instanceof ThinkGeoError && !isKind(error, "Ambiguous", "Malformed", "Untrusted"))
        this.unresolved.delete(name);
      throw error;
    }
  }

  async update(id: string, body: Raw, etag?: string): Promise<Decided<RemoteClient>> {
    this.#requireOwn(id);
    if (typeof body["name"] === "string") this.namesSent.add(body["name"]);
    const update = () => this.api.cloud.updateClient(id, body, etag, this.api.budget());
    return requireSame(id, await this.#send("POST", update));
  }

  /** Reads a client, after the time that reads lag behind updates. */
  async read(id: string): Promise<Decided<RemoteClient>> {
    this.#requireOwn(id);
    if (this.lagMs > 0) await this.#wait(this.lagMs);
    const get = () => this.api.cloud.getClient(id, this.api.budget());
    const decided = requireSame(id, await this.#send("GET", get));
    const deleted = this.#deleted.get(id);
    if (deleted !== undefined && decided.refused && isEnvelope(jsonOf(decided.answer)))
      this.removed.set(id, "gone");
    if (deleted === true && !decided.refused && decided.value?.isActive === false)
      this.removed.set(id, "deactivated");
    return decided;
  }

  /** Repeats a request until its result is as wanted, or all waits are over. */
  async until<T>(
    ask: () => Promise<T>,
    wanted: (answer: T) => boolean,
    waits: readonly number[] = WAITS_MS,
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
    await this.context.time.sleep(ms);
  }

  /** The list of clients, parsed and as it came. */
  async list(): Promise<Listed> {
    this.#requireRunning();
    const list = await this.api.cloud.listClients(this.api.budget());
    const answer = this.context.recorder.lastAnswer;
    return { ...list, body: answer === undefined ? {} : jsonOf(answer) };
  }

  /** The roles that clients may have; empty if the server does not list them. */
  async roles(): Promise<readonly { readonly id: string; readonly name: string }[]> {
    const decided = await this.#send("GET", () => this.api.cloud.listRoles(this.api.budget()));
    return decided.refused ? [] : (decided.value ?? []);
  }

  /** Deletes clients of the probe in one request, perhaps with ids that no client has before and after theirs. */
  async delete(
    ids: readonly string[],
    unknown: { readonly before?: readonly string[]; readonly after?: readonly string[] } = {},
  ): Promise<Decided<unknown>> {
    for (const id of ids) this.#requireOwn(id);
    const all = [...(unknown.before ?? []), ...ids, ...(unknown.after ?? [])];
    const decided = await this.#send("DELETE", () => this.api.cloud.deleteClients(all, this.api.budget()));
    for (const id of ids) this.#deleted.set(id, !decided.refused);
    return decided;
  }

  /** Uses a key as a web page does. */
  async useKey(key: string, what: KeyUse, page: WebPage): Promise<KeyResult> {
    this.#requireRunning();
    const { recorder } = this.context;
    const before = recorder.requests.length;
    try {
      await this.api.cloud.useKey(key, what, page, this.api.budget());
      return { kind: "accepted" };
    } catch (error) {
      if (!(error instanceof ThinkGeoError)) throw error;
      const answer = recorder.requests.length > before ? recorder.lastAnswer : undefined;
      if (answer === undefined)
        return { kind: "unclear", why: "the service did not respond", words: error.details.happened };
      const words = wordsOf(answer);
      return [400, 401, 403].includes(answer.status)
        ? { kind: "refused", status: answer.status, words }
        : { kind: "unclear", why: `the service returned HTTP ${answer.status}`, words };
    }
  }

  log(text: string): void {
    this.context.log(text);
  }

  /** Success and refusals are results. Any other error, such as missing rights or no response, ends the probe. */
  async #send<T>(method: WireRequest["method"], ask: () => Promise<T>): Promise<Decided<T>> {
    this.#requireRunning();
    const { recorder } = this.context;
    const before = recorder.requests.length;
    // Not the response with the token, nor the read that the provider sends when a response has no body.
    const answered = (): WireAnswer | undefined => recorder.answerTo(method, before);
    try {
      const value = await ask();
      const answer = answered();
      if (answer === undefined) throw new ProbeStopped("The server's response was not seen.");
      return { refused: false, value, answer };
    } catch (error) {
      const answer = answered();
      if (!(error instanceof ThinkGeoError) || answer === undefined) throw error;
      const { status } = answer;
      const isRefusal = isKind(error, "Rejected", "NotFound", "Conflict", "Outdated");
      if (isRefusal || status === 404 || status === 410)
        return { refused: true, answer, words: wordsOf(answer) };
      // The status says that it is done, and the body cannot be read.
      if (status >= 200 && status < 300) return { refused: false, value: undefined, answer };
      throw error;
    }
  }

  #requireRunning(): void {
    if (this.context.isStopped) throw new ProbeStopped("It was interrupted.");
  }

  #requireOwn(id: string): void {
    if (!this.created.has(id)) throw new Error("The probe touches no client that it did not make.");
  }
}

/** By the response itself: what the provider makes of one about another client is an error, or the right client, read anew. */
function requireSame(id: string, decided: Decided<RemoteClient>): Decided<RemoteClient> {
  const { data } = decided.refused ? {} : jsonOf(decided.answer);
  if (typeof data === "object" && data !== null && "id" in data && !sameId(String(data.id), id))
    throw new ProbeStopped("The server returned another client than the one that was asked for.");
  return decided;
}

function wordsOf(answer: WireAnswer): string {
  const said = failureReason(jsonOf(answer));
  return `HTTP ${answer.status}${said === undefined ? "" : `: ${quote(said).replace(/\.$/, "")}`}`;
}
