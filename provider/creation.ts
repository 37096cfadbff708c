import { randomUUID } from "node:crypto";
import { itemInWords, type Account, type Roster } from "./account";
import type { ClientResource, CloudClient } from "./cloud/client";
import { isKind, ThinkGeoError } from "./cloud/errors";
import { Budget, type Time } from "./cloud/time";
import type { Configuration } from "./configuration";
import { parseArgs, type ClientArgs } from "./model/args";
import { isRespelled, isRewritten } from "./model/rewritten";
import type { RemoteClient } from "./model/wire";
import type { Known } from "./names";
import type { Settlement } from "./settlement";

type Properties = Readonly<Record<string, unknown>>;

/** A client that create has found or made, and whether it was there before. */
interface Obtained {
  readonly client: RemoteClient;
  readonly takenOver: boolean;
}

/** A new client may take seconds to be listed: after an open outcome it is looked for in all 15 seconds. */
const LOOK_AGAIN_MS = [0, 500, 1_000, 2_000, 4_000, 8_000];

/** How a program's client comes to be: made exactly once, or taken over when that was asked for. */
export class Creation {
  /** Creates of one name go one after the other, so that what one list shows as new can only be one's own. */
  readonly #turns = new Map<string, Promise<unknown>>();
  /** Clients that an adopt line is about to take: nobody else may. */
  readonly #beingAdopted = new Set<string>();
  /** Creates whose client is not known yet: what is new in the account may be theirs. */
  readonly #open = new Set<Properties>();

  constructor(
    private readonly cloud: CloudClient,
    private readonly account: Account,
    private readonly settlement: Settlement,
    private readonly known: Known,
    private readonly configuration: Configuration,
    private readonly time: Time,
  ) {}

