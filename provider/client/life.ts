import { isDeepStrictEqual } from "node:util";
import { AbsenceProof, type Sought } from "./absence";
import { Account } from "./account";
import type { CloudClient } from "../cloud/api";
import { ThinkGeoError } from "../cloud/errors";
import { Budget, type Time } from "../cloud/time";
import type { Configuration } from "../configuration";
import { Creation } from "./create";
import { Deletions } from "./delete";
import { LockoutGuard } from "./lockout";
import { findProblems, parseArgs, withoutUndefined } from "../model/args";
import { diffClient } from "../model/diff";
import { failureOf, type Failure } from "../model/problems";
import { dangerOfWhitelist } from "../model/opening";
import { AUTO_NAME_GONE, usableName } from "../model/name-problem";
import { parseState, type State } from "../model/state";
import { hasUnknown, UNKNOWN } from "../model/unknown";
import { generateName, type Known } from "./known";
import {
  declaredIn,
  editedIn,
  existingIn,
  existingOf,
  inputsOf,
  isLookUp,
  outputsOf,
} from "../model/outputs";
import { withOtherList } from "../model/client-resource";
import { Reading, requireType } from "./read";
import { Settlement } from "./write";
import { keptForItsResource, keptForItsSuccessor, leftAsItIs, overwritten, wasBefore } from "./warnings";

export type Properties = Readonly<Record<string, unknown>>;

/** What `check` says: the complete inputs, and everything that is wrong with them. */
export interface Checked {
  readonly inputs: Record<string, unknown>;
  readonly failures: Failure[];
  /** What is right, and dangerous. */
  readonly warning?: string;
}

/** Validates what a program declared, at preview already, and completes it. Makes no request. */
export function check(olds: Properties, news: Properties, known: Known): Checked {
  known.seeName(olds["name"]);
  const declared = Object.fromEntries(Object.entries(news).filter(([key]) => key !== "__provider"));
  const { autoName } = declared;
  const named =
    declared["name"] ??
    usableName(olds["name"]) ??
    (typeof autoName === "string" ? nameFor(autoName, declared, known) : undefined);
  const inputs = withoutUndefined({
    ...declared,
    name: named,
    active: declared["active"] ?? true,
    deletionPolicy: declared["deletionPolicy"] ?? "delete",
  });
  known.inForce.plan(olds, inputs);
  const failures = findProblems(inputs).map(failureOf);
  if (named === undefined) failures.push({ property: "", reason: AUTO_NAME_GONE });
  const warning = failures.length === 0 ? dangerOfWhitelist(olds, inputs) : undefined;
  return withoutUndefined({ inputs, failures, warning });
}

function nameFor(autoName: string, declared: Properties, known: Known): string {
  const { type, replaceWhenChanged } = declared;
  if (hasUnknown(type) || hasUnknown(replaceWhenChanged)) return UNKNOWN;
  return generateName({ autoName, type, replaceWhenChanged }, known);
}

/** Compares state with what is declared. Makes no request. */
export function diff(
  id: string,
  olds: Properties,
  news: Properties,
  known: Known,
): { changes: boolean; replaces: string[]; deleteBeforeReplace: boolean } {
  known.seeId(id);
  const state = parseState(olds);
  known.seeName(state.name);
  known.seeOwner(state.ownerId);
  const { changed, local, replaces } = diffClient(id, existingIn(state), news);
  if (replaces.length > 0) known.seeLeaving(id, state.adopted);
  if (!known.inForce.judge(id, news, replaces.length === 0)) throw sharedClient(state.name, id);
  return {
    changes: changed.length + local.length + replaces.length > 0,
    replaces: [...replaces],
    deleteBeforeReplace: false,
  };
}

/** The life of one client of one account. Nothing here knows HTTP, or which host calls it. */
export class ClientLife {
  readonly #account: Account;
  readonly #absence: AbsenceProof;
  readonly #reading: Reading;
  readonly #guard: LockoutGuard;
  readonly #settlement: Settlement;
  readonly #creation: Creation;
  readonly #deletions: Deletions;
  readonly #takenOver = new Set<string>();

  constructor(
    cloud: CloudClient,
    private readonly configuration: Configuration,
    private readonly known: Known,
    private readonly time: Time,
    /** Says what a person should know and no error can say. */
    readonly warn: (message: string) => void,
  ) {
    this.#account = new Account(cloud, configuration.clientId, warn);
    this.#absence = new AbsenceProof(cloud, this.#account, configuration, time);
    this.#guard = new LockoutGuard(configuration.clientId, configuration.allowSelfLockout);
    this.#settlement = new Settlement(cloud, this.#account, this.#guard, time, warn);
    this.#reading = new Reading(cloud, this.#account, this.#absence, this.#settlement, time);
    this.#creation = new Creation(cloud, this.#account, this.#settlement, known, configuration, time, warn);
    this.#deletions = new Deletions(cloud, this.#account, this.#absence, time);
  }

  /**
   * Makes the client, or takes one over where the program says so; never both, and never twice. An earlier run may have
   * made it under one of its former names.
   */
  async create(
    inputs: Properties,
    formerNames: readonly string[] = [],
    replaces = this.known.inForce.isReplacement(inputs),
  ): Promise<{ id: string; outs: Record<string, unknown> }> {
    const { client, takenOver } = await this.#creation.obtain(inputs, formerNames, replaces, this.#budget());
    if (takenOver) this.#takenOver.add(client.id.toLowerCase());
    const origin = takenOver ? "taken-over" : "made";
    // A time of its own: a request that was not answered may have used up the other.
    const outs = await this.#settlement.outputsOfNew(client, inputs, this.#budget(), origin);
    return { id: client.id, outs };
  }

