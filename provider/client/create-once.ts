import { randomUUID } from "node:crypto";
import type { CloudClient } from "../cloud/api";
import { isKind, ThinkGeoError } from "../cloud/failure";
import { Budget, type Time } from "../cloud/time";
import type { Configuration } from "../configuration";
import type { ClientArgs } from "../model/client";
import { newBody, type ClientBody } from "../model/client-body";
import { isRewritten } from "../model/names";
import { knownType, type RemoteClient } from "../model/wire";
import type { Account } from "./account";
import type { Roster } from "./roster";
import type { Known } from "./known";
import type { ClientWriter } from "./write";

/**
 * A new client may take seconds to be listed: after an open outcome it is looked for from the tenth to the sixteenth
 * second. A list that lags would show as new what another run made, or deleted, a moment before.
 */
const LOOK_AGAIN_MS = [10_000, 1_500, 2_000, 2_000];

/** Makes a client by one request, and finds out what became of it where no answer says so. */
export class CreateOnce {
  /** Creates whose client is not known yet: what is new in the account may be theirs. */
  readonly #open = new Set<ClientArgs>();
  /** Creates of this run that failed without knowing whether there is a client. */
  readonly #unsettled: ClientArgs[] = [];

  constructor(
    private readonly cloud: CloudClient,
    private readonly account: Account,
    private readonly writer: ClientWriter,
    private readonly known: Known,
    private readonly configuration: Pick<Configuration, "requestTimeoutMs">,
    private readonly time: Time,
  ) {}

  /**
   * Sends the one POST. It is never sent again while it may have been applied: then the account's list tells, or nothing
   * does.
   *
   * @param resource the resource of the program, for its claim
   */
  async post(args: ClientArgs, resource: string, doing: string, budget: Budget): Promise<RemoteClient> {
    const body = newBody(args, await this.account.rolesToSend(args.grantedRoles, doing, budget));
    const before = await this.account.roster(budget);
    this.#open.add(args);
    try {
      const made = await this.#send(body, before, doing, budget);
      return await this.#keep(
        made instanceof ThinkGeoError ? await this.#lookForOwn(made, before, args) : made,
        resource,
      );
    } finally {
      this.#open.delete(args);
    }
  }

  /** The new client, or why it is not known. */
  async #send(
    body: ClientBody,
    before: Roster,
    doing: string,
    budget: Budget,
  ): Promise<RemoteClient | ThinkGeoError> {
    try {
      const answer = await this.cloud.createClient(body, randomUUID(), budget);
      const isNew = !before.lists(answer.id) && !this.known.hasId(answer.id);
      if (isNew && isAnswerTo(body, answer)) return answer;
      const fault = isNew ? "is not what was asked for" : "was there before and is somebody else's";
      const happened = `ThinkGeo returned client ${titleOf(answer)}, which ${fault}`;
      return new ThinkGeoError("Ambiguous", { doing, happened, next: "", heading: "create-unconfirmed" });
    } catch (error) {
      if (isKind(error, "Ambiguous")) return error;
      throw error;
    }
  }

  async #keep(client: RemoteClient, resource: string): Promise<RemoteClient> {
    this.known.seeId(client.id);
    // Where lists lag or are blind, it may be the one that is replaced: then the delete that follows must not end its key.
    this.known.claims.take(client.id, resource);
    await this.account.remember(client);
    return client;
  }

  /**
   * The one client that is new since `before` and is in everything what was sent. Whatever else is new is a suspect,
   * unless it is what another create of this run has sent: it is named, and nothing is made or taken over.
   */
  async #lookForOwn(lost: ThinkGeoError, before: Roster, args: ClientArgs): Promise<RemoteClient> {
    // The time of the call may be used up by the request whose outcome is looked for.
    const budget = new Budget(this.configuration.requestTimeoutMs, this.time);
    let suspects: readonly RemoteClient[] = [];
    let unseen: Error | undefined;
    /** New clients of which nothing but the id can be told. */
    let unreadable: readonly string[] = [];
    let found: RemoteClient | undefined;
    for (const wait of LOOK_AGAIN_MS) {
      await this.time.sleep(wait);
      const own: RemoteClient[] = [];
      try {
        const now = await this.account.freshRoster(budget);
        now.requireComplete(lost.details.doing);
        const isNew = ({ id }: { readonly id: string | undefined }): boolean =>
          id !== undefined && !before.lists(id) && !this.known.hasId(id);
        unreadable = now.unreadable.filter(isNew).map(({ id = "" }) => id);
        await this.account.readAgain(now.unreadable.filter(isNew), now, lost.details.doing, budget);
        const fresh = now.all.filter(isNew);
        for (const listed of fresh) {
          const client = await this.writer.asSent(listed, args, budget);
          if (client !== undefined) own.push(client);
        }
        if (own.length === 0) suspects = await this.#unexplained(fresh, args, budget);
        unseen = undefined;
      } catch (error) {
        // Whatever a look says, a conflict too: it is about the look, and the client may have been made.
        if (!(error instanceof ThinkGeoError)) throw error;
        own.length = 0;
        unseen = error;
      }
      if (own.length > 1) throw severalMade(lost, own);
      // Found, and read again all the same: a list that lags may show somebody else's equal client first, and ours later.
      found = own[0] ?? found;
    }
    if (found !== undefined) {
      for (const other of this.#unsettled)
        if ((await this.writer.asSent(found, other, budget)) !== undefined) throw contested(lost, found);
      return found;
    }
    this.#unsettled.push(args);
    throw suspects.length > 0 ? suspected(lost, suspects) : nothingSeen(lost, unseen, unreadable);
  }

  /** Those that no other create of this run has asked for. */
  async #unexplained(
    fresh: readonly RemoteClient[],
    own: ClientArgs,
    budget: Budget,
  ): Promise<readonly RemoteClient[]> {
    const left: RemoteClient[] = [];
    const others = [...this.#open].filter((open) => open !== own);
    for (const client of fresh) {
      let isExplained = this.known.hasId(client.id);
      for (const other of others)
        isExplained ||= (await this.writer.asSent(client, other, budget)) !== undefined;
      if (!isExplained) left.push(client);
    }
    return left;
  }
}