  async obtain(inputs: Properties, formerNames: readonly string[], budget: Budget): Promise<Obtained> {
    const args = parseArgs(inputs);
    if (args.adopt !== undefined)
      return { client: await this.#adopt(args.adopt, args, inputs, budget), takenOver: true };
    const before = this.#turns.get(args.name) ?? Promise.resolve();
    const turn = before
      .catch(() => undefined)
      .then(() => this.#findOrMake(args, inputs, formerNames, budget));
    this.#turns.set(args.name, turn);
    return turn;
  }

  async #adopt(id: string, args: ClientArgs, inputs: Properties, budget: Budget): Promise<RemoteClient> {
    const doing = `adopt client ${id} as ${JSON.stringify(args.name)}`;
    const key = id.toLowerCase();
    if (this.known.hasId(id) || this.#beingAdopted.has(key)) throw managedAlready(doing);
    this.#beingAdopted.add(key);
    try {
      const current = await this.cloud.getClient(id, budget).catch((error: unknown) => {
        if (!isKind(error, "NotFound")) throw error;
        const next = "Correct the GUID, or take the adopt line out to make a new client.";
        throw new ThinkGeoError("NotFound", {
          doing,
          happened: "the account has no client with that GUID",
          next,
        });
      });
      // Meanwhile the engine may have come to the resource that has it.
      if (this.known.hasId(id)) throw managedAlready(doing);
      return await this.#takeOver(current, args, inputs, doing, budget);
    } finally {
      this.#beingAdopted.delete(key);
    }
  }

  async #takeOver(
    current: RemoteClient,
    args: ClientArgs,
    inputs: Properties,
    doing: string,
    budget: Budget,
  ): Promise<RemoteClient> {
    if (current.clientType !== undefined && current.clientType !== args.type) {
      const happened = `it is of type ${current.clientType}, and the program declares ${args.type}`;
      throw new ThinkGeoError("Conflict", {
        doing,
        happened,
        next: `Declare type "${current.clientType}", or adopt another client.`,
      });
    }
    this.known.seeId(current.id);
    const missing = await this.settlement.missing(current, inputs, budget);
    return missing.length === 0 ? current : this.settlement.write(current, inputs, missing, budget);
  }

  async #findOrMake(
    args: ClientArgs,
    inputs: Properties,
    formerNames: readonly string[],
    budget: Budget,
  ): Promise<Obtained> {
    const doing = `create client ${JSON.stringify(args.name)}`;
    const roster = await this.account.roster(budget);
    roster.requireComplete(doing);
    await this.#requireSameAccount(doing, budget);
    const names = [args.name, ...formerNames];
    requireReadable(roster, names, doing);
    const rivals = this.#rivals(roster, args, names);
    if (rivals.length === 0) await this.#requireNoLookAlike(roster, args, inputs, doing, budget);
    const lost = rivals.length === 1 ? rivals[0] : undefined;
    const mayTakeOver =
      this.configuration.onLostClient === "adopt" &&
      args.autoName !== undefined &&
      lost?.clientType === args.type &&
      !this.#beingAdopted.has(lost.id.toLowerCase());
    if (lost !== undefined && mayTakeOver) {
      // A list may leave out what a write must send back.
      const current = await this.cloud.getClient(lost.id, budget);
      return { client: await this.#takeOver(current, args, inputs, doing, budget), takenOver: true };
    }
    if (rivals.length > 0) throw nameTaken(doing, rivals, args);
    return { client: await this.#post(args, inputs, doing, budget), takenOver: false };
  }

  /** Stops where the clients that state has shown so far belong to another account than the credentials. */
  async #requireSameAccount(doing: string, budget: Budget): Promise<void> {
    if (this.known.owners.length === 0) return;
    const owner = await this.account.ownerId(budget);
    const strangers = this.known.owners.filter((known) => known !== owner?.toLowerCase());
    if (owner === undefined || strangers.length === 0) return;
    const happened = `this stack's clients belong to account ${strangers.join(", ")}, and thinkgeo:clientId belongs to account ${owner}`;
    throw new ThinkGeoError("Conflict", {
      doing,
      happened,
      next: "Nothing was created. Check thinkgeo:clientId and thinkgeo:apiUrl.",
    });
  }

  /**
   * Clients of the wanted name that state does not know. An inactive one is retired: it was not left by a create that
   * asked for an active one, and waking it would put an old key back into force.
   */
  #rivals(roster: Roster, { active }: ClientArgs, names: readonly string[]): readonly RemoteClient[] {
    return roster.all.filter(
      (client) => names.includes(client.name) && !this.known.hasId(client.id) && (client.isActive || !active),
    );
  }

