import type { CloudClient } from "../cloud/api";
import { isKind, ThinkGeoError } from "../cloud/failure";
import type { Budget, Time } from "../cloud/time";
import type { Configuration } from "../configuration";
import type { ClientArgs } from "../model/client";
import { IdSet, sameId } from "../model/ids";
import { isRespelled } from "../model/names";
import { openingOf } from "../model/opening";
import { isOmitted, type RemoteClient } from "../model/wire";
import type { Account } from "./account";
import { CreateOnce, titleOf } from "./create-once";
import type { Known } from "./known";
import { LostClients } from "./lost-clients";
import { itemInWords, type Roster } from "./roster";
import { wasBefore } from "./warnings";
import { NOTHING, type ClientWriter } from "./write";

/** A client that a program declares and state does not have. */
export interface NewClient {
  readonly args: ClientArgs;
  /** The resource of the program, for its claim. */
  readonly resource: string;
  /** Names that an earlier run may have made it under. */
  readonly formerNames?: readonly string[];
  /** Whether it replaces a client of state of the same name that the engine has not shown. */
  readonly replaces?: boolean;
}

/** A client that create has found or made, and whether it was there before. */
interface Obtained {
  readonly client: RemoteClient;
  readonly takenOver: boolean;
}

/** Readings may lag so far behind a delete. */
const LONGEST_LAG_MS = 10_000;

/** How a program's client comes to be: made exactly once, or taken over when that was asked for. */
export class Creation {
  /** Creates of one name go one after the other, so that what one list shows as new can only be one's own. */
  readonly #turns = new Map<string, Promise<unknown>>();
  /** Clients that an adopt line is about to take: nobody else may. */
  readonly #beingAdopted = new IdSet();
  readonly #once: CreateOnce;
  readonly #lost: LostClients;

  constructor(
    cloud: CloudClient,
    private readonly account: Account,
    private readonly writer: ClientWriter,
    private readonly known: Known,
    private readonly configuration: Configuration,
    private readonly time: Time,
    private readonly warn: (message: string) => void,
  ) {
    this.#once = new CreateOnce(cloud, account, writer, known, configuration, time);
    this.#lost = new LostClients(account, known, writer);
  }

  async obtain(wanted: NewClient, budget: Budget): Promise<Obtained> {
    const { args, resource } = wanted;
    if (args.adopt !== undefined && !this.known.isLeftOver(args.adopt, resource))
      return { client: await this.#adopt(args.adopt, wanted, budget), takenOver: true };
    const before = this.#turns.get(args.name) ?? Promise.resolve();
    const turn = before.catch(() => undefined).then(() => this.#findOrMake(wanted, budget));
    this.#turns.set(args.name, turn);
    return turn;
  }

  async #adopt(id: string, wanted: NewClient, budget: Budget): Promise<RemoteClient> {
    const doing = `adopt client ${id} as ${JSON.stringify(wanted.args.name)}`;
    if (this.known.claims.has(id) || this.#beingAdopted.has(id)) throw managedAlready(doing);
    this.#beingAdopted.add(id);
    try {
      const current = await this.#readForAdoption(id, budget);
      if (current === undefined)
        throw new ThinkGeoError("NotFound", {
          doing,
          happened: "the account has no client with that GUID",
          next: "Correct the GUID, or take the adopt line out to make a new client.",
          heading: "client-not-found",
        });
      // Meanwhile the engine may have come to the resource that has it.
      if (this.known.claims.has(id)) throw managedAlready(doing);
      return await this.#takeOver(current, wanted, doing, budget);
    } finally {
      this.#beingAdopted.delete(id);
    }
  }

  /** What neither an answer about the client nor the list has stays omitted. */
  async #readForAdoption(id: string, budget: Budget): Promise<RemoteClient | undefined> {
    const one = await this.account.getIfThere(id, budget);
    if (one === undefined) return undefined;
    return this.account.withListed(one, budget).catch((error: unknown) => {
      // A list that cannot be read tells nothing more.
      if (isKind(error, "Malformed")) return one;
      throw error;
    });
  }

  /** Nobody else may take the client over from now on, unless this fails. */
  async #takeOver(
    current: RemoteClient,
    { args, resource }: NewClient,
    doing: string,
    budget: Budget,
  ): Promise<RemoteClient> {
    this.known.claims.take(current.id, resource);
    try {
      return await this.#makeAsDeclared(current, args, doing, budget);
    } catch (error) {
      this.known.claims.release(current.id);
      throw error;
    }
  }