  /** What the account has, from the run's one list; an empty answer only if the client is certainly gone. */
  async read(
    id: string,
    outputs: Properties,
  ): Promise<{ id?: string; props?: Record<string, unknown>; inputs?: Record<string, unknown> }> {
    this.known.seeId(id);
    const budget = this.#budget();
    const state = parseState(outputs);
    this.known.seeName(state.name);
    const doing = `read client ${JSON.stringify(state.name)} (${id})`;
    // The engine takes an empty answer to a look-up (Client.get) for a client without properties.
    const listed = isLookUp(state)
      ? await this.#account.lookUp(id, budget)
      : await this.#absence.find({ id, ownerId: state.ownerId, doing }, budget);
    if (listed === undefined) {
      this.known.seeLeaving(id, state.adopted);
      return {};
    }
    const live = await this.#reading.inFull(listed, state, budget);
    const ownerId = live.ownerId ?? state.ownerId ?? (await this.#account.ownerId(budget));
    const props = outputsOf(
      live,
      { ...declaredIn(state), ownerId },
      await this.#account.roleNames(live.grantedRoles, budget),
    );
    const inputs = inputsOf(props);
    // Where nothing has changed, the engine keeps the inputs that it has, which say more than outputs can.
    return isDeepStrictEqual(inputs, inputsOf(outputs)) ? { id, props } : { id, props, inputs };
  }

  /**
   * Changes in place what the program has changed: read, overlay, write, compare. What somebody changed in other
   * properties is left, and told: it is for a refresh to bring it up.
   * @param scope "all" where a refresh has brought it up, and state does not hold what it saw. It switches no key on or
   *   off: only a change of the program, or a step, does that
   * @param wordsForLeft what is said of properties that somebody has changed and that are left
   */
  async update(
    id: string,
    olds: Properties,
    news: Properties,
    scope: "changed" | "all" = "changed",
    wordsForLeft = leftAsItIs,
  ): Promise<{ outs: Record<string, unknown>; left: readonly string[] }> {
    this.known.seeId(id);
    const budget = this.#budget();
    const state = parseState(olds);
    const args = parseArgs(news);
    const doing = `update client ${JSON.stringify(args.name)} (${id})`;
    const current = await this.#reading.current({ id, ownerId: state.ownerId, doing }, state, budget);
    requireType(current, args.type, doing);
    // What the program has changed is written in any case: a reading that lags may show what was before.
    const differing = await this.#settlement.missing(current, news, budget);
    const declared = diffClient(id, existingIn(state), news).changed;
    const seen = scope === "all" ? differing.filter((key) => key !== "active") : [];
    const changed = withOtherList([...new Set([...declared, ...seen])]);
    const left = differing.filter((key) => !changed.includes(key));
    const roleNames = await this.#account.roleNames(current.grantedRoles, budget);
    const before = existingOf(current, args.type, roleNames);
    // What a refresh has brought up is known already.
    const edited = scope === "all" ? [] : editedIn(id, before, state);
    const lost = differing.filter((key) => changed.includes(key) && edited.includes(key));
    const written =
      changed.length === 0 ? current : await this.#settlement.write(current, news, changed, budget);
    if (lost.length > 0) this.warn(overwritten(args.name, id, wasBefore(lost, before, args)));
    const outs = await this.#settlement.outputs(written, news, state, budget, "updated", left);
    if (left.length > 0) this.warn(wordsForLeft(args.name, id, left));
    // State keeps what it had of these, or the next preview would undo what somebody did, without a refresh.
    return {
      outs: withoutUndefined({ ...outs, ...Object.fromEntries(left.map((key) => [key, olds[key]])) }),
      left,
    };
  }

  /** Deletes, deactivates or leaves the client, as its `deletionPolicy` says. */
  async delete(id: string, outputs: Properties): Promise<void> {
    const budget = this.#budget();
    const state = parseState(outputs);
    if (state.deletionPolicy === "retain") return;
    const deed = state.deletionPolicy === "deactivate" ? "deactivate" : "delete";
    const doing = `${deed} client ${JSON.stringify(state.name)} (${id})`;
    if (this.#takenOver.has(id.toLowerCase())) {
      this.warn(keptForItsSuccessor(state.name, id));
      return;
    }
    if (this.known.inForce.has(id)) {
      this.warn(keptForItsResource(state.name, id));
      return;
    }
    const sought = { id, ownerId: state.ownerId, doing };
    if (deed === "deactivate") {
      if ((await this.#absence.find(sought, budget)) !== undefined)
        await this.#deactivate(sought, state, budget);
      return;
    }
    const mayGo = async (): Promise<void> => {
      const listed = await this.#absence.isListed(sought, budget);
      // The list holds the client that we authenticate with: what it lacks is another one.
      if (listed !== undefined) this.#guard.check(listed, doing, deed);
    };
    this.known.seeLeaving(id, state.adopted);
    await this.#deletions.delete({ ...sought, budget, mayGo });
  }

  async #deactivate(sought: Sought, state: State, budget: Budget): Promise<void> {
    const current = await this.#reading.current(sought, state, budget);
    if (current.isActive) await this.#settlement.retire(current, sought.doing, budget);
  }

  #budget(): Budget {
    return new Budget(this.configuration.requestTimeoutMs, this.time);
  }
}

/** Two resources with one client would undo each other's changes for ever. */
export const sharedClient = (name: string, id: string): ThinkGeoError =>
  new ThinkGeoError("Conflict", {
    doing: `manage client ${JSON.stringify(name)} (${id})`,
    happened: "another resource of this program has the very same client, or adopts it",
    next: "Nothing was changed. Give this resource another name in the program, without an adopt line: that makes a client of its own.",
  });