  /**
   * A server that stores names in another spelling leaves behind clients that no name recognises: one that is in all
   * else what is declared may be this resource's own.
   */
  async #requireNoLookAlike(
    roster: Roster,
    args: ClientArgs,
    inputs: Properties,
    doing: string,
    budget: Budget,
  ): Promise<void> {
    for (const client of roster.all) {
      if (client.name === args.name || this.known.hasId(client.id)) continue;
      if (!isNameOf(args, client.name) || !(await this.#isAsSent(client, args, inputs, budget))) continue;
      throw nameTaken(doing, [client], args);
    }
  }

  /** Whether a client is in everything what was sent; its name may be one that the server has made of ours. */
  async #isAsSent(
    { id }: RemoteClient,
    args: ClientArgs,
    inputs: Properties,
    budget: Budget,
  ): Promise<boolean> {
    // A list may leave something out.
    const client = await this.cloud.getClient(id, budget).catch((error: unknown) => {
      if (isKind(error, "NotFound")) return undefined;
      throw error;
    });
    if (client?.clientType !== args.type || !isRewritten(args.name, client.name)) return false;
    const missing = await this.settlement.missing(client, inputs, budget);
    return missing.every((key) => key === "name");
  }

  /**
   * Sends the one POST. It is never sent again while it may have been applied: then the account's list tells, or nothing
   * does.
   */
  async #post(args: ClientArgs, inputs: Properties, doing: string, budget: Budget): Promise<RemoteClient> {
    const resource = await this.settlement.newResource(args, doing, budget);
    const before = await this.account.roster(budget);
    this.#open.add(inputs);
    try {
      const made = await this.#send(resource, before, doing, budget);
      return await this.#keep(
        made instanceof ThinkGeoError ? await this.#lookForOwn(made, before, args, inputs) : made,
      );
    } finally {
      this.#open.delete(inputs);
    }
  }

  /** The new client, or why it is not known. */
  async #send(
    resource: ClientResource,
    before: Roster,
    doing: string,
    budget: Budget,
  ): Promise<RemoteClient | ThinkGeoError> {
    try {
      const answer = await this.cloud.createClient(resource, randomUUID(), budget);
      if (!before.has(answer.id) && !this.known.hasId(answer.id)) return answer;
      const happened = `ThinkGeo answered with client ${answer.id}, which was there before and is somebody else's`;
      return new ThinkGeoError("Ambiguous", { doing, happened, next: "" });
    } catch (error) {
      if (isKind(error, "Ambiguous")) return error;
      throw error;
    }
  }

  async #keep(client: RemoteClient): Promise<RemoteClient> {
    this.known.seeId(client.id);
    await this.account.note((roster) => {
      roster.remember(client);
    });
    return client;
  }

  /**
   * The one client that is new since `before` and is in everything what was sent. Whatever else is new is a suspect,
   * unless it is what another create of this run has sent: it is named, and nothing is made or taken over.
   */
  async #lookForOwn(
    lost: ThinkGeoError,
    before: Roster,
    args: ClientArgs,
    inputs: Properties,
  ): Promise<RemoteClient> {
    // The time of the call may be used up by the request whose outcome is looked for.
    const budget = new Budget(this.configuration.requestTimeoutMs, this.time);
    let suspects: readonly RemoteClient[] = [];
    let unseen: Error | undefined = new Error("there was no time left");
    for (const wait of LOOK_AGAIN_MS) {
      if (wait >= budget.left) break;
      if (wait > 0) await budget.spend(() => this.time.sleep(wait));
      try {
        const now = await this.account.freshRoster(budget);
        now.requireComplete(lost.account.doing);
        const fresh = now.all.filter(({ id }) => !before.has(id) && !this.known.hasId(id));
        const own: RemoteClient[] = [];
        for (const client of fresh) if (await this.#isAsSent(client, args, inputs, budget)) own.push(client);
        if (own.length > 1) throw severalMade(lost, own);
        if (own[0] !== undefined) return own[0];
        suspects = await this.#unexplained(fresh, inputs, budget);
        unseen = undefined;
      } catch (error) {
        if (!(error instanceof ThinkGeoError) || error.kind === "Conflict") throw error;
        unseen = error;
      }
    }
    throw suspects.length > 0 ? suspected(lost, suspects) : nothingSeen(lost, unseen);
  }

  /** Those that no other create of this run has asked for. */
  async #unexplained(
    fresh: readonly RemoteClient[],
    inputs: Properties,
    budget: Budget,
  ): Promise<readonly RemoteClient[]> {
    const left: RemoteClient[] = [];
    const others = [...this.#open].filter((open) => open !== inputs);
    for (const client of fresh) {
      let isExplained = this.known.hasId(client.id);
      for (const other of others)
        isExplained ||= await this.#isAsSent(client, parseArgs(other), other, budget);
      if (!isExplained) left.push(client);
    }
    return left;
  }
}

/** What the list shows of the wanted name and nobody can read may be this resource's own client. */
function requireReadable(roster: Roster, names: readonly string[], doing: string): void {
  const item = roster.unreadable.find(({ name }) => name !== undefined && names.includes(name));
  if (item === undefined) return;
  throw new ThinkGeoError("Malformed", {
    doing,
    happened: `the account has a client of that name already, and ${itemInWords(item)}`,
    next: "Nothing was created. Look at it in ThinkGeo's console; if it is somebody else's, choose another name.",
  });
}