  async #makeAsDeclared(
    current: RemoteClient,
    args: ClientArgs,
    doing: string,
    budget: Budget,
  ): Promise<RemoteClient> {
    if (current.clientType !== undefined && current.clientType !== args.type) {
      const happened = `it is of type ${current.clientType}, and the program declares ${args.type}`;
      throw new ThinkGeoError("Conflict", {
        doing,
        happened,
        next: `Declare type "${current.clientType}", or adopt another client.`,
        heading: "type-differs",
      });
    }
    this.known.seeId(current.id);
    // What no answer says is written where the program restricts it: nobody has asked for it yet.
    const { live, differing: seen } = await this.writer.compare(current, args, { type: args.type }, budget);
    const unseen = isOmitted(current, "grantedRoles") && args.grantedRoles !== undefined;
    const differing = [...new Set([...seen, ...(unseen ? (["grantedRoles"] as const) : [])])];
    if (differing.length === 0) return current;
    const written = await this.writer.write(current, args, differing, NOTHING, budget);
    this.warn(
      `client ${JSON.stringify(args.name)} (${current.id}) was adopted and changed to what the program declares: ${wasBefore(differing, live, args, current).join(", ")}.`,
    );
    const opening = openingOf(live, args);
    if (opening !== undefined) this.warn(opening);
    return written;
  }

  async #findOrMake(wanted: NewClient, budget: Budget): Promise<Obtained> {
    const { args, resource, formerNames = [], replaces = false } = wanted;
    const doing = `create client ${JSON.stringify(args.name)}`;
    const roster = await this.account.roster(budget);
    roster.requireComplete(doing);
    this.#requireReadable(roster, doing);
    await this.#requireSameAccount(doing, budget);
    const names = [args.name, ...formerNames];
    const { clients: namesakes, byName } = await this.#lost.find(roster, args, names, doing, budget);
    const lost = namesakes.length === 1 ? namesakes[0] : undefined;
    const mayTakeOver =
      this.configuration.onLostClient === "adopt" &&
      args.autoName !== undefined &&
      byName &&
      lost?.clientType === args.type &&
      !replaces &&
      !this.#beingAdopted.has(lost.id);
    if (lost !== undefined && mayTakeOver) {
      const current = await this.#lastingClient(lost.id, budget);
      // An adopt line may have taken it meanwhile.
      const isTaken = this.known.hasId(lost.id) || this.#beingAdopted.has(lost.id);
      // A list that lags shows the name that it had before another resource took it over.
      const isOurs = current !== undefined && (await this.#nameOf(current, budget)) === lost.name && !isTaken;
      if (isOurs && (current.isActive || !args.active))
        return { client: await this.#takeOver(current, wanted, doing, budget), takenOver: true };
    } else {
      // The namesake may be the client that is replaced, unless the engine has shown that one already: then it is another.
      // An item whose name cannot be read may be the one that was shown.
      const isShown = [...roster.all, ...roster.unreadable].some(
        ({ id, name }) =>
          id !== undefined && this.known.hasId(id) && (name === undefined || isRespelled(args.name, name)),
      );
      const isReplaced = namesakes.length === 1 && replaces && !isShown;
      if (namesakes.length > 0 && !isReplaced) throw nameTaken(doing, namesakes, args);
    }
    return { client: await this.#once.post(args, resource, doing, budget), takenOver: false };
  }

  /** A client as it is some seconds later, if it is still there: a list that lags shows what a run has just deleted. */
  async #lastingClient(id: string, budget: Budget): Promise<RemoteClient | undefined> {
    await this.time.sleep(LONGEST_LAG_MS);
    return this.account.getIfThere(id, budget);
  }

  /** Stops where nothing of the list can be read, or nothing is there: it would not show what an earlier run has made. */
  #requireReadable(roster: Roster, doing: string): void {
    if (roster.isEmpty && this.configuration.onVanished !== "accept")
      throw new ThinkGeoError("Malformed", {
        doing,
        happened:
          "the account's list of clients is empty: it lacks even the client of thinkgeo:clientId itself, so it does not show what the account has",
        next: `Nothing was created. Check thinkgeo:clientId and thinkgeo:apiUrl, and run "thinkgeo doctor". If the list is right, run once more with the environment variable THINKGEO_ON_VANISHED=accept.`,
        heading: "incomplete-list",
      });
    this.account.warnIfPartial(roster);
    const [first] = roster.unreadable;
    if (first === undefined || roster.all.length > 0) return;
    throw new ThinkGeoError("Malformed", {
      doing,
      happened: `no client of ThinkGeo's list can be read (${itemInWords(first)}), so the response to a create could not be read either`,
      next: 'Nothing was created. Run "thinkgeo doctor", and report what it finds.',
      heading: "incomplete-list",
    });
  }

  async #nameOf(client: RemoteClient, budget: Budget): Promise<string | undefined> {
    if (!isOmitted(client, "name")) return client.name;
    return (await this.account.freshRoster(budget)).find(client.id)?.name;
  }

  /** Stops where the clients that state has shown so far belong to another account than the credentials. */
  async #requireSameAccount(doing: string, budget: Budget): Promise<void> {
    if (this.known.owners.length === 0) return;
    const owner = await this.account.ownerId(budget);
    const strangers = this.known.owners.filter((known) => !sameId(known, owner));
    if (owner === undefined || strangers.length === 0) return;
    const happened = `this stack's clients belong to account ${strangers.join(", ")}, and thinkgeo:clientId belongs to account ${owner}`;
    throw new ThinkGeoError("Conflict", {
      doing,
      happened,
      next: "Nothing was created. Check thinkgeo:clientId and thinkgeo:apiUrl.",
      heading: "other-account",
    });
  }
}

