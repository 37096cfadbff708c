import { CreateOnce, titleOf } from "./create-once";
import type { Account } from "./account";
import type { CloudClient } from "../cloud/api";
import { isKind, ThinkGeoError } from "../cloud/errors";
import type { Budget, Time } from "../cloud/time";
import type { Configuration } from "../configuration";
import { parseArgs, type ClientArgs } from "../model/args";
import { openingOf } from "../model/opening";
import { isRespelled } from "../model/names";
import type { RemoteClient } from "../model/wire";
import type { Known } from "./known";
import { existingOf } from "../model/outputs";
import { Rivals } from "./lost-clients";
import type { Settlement } from "./write";
import { wasBefore } from "./warnings";

type Properties = Readonly<Record<string, unknown>>;

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
  readonly #beingAdopted = new Set<string>();
  readonly #once: CreateOnce;
  readonly #rivals: Rivals;

  constructor(
    private readonly cloud: CloudClient,
    private readonly account: Account,
    private readonly settlement: Settlement,
    private readonly known: Known,
    private readonly configuration: Configuration,
    private readonly time: Time,
    private readonly warn: (message: string) => void,
  ) {
    this.#once = new CreateOnce(cloud, account, settlement, known, configuration, time);
    this.#rivals = new Rivals(account, known, this.#once);
  }

  /** @param replaces whether state has a client of that name that this one replaces, and that the engine has not shown */
  async obtain(
    inputs: Properties,
    formerNames: readonly string[],
    replaces: boolean,
    budget: Budget,
  ): Promise<Obtained> {
    const args = parseArgs(inputs);
    if (args.adopt !== undefined && !this.known.isLeaving(args.adopt))
      return { client: await this.#adopt(args.adopt, args, inputs, budget), takenOver: true };
    const before = this.#turns.get(args.name) ?? Promise.resolve();
    const turn = before
      .catch(() => undefined)
      .then(() => this.#findOrMake(args, inputs, formerNames, replaces, budget));
    this.#turns.set(args.name, turn);
    return turn;
  }

  async #adopt(id: string, args: ClientArgs, inputs: Properties, budget: Budget): Promise<RemoteClient> {
    const doing = `adopt client ${id} as ${JSON.stringify(args.name)}`;
    const key = id.toLowerCase();
    if (this.known.inForce.has(id) || this.#beingAdopted.has(key)) throw managedAlready(doing);
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
      if (this.known.inForce.has(id)) throw managedAlready(doing);
      return await this.#takeOver(current, args, inputs, doing, budget);
    } finally {
      this.#beingAdopted.delete(key);
    }
  }

  /** Nobody else may take the client over from now on, unless this fails. */
  async #takeOver(
    current: RemoteClient,
    args: ClientArgs,
    inputs: Properties,
    doing: string,
    budget: Budget,
  ): Promise<RemoteClient> {
    this.known.inForce.take(current.id, inputs);
    try {
      return await this.#makeAsDeclared(current, args, inputs, doing, budget);
    } catch (error) {
      this.known.inForce.release(current.id);
      throw error;
    }
  }

  async #makeAsDeclared(
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
    if (missing.length === 0) return current;
    const names = await this.account.roleNames(current.grantedRoles, budget);
    const before = existingOf(current, args.type, names);
    const written = await this.settlement.write(current, inputs, missing, budget);
    this.warn(
      `client ${JSON.stringify(args.name)} (${current.id}) was taken over and changed to what the program declares: ${wasBefore(missing, before, args).join(", ")}.`,
    );
    const opening = openingOf({ ...before }, inputs);
    if (opening !== undefined) this.warn(opening);
    return written;
  }

  async #findOrMake(
    args: ClientArgs,
    inputs: Properties,
    formerNames: readonly string[],
    replaces: boolean,
    budget: Budget,
  ): Promise<Obtained> {
    const doing = `create client ${JSON.stringify(args.name)}`;
    const roster = await this.account.roster(budget);
    roster.requireComplete(doing);
    await this.#requireSameAccount(doing, budget);
    const names = [args.name, ...formerNames];
    const { clients: rivals, byName } = await this.#rivals.find(roster, inputs, args, names, doing, budget);
    const lost = rivals.length === 1 ? rivals[0] : undefined;
    const mayTakeOver =
      this.configuration.onLostClient === "adopt" &&
      args.autoName !== undefined &&
      byName &&
      lost?.clientType === args.type &&
      !replaces &&
      !this.#beingAdopted.has(lost.id.toLowerCase());
    if (lost !== undefined && mayTakeOver) {
      const current = await this.#lastingClient(lost.id, budget);
      // An adopt line may have taken it meanwhile.
      const isTaken = this.known.hasId(lost.id) || this.#beingAdopted.has(lost.id.toLowerCase());
      // A list that lags shows the name that it had before another resource took it over.
      const isOurs = current?.name === lost.name && !isTaken;
      if (isOurs && (current.isActive || !args.active))
        return { client: await this.#takeOver(current, args, inputs, doing, budget), takenOver: true };
    } else {
      // Unless it has been shown already: then what has the name is another one. An item without a name may be it.
      const isShown = [...roster.all, ...roster.unreadable].some(
        ({ id, name }) =>
          id !== undefined && this.known.hasId(id) && (name === undefined || isRespelled(args.name, name)),
      );
      const isReplaced = rivals.length === 1 && replaces && !isShown;
      if (rivals.length > 0 && !isReplaced) throw nameTaken(doing, rivals, args);
    }
    return { client: await this.#once.post(args, inputs, doing, budget), takenOver: false };
  }

  /** A client as it is some seconds later, if it is still there: a list that lags shows what a run has just deleted. */
  async #lastingClient(id: string, budget: Budget): Promise<RemoteClient | undefined> {
    await this.time.sleep(LONGEST_LAG_MS);
    return this.cloud.getClient(id, budget).catch((error: unknown) => {
      if (isKind(error, "NotFound")) return undefined;
      throw error;
    });
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
}

const managedAlready = (doing: string): ThinkGeoError =>
  new ThinkGeoError("Conflict", {
    doing,
    happened: "it is managed by this stack already, by this resource or another",
    next: "Take the adopt line out, or give the GUID of another client.",
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
  const adopt = `If an interrupted run left it behind, or somebody deleted this resource's client and made one of the same name by hand, add  adopt: "${first}"  to the resource, or delete it in ThinkGeo's console.`;
  const aliases =
    args.autoName === undefined
      ? 'If you have renamed the resource, add  aliases: [{ name: "ITS OLD NAME" }]  to its options: it keeps its key. '
      : "";
  const replace =
    'If it is the client that is being replaced, run with --refresh (after a change of configuration, run a plain "pulumi up" first), or change what replaces it ("replaceWhenChanged", "rotateWhenChanged") instead.';
  const rename =
    args.autoName === undefined
      ? "If it is somebody else's, choose another name."
      : "If it belongs to another stack, give this one a name of its own.";
  return new ThinkGeoError("Conflict", {
    doing,
    happened,
    next: `Nothing was created. ${aliases}${replace} ${adopt} ${rename}`,
  });
}
