import { ThinkGeoError } from "../cloud/failure";
import { Budget, type Time } from "../cloud/time";
import { existingIn, readState, type ClientArgs, type ClientState, type PropertyName } from "../model/client";
import { isWhitelist, withOtherList } from "../model/client-body";
import { diffClient } from "../model/diff";
import { IdSet, sameId } from "../model/ids";
import { keepsEditedList } from "../model/ignored";
import { isRespelled } from "../model/names";
import { sameRoles } from "../model/roles";
import { editedIn, isLookUp, outputsOf, planOf } from "../model/outputs";
import type { RemoteClient } from "../model/wire";
import { AbsenceProof, type Sought } from "./absence";
import type { Account } from "./account";
import type { Connection } from "./connection";
import { Creation, type NewClient } from "./create";
import { Deletions } from "./delete";
import type { Known } from "./known";
import { LockoutGuard } from "./lockout";
import { ClientReader, requireType } from "./read";
import {
  goneAndNamesake,
  keptForItsResource,
  keptForAdoption,
  keptForItsSuccessor,
  leftAsItIs,
  overwritten,
  wasBefore,
} from "./warnings";
import { ClientWriter } from "./write";

/** The life of one client of one account. Nothing here knows HTTP, or which host calls it. */
export class ClientLife {
  /** The account as this run sees it. */
  readonly account: Account;
  readonly #absence: AbsenceProof;
  readonly #reader: ClientReader;
  readonly #guard: LockoutGuard;
  readonly #writer: ClientWriter;
  readonly #creation: Creation;
  readonly #deletions: Deletions;
  readonly #takenOver = new IdSet();

  constructor(
    { cloud, configuration, account }: Pick<Connection, "cloud" | "configuration" | "account">,
    private readonly known: Known,
    private readonly time: Time,
    /** Says what a person should know and no error can say. */
    readonly warn: (message: string) => void,
    /** The time that one call may take. */
    private readonly timeoutMs: () => number = () => configuration.requestTimeoutMs,
  ) {
    this.account = account;
    this.#absence = new AbsenceProof(this.account, configuration, time);
    this.#guard = new LockoutGuard(configuration.clientId, configuration.allowSelfLockout);
    this.#writer = new ClientWriter(cloud, this.account, this.#guard, time, warn);
    this.#reader = new ClientReader(cloud, this.account, this.#absence, time);
    this.#creation = new Creation(cloud, this.account, this.#writer, known, configuration, time, warn);
    this.#deletions = new Deletions(cloud, this.account, this.#absence, time);
  }

  /** Makes the client, or takes one over where the program says so; never both, and never twice. */
  async create(wanted: NewClient): Promise<{ readonly id: string; readonly outputs: ClientState }> {
    const { client, takenOver } = await this.#creation.obtain(wanted, this.#budget());
    if (takenOver) this.#takenOver.add(client.id);
    // A time of its own: a request that was not answered may have used up the other.
    const outputs = await this.#writer.outputsOfCreated(client, wanted.args, this.#budget(), !takenOver);
    return { id: client.id, outputs };
  }

  /** What the account has, from the run's one list; nothing only if the client is certainly gone. */
  async read(id: string, state: ClientState): Promise<ClientState | undefined> {
    this.known.seeId(id);
    const budget = this.#budget();
    this.known.seeName(state.name);
    const doing = `read client ${JSON.stringify(state.name)} (${id})`;
    // The engine takes an empty answer to a look-up (Client.get) for a client without properties.
    const listed = isLookUp(state)
      ? await this.account.lookUp(id, budget)
      : await this.#absence.find({ id, ownerId: state.ownerId, doing }, budget);
    if (listed === undefined) {
      this.known.seeLeaving(id, state.adopted);
      this.known.freeName(state.name);
      await this.#warnOfNamesakes(id, state.name, budget);
      return undefined;
    }
    const client = await this.#reader.inFull(listed, state, budget);
    const ownerId = client.ownerId ?? state.ownerId ?? (await this.account.ownerId(budget));
    const live = await this.account.describe(client, existingIn(state), budget);
    this.account.warnOfOmitted(client, live.name, existingIn(state));
    return outputsOf(client, live, { ...state, ownerId });
  }

  /** A client that nobody manages yet. Its roles count as declared where they are not all that the account has. */
  async import(id: string): Promise<ClientState> {
    const budget = this.#budget();
    const listed = await this.account.lookUp(id, budget);
    const nothing = readState({});
    const client = await this.#reader.inFull(listed, nothing, budget);
    const ownerId = client.ownerId ?? (await this.account.ownerId(budget));
    const live = await this.account.describe(client, {}, budget);
    if (live.type === "")
      throw new ThinkGeoError("Malformed", {
        doing: `read client ${id}`,
        happened: "no response of ThinkGeo says of which type it is",
        next: 'Nothing was imported. Run "thinkgeo doctor", and report what it finds.',
        heading: "incomplete-list",
      });
    this.account.warnOfOmitted(client, live.name);
    const all = await this.account.allRoles(budget);
    const grantedRoles =
      all === undefined || sameRoles(live.grantedRoles, all) ? undefined : live.grantedRoles;
    return outputsOf(client, live, { ...nothing, ownerId, grantedRoles });
  }