const managedAlready = (doing: string): ThinkGeoError =>
  new ThinkGeoError("Conflict", {
    doing,
    happened: "it is managed by this stack already, by this resource or another",
    next: "Take the adopt line out, or give the GUID of another client.",
    heading: "already-managed",
  });

function nameTaken(doing: string, namesakes: readonly RemoteClient[], args: ClientArgs): ThinkGeoError {
  const isOther = namesakes.some(({ name }) => name !== args.name);
  const list = namesakes.map((client) =>
    isOther
      ? titleOf(client)
      : `${client.id} (${client.clientType ?? "unknown type"}${client.isActive ? "" : ", deactivated"})`,
  );
  const first = namesakes[0]?.id ?? "";
  const which = isOther
    ? "that may be this one, under a name that ThinkGeo has changed, and that this stack does not know"
    : "of that name that this stack does not know";
  const happened = `the account has ${namesakes.length === 1 ? "a client" : `${namesakes.length} clients`} ${which}: ${list.join(", ")}`;
  const adopt = `If an interrupted run created it, or this resource's client was deleted and created again by hand, add  adopt: "${first}"  to the resource, or delete it in ThinkGeo's console, but only if no other stack owns it.`;
  const aliases =
    args.autoName === undefined
      ? 'If you have renamed the resource, add  aliases: [{ name: "ITS OLD NAME" }]  to its options: it keeps its key. '
      : "";
  const replace =
    'If it is the client that is being replaced, run with --refresh (after a change of configuration, run a plain "pulumi up" first), or change what replaces it ("replaceWhenChanged", "rotateWhenChanged") instead.';
  const rename =
    args.autoName === undefined
      ? "If it belongs to another stack or to somebody else, do not adopt it: choose another name."
      : "If it belongs to another stack, do not adopt it: give this one a name of its own.";
  return new ThinkGeoError("Conflict", {
    doing,
    happened,
    next: `Nothing was created. ${aliases}${replace} ${adopt} ${rename}`,
    heading: "name-taken",
  });
}