/** Answers that got mixed up speak of somebody else's client: its name and type tell, where they are there. */
const isAnswerTo = (body: ClientBody, { name, clientType, raw }: RemoteClient): boolean =>
  (typeof raw["name"] !== "string" || isRewritten(String(body["name"]), name, 1)) &&
  (knownType(clientType) ?? body["clientType"]) === body["clientType"];

/** What happened to the request, as the first half of a sentence. */
const lostBy = ({ details }: ThinkGeoError): string => details.happened.replace(/[.!?]$/, "");

/** A client as a message names it. */
export const titleOf = ({ id, name, clientType, isActive }: RemoteClient): string =>
  `${id} (${JSON.stringify(name)}, ${clientType ?? "unknown type"}${isActive ? "" : ", deactivated"})`;

const severalMade = (lost: ThinkGeoError, own: readonly RemoteClient[]): ThinkGeoError =>
  new ThinkGeoError("Conflict", {
    doing: lost.details.doing,
    happened: `${lostBy(lost)}; and the account has ${own.length} new clients that are what was asked for: ${own.map(titleOf).join(", ")}`,
    next: `Nothing was adopted. Choose the one to keep, add  adopt: "${own[0]?.id ?? ""}"  with its GUID to the resource, and delete the others in ThinkGeo's console.`,
    heading: "create-unconfirmed",
  });

/** What was made may not be seen for as long as reads lag. */
const MAY_EXIST =
  "A client may exist all the same. Run the command again in a minute: if it is there by then, it is recognised, and no second one is made.";

const suspected = (lost: ThinkGeoError, suspects: readonly RemoteClient[]): ThinkGeoError =>
  new ThinkGeoError("Conflict", {
    doing: lost.details.doing,
    happened: `${lostBy(lost)}; and ${suspects.length === 1 ? "a client is new in the account that is" : `${suspects.length} clients are new in the account that are`} not in everything what was asked for: ${suspects.map(titleOf).join(", ")}`,
    next: `Nothing was adopted. If one of them is this resource's, add  adopt: "${suspects[0]?.id ?? ""}"  with its GUID to the resource. If not: ${MAY_EXIST}`,
    heading: "create-unconfirmed",
  });

const contested = (lost: ThinkGeoError, found: RemoteClient): ThinkGeoError =>
  new ThinkGeoError("Conflict", {
    doing: lost.details.doing,
    happened: `${lostBy(lost)}; and the account has a new client that is what was asked for, ${titleOf(found)}, but another resource of this run asked for the same, and what became of that is not known either`,
    next: `Nothing was adopted. ${MAY_EXIST}`,
    heading: "create-unconfirmed",
  });

const nothingSeen = (
  lost: ThinkGeoError,
  unseen: Error | undefined,
  unreadable: readonly string[],
): ThinkGeoError => {
  const looked =
    unseen === undefined
      ? "the account's list shows no new client"
      : `the account could not be looked at afterwards (${unseen instanceof ThinkGeoError ? unseen.details.happened : unseen.message})`;
  return new ThinkGeoError("Ambiguous", {
    doing: lost.details.doing,
    happened: `${lostBy(lost)}; and ${looked}`,
    next:
      unseen === undefined || unreadable.length === 0
        ? MAY_EXIST
        : `What was made is probably ${unreadable.join(" or ")}, which cannot be read: look at it in ThinkGeo's console, and delete it there if it is this resource's. Until then, no second one is made.`,
    heading: "create-unconfirmed",
  });
};
