import { randomUUID } from "node:crypto";
import type { Account, Roster } from "./account";
import type { CloudClient } from "./cloud/client";
import { isKind, ThinkGeoError } from "./cloud/errors";
import type { Budget, Time } from "./cloud/time";
import type { Configuration } from "./configuration";
import { parseArgs, type ClientArgs } from "./model/args";
import type { RemoteClient } from "./model/wire";
import type { Known } from "./names";
import type { Settlement } from "./settlement";

type Properties = Readonly<Record<string, unknown>>;

/** A client that create has found or made, and whether it was there before. */
interface Obtained {
  readonly client: RemoteClient;
  readonly takenOver: boolean;
}

const MOST_POSTS = 3;
/** A new client may take seconds to be listed; to make it a second time in that time would be worse than to wait. */
const LOOK_AGAIN_MS = [0, 500, 1_000, 2_000, 4_000];

/** How a program's client comes to be: made exactly once, or taken over when that was asked for. */
export class Creation {
  /** Creates of one name go one after the other, so that what one list shows as new can only be one's own. */
  readonly #turns = new Map<string, Promise<unknown>>();
  /** Clients that an adopt line is about to take: nobody else may. */
  readonly #beingAdopted = new Set<string>();

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
    return missing.length === 0 ? current : this.settlement.write(current, inputs, budget);
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
    this.#requireSameAccount(roster, doing);
    const rivals = this.#rivals(roster, args, [args.name, ...formerNames]);
    const lost = rivals.length === 1 ? rivals[0] : undefined;
    const mayTakeOver =
      this.configuration.onLostClient === "adopt" &&
      args.autoName !== undefined &&
      lost?.clientType === args.type &&
      !this.#beingAdopted.has(lost.id.toLowerCase());
    if (lost !== undefined && mayTakeOver) {
      return { client: await this.#takeOver(lost, args, inputs, doing, budget), takenOver: true };
    }
    if (rivals.length > 0) throw nameTaken(doing, rivals, args);
    return { client: await this.#post(args, doing, budget), takenOver: false };
  }

  /** Stops where the clients that state has shown so far belong to another account than the credentials. */
  #requireSameAccount(roster: Roster, doing: string): void {
    const owner = roster.byKey(this.account.ownKey)?.ownerId;
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

  /** Sends the one POST; where its outcome is not known, the account's list tells whether it was applied. */
  async #post(args: ClientArgs, doing: string, budget: Budget): Promise<RemoteClient> {
    const resource = await this.settlement.newResource(args, doing, budget);
    const key = randomUUID();
    let before = await this.account.roster(budget);
    for (let post = 1; ; post++) {
      try {
        return await this.#keep(await this.cloud.createClient(resource, key, budget));
      } catch (error) {
        if (!isKind(error, "Ambiguous")) throw error;
        const made = await this.#lookForOwn(before, args, doing, budget);
        if (made !== undefined) return this.#keep(made);
        before = await this.account.roster(budget);
        // A list that lacks the client that we sign in with does not show that nothing was made.
        if (post === MOST_POSTS || before.byKey(this.account.ownKey) === undefined) throw error;
      }
    }
  }

  async #keep(client: RemoteClient): Promise<RemoteClient> {
    this.known.seeId(client.id);
    await this.account.note((roster) => {
      roster.remember(client);
    });
    return client;
  }

  /** The one client that is new since `before` and looks like the one we asked for. */
  async #lookForOwn(
    before: Roster,
    args: ClientArgs,
    doing: string,
    budget: Budget,
  ): Promise<RemoteClient | undefined> {
    for (const wait of LOOK_AGAIN_MS) {
      if (wait > 0) await budget.spend(() => this.time.sleep(wait));
      const now = await this.account.freshRoster(budget);
      now.requireComplete(doing);
      const fresh = now.all.filter(
        (client) =>
          client.name === args.name &&
          (client.clientType ?? args.type) === args.type &&
          before.find(client.id) === undefined &&
          !this.known.hasId(client.id),
      );
      if (fresh.length > 1) throw nameTaken(doing, fresh, args);
      if (fresh[0] !== undefined) return fresh[0];
    }
    return undefined;
  }
}

const managedAlready = (doing: string): ThinkGeoError =>
  new ThinkGeoError("Conflict", {
    doing,
    happened: "it is managed by this stack already, by this resource or another",
    next: "If this change takes the other resource out of the program, run it without --refresh. Otherwise take the adopt line out, or give the GUID of another client.",
  });

function nameTaken(doing: string, rivals: readonly RemoteClient[], args: ClientArgs): ThinkGeoError {
  const list = rivals.map(
    (client) => `${client.id} (${client.clientType ?? "unknown type"}${client.isActive ? "" : ", inactive"})`,
  );
  const first = rivals[0]?.id ?? "";
  const happened = `the account has ${rivals.length === 1 ? "a client" : `${rivals.length} clients`} of that name that this stack does not know: ${list.join(", ")}`;
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
