import type { Known } from "../client/known";
import type { ClientLife } from "../client/life";
import { withProperties } from "../client/resource";
import { lacksSecret, leftAsItIs, leftOfPrevious, staysOff } from "../client/warnings";
import { isKind, ThinkGeoError } from "../cloud/failure";
import { PartialFailure } from "../errors";
import {
  ACCOUNT_PROPERTIES,
  existingIn,
  readArgs,
  readState,
  type ClientState,
  type DeletionPolicy,
} from "../model/client";
import { diffClient } from "../model/diff";
import { importedInputs, planOf, toProperties } from "../model/outputs";
import { parseMembers, SCHEDULE_DEFAULTS, type Member } from "../model/rotation";
import type { Properties } from "../model/values";
import { headingOf, textOf } from "../troubleshooting";
import { decide } from "./decide";
import { diffPair, driftToMend, isToWork } from "./diff";
import {
  clientInputs,
  hasAdopted,
  memberInputs,
  withIgnoredOfBoth,
  namesBefore,
  keptAsItWas,
  memberOf,
  outputsOfPair,
  pairOf,
  refreshed,
  stateOfPrevious,
  type Pair,
} from "./pair";
import type { Rotation } from "./plan";

type Outputs = Record<string, unknown>;

/** What a run works towards: the resource, what is declared of it, and what is decided. */
interface Target {
  readonly id: string;
  readonly inputs: Properties;
  readonly rotation: Rotation;
}

/**
 * The life of a rotation: at most two clients of one account. The next one is made before anything happens to the one
 * that is in use, and nothing is made before there is room.
 */
export class RotationLife {
  constructor(
    private readonly clients: ClientLife,
    private readonly known: Known,
    /** Milliseconds since 1970. */
    private readonly now: () => number,
  ) {}

  /** Makes the first client, or takes one over. */
  create(inputs: Properties): Promise<{ id: string; outs: Outputs }> {
    return withProperties(inputs, async () => {
      const rotation = this.#decided({}, inputs);
      // An id of its own: clients come and go under it.
      const id = String(inputs["autoName"]);
      const pair = await this.#makeCurrent(pairOf({}), { id, inputs, rotation });
      return { id, outs: outputsOfPair(pair, inputs, rotation) };
    });
  }

  /** A client that nobody manages yet, as the first of a rotation. */
  async import(id: string): Promise<{ id: string; props: Outputs; inputs: Outputs }> {
    const client = await this.clients.import(id);
    const inputs = importedInputs(client);
    const defaults = { deletionPolicy: "delete", ...SCHEDULE_DEFAULTS };
    const rotation = this.#decided({}, inputs);
    const pair = { client, current: memberOf(id, rotation.generation, client) };
    return { id, props: outputsOfPair(pair, { ...inputs, ...defaults }, rotation), inputs };
  }