  /**
   * Changes in place what the program has changed: read, overlay, write, compare. What somebody changed in other
   * properties is left, and told: it is for a refresh to bring it up.
   *
   * @param drifted properties of which that is written, too: a refresh has shown it, but state does not hold it. It
   *   switches no key on or off: only a change of the program, or a step, does that
   * @param wordsForLeft what is said of properties that somebody has changed and that are left
   */
  async update(
    id: string,
    state: ClientState,
    args: ClientArgs,
    drifted: readonly string[] = [],
    wordsForLeft = leftAsItIs,
  ): Promise<{ readonly outputs: ClientState; readonly left: readonly PropertyName[] }> {
    this.known.seeId(id);
    const budget = this.#budget();
    const doing = `update client ${JSON.stringify(args.name)} (${id})`;
    const current = await this.#reader.current({ id, ownerId: state.ownerId, doing }, state, budget);
    requireType(current, args.type, doing);
    const { live, differing } = await this.#writer.compare(current, args, existingIn(state), budget);
    // What the program has changed is written in any case: a reading that lags may show what was before.
    const declared = diffClient(id, existingIn(state), planOf(args)).changed;
    const seen = differing.filter((name) => name !== "active" && drifted.includes(name));
    const edited = editedIn(id, live, state);
    const isListKept = keepsEditedList(args.ignoreChanges, edited, live);
    const changed = withOtherList([...new Set([...declared, ...seen])]).filter(
      (name) => !isListKept || !isWhitelist(name),
    );
    const left = differing.filter((name) => !changed.includes(name));
    // What a refresh has brought up is known already.
    const lost =
      drifted.length > 0 ? [] : differing.filter((name) => changed.includes(name) && edited.includes(name));
    const written =
      changed.length === 0 ? current : await this.#writer.write(current, args, changed, state, budget);
    if (lost.length > 0) this.warn(overwritten(args.name, id, wasBefore(lost, live, args)));
    const outputs = await this.#writer.outputs(written, args, state, budget, { left });
    if (left.length > 0) this.warn(wordsForLeft(args.name, id, left));
    // State keeps what it had of these, or the next preview would undo what somebody did, without a refresh.
    return { outputs: { ...outputs, ...Object.fromEntries(left.map((name) => [name, state[name]])) }, left };
  }

  /** Deletes, deactivates or leaves the client, as its `deletionPolicy` says. */
  async delete(id: string, state: ClientState): Promise<void> {
    const budget = this.#budget();
    const { name, ownerId, adopted, deletionPolicy } = state;
    if (deletionPolicy === "retain") return;
    const doing = `${deletionPolicy} client ${JSON.stringify(name)} (${id})`;
    if (this.#takenOver.has(id)) {
      this.warn(keptForItsSuccessor(name, id));
      return;
    }
    // With deleteBeforeReplace, what it is given to comes after it.
    if (this.known.isToBeAdopted(id)) {
      this.warn(keptForAdoption(name, id));
      return;
    }
    if (this.known.claims.has(id)) {
      this.warn(keptForItsResource(name, id));
      return;
    }
    const sought = { id, ownerId, doing };
    if (deletionPolicy === "deactivate") {
      await this.#deactivate(sought, state, budget);
      return;
    }
    const found: { listed?: RemoteClient | undefined } = {};
    const look = async (): Promise<"listed" | "unlisted"> => {
      const listed = await this.#absence.findListed(sought, budget);
      found.listed = listed;
      // The list holds the client that we authenticate with: what it lacks is another one.
      if (listed === undefined) return "unlisted";
      const apiKey = listed.apiKey ?? state.clientId ?? (await this.account.inFull(listed, budget)).apiKey;
      this.#guard.check({ ...listed, apiKey }, doing, "delete");
      return (await this.account.roster(budget)).showed(id) ? "listed" : "unlisted";
    };
    this.known.seeLeaving(id, adopted);
    await this.#deletions.delete({ ...sought, budget, look });
    if (found.listed === undefined) await this.#warnOfNamesakes(id, name, budget);
  }

  /** A client that is not there may be there under another id: made again by hand, or answered with a wrong one. */
  async #warnOfNamesakes(id: string, name: string, budget: Budget): Promise<void> {
    const roster = await this.account.roster(budget);
    const namesakes = roster.all.filter(
      (client) => !sameId(client.id, id) && !this.known.hasId(client.id) && isRespelled(name, client.name),
    );
    if (namesakes.length > 0)
      this.warn(
        goneAndNamesake(
          name,
          id,
          namesakes.map((client) => client.id),
        ),
      );
  }

  async #deactivate(sought: Sought, state: ClientState, budget: Budget): Promise<void> {
    if ((await this.#absence.find(sought, budget)) === undefined) return;
    const current = await this.#reader.current(sought, state, budget);
    if (current.isActive) await this.#writer.deactivate(current, sought.doing, budget);
  }

  #budget(): Budget {
    return new Budget(this.timeoutMs(), this.time);
  }
}