/** Whether a listed name may be what a server has made of this one; a part of it only where the rest tells whose it is. */
function isNameOf({ name, autoName }: ClientArgs, listed: string): boolean {
  if (isRespelled(name, listed)) return true;
  const resource = name.replace(/-[^-]*$/, "-");
  return autoName !== undefined && listed.length > resource.length && name.startsWith(listed);
}

/** What happened to the request, as the first half of a sentence. */
const lostBy = ({ account }: ThinkGeoError): string => account.happened.replace(/[.!?]+$/, "");

const titleOf = ({ id, name, clientType, isActive }: RemoteClient): string =>
  `${id} (${JSON.stringify(name)}, ${clientType ?? "unknown type"}${isActive ? "" : ", inactive"})`;

const severalMade = (lost: ThinkGeoError, own: readonly RemoteClient[]): ThinkGeoError =>
  new ThinkGeoError("Conflict", {
    doing: lost.account.doing,
    happened: `${lostBy(lost)}; and the account has ${own.length} new clients that are what was asked for: ${own.map(titleOf).join(", ")}`,
    next: `Nothing was taken over. Choose the one to keep, add  adopt: "${own[0]?.id ?? ""}"  with its GUID to the resource, and delete the others in ThinkGeo's console.`,
  });

const suspected = (lost: ThinkGeoError, suspects: readonly RemoteClient[]): ThinkGeoError =>
  new ThinkGeoError("Conflict", {
    doing: lost.account.doing,
    happened: `${lostBy(lost)}; and ${suspects.length === 1 ? "a client is new in the account that is" : `${suspects.length} clients are new in the account that are`} not in everything what was asked for: ${suspects.map(titleOf).join(", ")}`,
    next: `Nothing was taken over. If one of them is this resource's, add  adopt: "${suspects[0]?.id ?? ""}"  with its GUID to the resource; if not, run the command again.`,
  });

const nothingSeen = (lost: ThinkGeoError, unseen: Error | undefined): ThinkGeoError => {
  const looked =
    unseen === undefined
      ? "the account's list shows no new client"
      : `the account could not be looked at afterwards (${unseen instanceof ThinkGeoError ? unseen.account.happened : unseen.message})`;
  return new ThinkGeoError("Ambiguous", {
    doing: lost.account.doing,
    happened: `${lostBy(lost)}; and ${looked}`,
    next: "A client may exist all the same. Run the command again in a minute: if it is there by then, it is recognised, and no second one is made.",
  });
};

const managedAlready = (doing: string): ThinkGeoError =>
  new ThinkGeoError("Conflict", {
    doing,
    happened: "it is managed by this stack already, by this resource or another",
    next: "If this change takes the other resource out of the program, run it without --refresh. Otherwise take the adopt line out, or give the GUID of another client.",
  });

function nameTaken(doing: string, rivals: readonly RemoteClient[], args: ClientArgs): ThinkGeoError {
  const isOther = rivals.some(({ name }) => name !== args.name);
  const list = rivals.map((client) =>
    isOther
      ? titleOf(client)
      : `${client.id} (${client.clientType ?? "unknown type"}${client.isActive ? "" : ", inactive"})`,
  );
  const first = rivals[0]?.id ?? "";
  const which = isOther
    ? "that may be this one, under a name that ThinkGeo has changed, and that this stack does not know"
    : "of that name that this stack does not know";
  const happened = `the account has ${rivals.length === 1 ? "a client" : `${rivals.length} clients`} ${which}: ${list.join(", ")}`;
  const adopt = `If an interrupted run left it behind, add  adopt: "${first}"  to the resource.`;
  const replace =
    'If it is the client that is being replaced, run with --refresh, or change what replaces it ("replaceWhenChanged", "rotateWhenChanged") instead.';
  const rename =
    args.autoName === undefined
      ? "If it is somebody else's, choose another name."
      : "If it belongs to another stack, give this one a name of its own.";
  return new ThinkGeoError("Conflict", {
    doing,
    happened,
    next: `Nothing was created. ${adopt} ${replace} ${rename}`,
  });
}