  /**
   * What the account has of the two. Even if both are gone, the rotation stays in state: it knows which client comes
   * next, and so recognises one that a run which was cut off has made.
   */
  async read(id: string, olds: Properties): Promise<{ id: string; props: Outputs }> {
    const pair = pairOf(olds);
    const [current, previous] = await Promise.all([this.#readCurrent(pair), this.#readPrevious(pair)]);
    const found = { ...pair, current: undefined, ...current, previous };
    return { id, props: refreshed(olds, found) };
  }

  /** Brings the two clients to what is declared and decided. */
  update(id: string, olds: Properties, news: Properties): Promise<{ outs: Outputs }> {
    return withProperties(news, async () => {
      const inputs = withIgnoredOfBoth(news, olds);
      const rotation = this.#decided(olds, inputs);
      const target = { id, inputs, rotation };
      const before = pairOf(olds);
      let pair = before;
      const difference = diffPair(before, olds, inputs, rotation);
      // Whatever is due, the client before the current one stays as it is while nobody can use the current one.
      if (difference.unusable) {
        pair = await this.#changeCurrent(pair, target);
        if (pair.current !== undefined) requireSecret(pair.current.id, pair.client);
      }
      if (difference.rotate) pair = await this.#makeCurrent(await this.#makeRoom(pair, target), target);
      else if (difference.current.length > 0) pair = await this.#changeCurrent(pair, target);
      if (difference.rotate || difference.previous) {
        try {
          pair = await this.#settlePrevious(pair, before.client, target);
        } catch (error) {
          if (!(error instanceof Error)) throw error;
          if (difference.rotate && rotation.previous === "valid" && pair.previous !== undefined) {
            // Whoever uses the key is to get the new one now; the next up goes on with the old one.
            pair = { ...pair, previous: { ...pair.previous, drifted: [...ACCOUNT_PROPERTIES] } };
          } else if (difference.rotate || error instanceof PartialFailure) {
            const texts = error instanceof PartialFailure ? error.texts : [textOf(error)];
            throw new PartialFailure(headingOf(error), id, outputsOfPair(pair, inputs, rotation), texts);
          } else throw error;
        }
      }
      return { outs: outputsOfPair(pair, inputs, rotation) };
    });
  }

  /** Deletes, deactivates or leaves both, as `deletionPolicy` says. */
  async delete(olds: Properties): Promise<void> {
    const { current, previous } = parseMembers(olds);
    const { deletionPolicy, ownerId } = readState(olds);
    const outcomes = await Promise.allSettled(
      [current, previous].map(async (member) => {
        if (member !== undefined) await this.#delete(member, ownerId, deletionPolicy);
      }),
    );
    for (const outcome of outcomes) if (outcome.status === "rejected") throw outcome.reason;
  }

  #decided(olds: Properties, inputs: Properties): Rotation {
    const rotation = decide(olds, inputs, this.now());
    if (rotation === undefined) throw new Error("the inputs of this RotatingClient are not known");
    return rotation;
  }

  async #readCurrent({ client, current }: Pair): Promise<Pick<Pair, "client" | "current"> | undefined> {
    if (current === undefined) return undefined;
    const found = await this.clients.read(current.id, client);
    return found && { client: found, current: memberOf(current.id, current.generation, found) };
  }

  async #readPrevious(pair: Pair): Promise<Member | undefined> {
    const { client, previous } = pair;
    if (previous === undefined) return undefined;
    const found = await this.clients.read(previous.id, stateOfPrevious(pair, previous));
    if (found === undefined) return undefined;
    const wanted = planOf({ ...client, name: previous.name, active: found.active });
    const { changed } = diffClient(previous.id, existingIn(found), wanted);
    const member = memberOf(previous.id, previous.generation, found, changed);
    if (!member.active && previous.active) this.clients.warn(staysOff(member.name, previous.id));
    return { ...member, keptOff: !member.active && (previous.keptOff || previous.active) };
  }

  /** Where there are two clients already, the one before goes before a third is made. */
  async #makeRoom(pair: Pair, { inputs, rotation }: Target): Promise<Pair> {
    const { client, current, previous } = pair;
    // If the current one has gone, the one before it is the only one that works; but one that was retired stays so. What
    // somebody has deactivated stays anyway.
    const retired =
      previous?.active === false &&
      !previous.keptOff &&
      inputs["active"] !== false &&
      rotation.previous === "valid";
    if (current === undefined && !retired) return pair;
    if (previous !== undefined) await this.#delete(previous, client.ownerId);
    return {
      ...pair,
      current: undefined,
      previous: current && keptAsItWas({ ...current, active: client.active }, inputs),
      previousClientSecret: current && client.clientSecret,
    };
  }

  async #makeCurrent(pair: Pair, target: Target): Promise<Pair> {
    const { inputs, rotation } = target;
    const { generation } = rotation;
    const adopt = this.#adoptable(inputs, pair);
    const wanted = clientInputs(inputs, generation);
    const adopted = adoptLine(inputs) ?? pair.adopted;
    return this.#withCurrent({ ...pair, adopted }, generation, target, async () => {
      const made = await this.clients.create({
        args: { ...readArgs(wanted), adopt },
        resource: this.known.claims.keyOf(wanted),
        formerNames: namesBefore(inputs, generation),
        replaces: this.known.claims.isReplacement(inputs),
      });
      if (generation > 1) requireSecret(made.id, made.outputs);
      return made;
    });
  }

  /** A GUID that has been taken over once does not count again when the next client is made, or the first anew. */
  #adoptable(inputs: Properties, pair: Pair): string | undefined {
    const adopt = adoptLine(inputs);
    if (adopt === undefined || this.known.isLeftOver(adopt, this.known.claims.keyOf(inputs)))
      return undefined;
    return hasAdopted(pair, adopt) ? undefined : adopt;
  }

  async #changeCurrent(pair: Pair, target: Target): Promise<Pair> {
    const { client, current } = pair;
    if (current === undefined) return pair;
    const { id, generation } = current;
    return this.#withCurrent(pair, generation, target, async () => {
      const args = readArgs(memberInputs(target.inputs, { ...client, generation }));
      const { outputs } = await this.clients.update(id, client, args);
      return { id, outputs };
    });
  }

  /** The pair with the current client that is made or changed; one that is not as declared is a failure of the resource. */
  async #withCurrent(
    pair: Pair,
    generation: number,
    { id, inputs, rotation }: Target,
    work: () => Promise<{ readonly id: string; readonly outputs: ClientState }>,
  ): Promise<Pair> {
    const having = (guid: string, client: ClientState): Pair => ({
      ...pair,
      client,
      current: memberOf(guid, generation, client),
    });
    try {
      const done = await work();
      return having(done.id, done.outputs);
    } catch (error) {
      if (!(error instanceof PartialFailure)) throw error;
      const partial = having(error.id, readState(toProperties(error.outputs)));
      throw new PartialFailure(error.heading, id, outputsOfPair(partial, inputs, rotation), error.texts);
    }
  }

  /**
   * Keeps the one before the current in step with it, switches it off, or deletes it.
   * @param before what both clients had in common before this run
   */
  async #settlePrevious(pair: Pair, before: ClientState, { inputs, rotation }: Target): Promise<Pair> {
    const { previous } = pair;
    if (previous === undefined) return pair;
    const without = { ...pair, previous: undefined, previousClientSecret: undefined };
    if (rotation.previous === "none") {
      await this.#delete(previous, pair.client.ownerId);
      return without;
    }
    const state = stateOfPrevious({ ...pair, client: before }, previous);
    const active = isToWork(previous, inputs, rotation);
    const args = { ...readArgs(memberInputs(inputs, previous)), active };
    try {
      const scope = driftToMend(previous, inputs);
      // It was to work and does not: somebody has switched it off, before its turn was over or after.
      const isOff = (left: readonly string[]): boolean => active && left.includes("active");
      const { outputs, left } = await this.clients.update(
        previous.id,
        state,
        args,
        scope,
        (name, id, keys) => (isOff(keys) ? leftOfPrevious(name, id, keys) : leftAsItIs(name, id, keys)),
      );
      const keptOff = previous.keptOff || isOff(left);
      const member = memberOf(previous.id, previous.generation, outputs);
      return { ...pair, previous: { ...member, keptOff, active: member.active && !keptOff } };
    } catch (error) {
      if (!isKind(error, "NotFound")) throw error;
      // Somebody else has deleted it: only if that is certain, it is forgotten.
      if ((await this.clients.read(previous.id, state)) !== undefined) throw error;
      return without;
    }
  }

  async #delete(
    { id, name }: Member,
    ownerId: string | undefined,
    deletionPolicy: DeletionPolicy = "delete",
  ): Promise<void> {
    this.known.claims.release(id);
    await this.clients.delete(id, readState({ name, ownerId, deletionPolicy }));
  }
}

const adoptLine = ({ adopt }: Properties): string | undefined =>
  typeof adopt === "string" ? adopt : undefined;

/** A lost client that is taken over must not become the one that everybody is to use if nobody can. */
function requireSecret(id: string, client: ClientState): void {
  if (!lacksSecret(client)) return;
  const { name } = client;
  throw new ThinkGeoError("Conflict", {
    doing: `make client ${JSON.stringify(name)} (${id}) the current one`,
    happened:
      "it was made by a run that did not learn its secret, and ThinkGeo does not show it any more, so nobody could use it",
    next: `The client before it stays as it is. Delete client ${id} in ThinkGeo's console, take its adopt line out if there is one, and run "pulumi up --refresh": another one is made.`,
    heading: "secret-unknown",
  });
}
