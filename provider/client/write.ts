import type { CloudClient } from "../cloud/api";
import { isKind, ThinkGeoError } from "../cloud/failure";
import type { Budget, Time } from "../cloud/time";
import { PartialFailure } from "../errors";
import {
  liveClient,
  omittedProperties,
  type ClientArgs,
  type ClientState,
  type Existing,
  type LiveClient,
  type PropertyName,
} from "../model/client";
import { changedBody, withOtherList, writable, type ClientBody } from "../model/client-body";
import { diffClient } from "../model/diff";
import { isRewritten } from "../model/names";
import { outputsOf, planOf } from "../model/outputs";
import { believedSecret } from "../model/secret";
import { completedBy, isOmitted, knownType, type RemoteClient } from "../model/wire";
import { textOf } from "../troubleshooting";
import { AddressList } from "../whitelist";
import type { Account } from "./account";
import type { LockoutGuard } from "./lockout";
import { COPY_SECRET, dangersOf, lacksSecret, neverSeen, NO_SECRET } from "./warnings";

const MOST_TURNS = 3;

/**
 * The waits before a client is read again. A read may show for some seconds what was there before the write, so it is
 * repeated for ten seconds, as reads of a missing client are (absence.ts). These waits do not count as time of requests.
 */
export const READ_AGAIN_MS = [0, 250, 500, 1_000, 2_000, 3_000, 3_500];

/** A client of the account beside what a program declares of it. */
interface Compared {
  readonly client: RemoteClient;
  readonly live: LiveClient;
  /** The declared properties that it does not have. */
  readonly differing: readonly PropertyName[];
}

/** What state had of a client that is written. */
type Previous = Pick<ClientState, "clientId" | "clientSecret" | "ownerId" | "adopted" | "effectiveRoles">;

/** Changes a client that exists to what was declared, and sees to it that it is. */
export class ClientWriter {
  constructor(
    private readonly cloud: CloudClient,
    private readonly account: Account,
    private readonly guard: LockoutGuard,
    private readonly time: Time,
    /** Says what a person should know and no error can say. */
    private readonly warn: (message: string) => void = () => undefined,
  ) {}

  /** @param assumed what holds where no answer says anything; by default nothing that a program would have to ask for */
  async compare(
    client: RemoteClient,
    args: ClientArgs,
    assumed: Existing,
    budget: Budget,
  ): Promise<Compared> {
    const live = await this.account.describe(client, assumed, budget);
    return { client, live, differing: diffClient(client.id, live, planOf(args)).changed };
  }

  /** A client in full, if it is in everything what was sent; its name may be one that the server has made of ours. */
  async asSent(listed: RemoteClient, args: ClientArgs, budget: Budget): Promise<RemoteClient | undefined> {
    const one = await this.account.getIfThere(listed.id, budget);
    // Either may leave something out.
    const client = one && completedBy(one, listed);
    if (client?.clientType !== args.type || !isRewritten(args.name, client.name)) return undefined;
    const { differing } = await this.compare(client, args, { type: args.type }, budget);
    return differing.every((name) => name === "name") ? client : undefined;
  }

  /** Whether a client, read in full, may be one that was asked for, for all that answers say and whatever its name is. */
  async mayBe(client: RemoteClient, args: ClientArgs, budget: Budget): Promise<boolean> {
    if ((knownType(client.clientType) ?? args.type) !== args.type) return false;
    const { differing } = await this.compare(client, args, args, budget);
    return differing.every((name) => name === "name");
  }

  /** Overlays what the program has changed on what there is, and writes it. */
  async write(
    current: RemoteClient,
    args: ClientArgs,
    changed: readonly PropertyName[],
    { effectiveRoles }: Previous,
    budget: Budget,
  ): Promise<RemoteClient> {
    const doing = `update client ${JSON.stringify(args.name)} (${current.id})`;
    const written = withOtherList(changed);
    this.guard.check(current, doing, {
      active: written.includes("active") ? args.active : current.isActive,
      allowedIpAddresses: written.includes("allowedIpAddresses")
        ? (args.allowedIpAddresses ?? new AddressList())
        : new AddressList(current.allowedIpAddresses),
      grantedRoles: written.includes("grantedRoles") ? args.grantedRoles : undefined,
    });
    // What an answer leaves out is sent as it is declared or in state, because an update may reset what it lacks.
    const known = isOmitted(current, "grantedRoles") ? (args.grantedRoles ?? effectiveRoles) : undefined;
    const wanted = written.includes("grantedRoles") ? args.grantedRoles : known;
    const roles = await this.account.rolesToSend(wanted, doing, budget);
    return this.#replace(current, (raw) => changedBody(args, roles, raw, written), budget);
  }

  /** Switches a client off and leaves everything else as it is. Fails where it then still works. */
  async deactivate(current: RemoteClient, doing: string, budget: Budget): Promise<void> {
    const change = { active: false, allowedIpAddresses: new AddressList(), grantedRoles: undefined };
    this.guard.check(current, doing, change);
    await this.#replace(current, (raw) => ({ ...writable(raw), isActive: false }), budget);
    for (const wait of READ_AGAIN_MS) {
      if (wait > 0) await this.time.sleep(wait);
      if ((await this.#read(current, budget))?.isActive === false) return;
    }
    throw new ThinkGeoError("Rejected", {
      doing,
      happened: "ThinkGeo accepted it and the client is still active",
      next: "Run the command again.",
      heading: "not-stored",
    });
  }

  /** Replaces the whole object; where the server says that it changed since it was read, reads it again first. */
  async #replace(
    read: RemoteClient,
    overlay: (raw: ClientBody) => ClientBody,
    budget: Budget,
  ): Promise<RemoteClient> {
    let current = read;
    for (let turn = 1; ; turn++) {
      try {
        const answer = await this.cloud.updateClient(current.id, overlay(current.raw), current.etag, budget);
        await this.account.remember(answer);
        return answer;
      } catch (error) {
        if (!isKind(error, "Outdated") || turn === MOST_TURNS) throw error;
        current = await this.cloud.getClient(current.id, budget);
      }
    }
  }

  /**
   * The outputs of a client that was just written; fails, keeping its id, if it is not what was asked for.
   *
   * @param made whether this run has made it: then its secret and its roles must be there
   * @param left properties that differed before, and were not to be changed
   */
  async outputs(
    written: RemoteClient,
    args: ClientArgs,
    previous: Previous,
    budget: Budget,
    { made = false, left = [] }: { readonly made?: boolean; readonly left?: readonly PropertyName[] } = {},
  ): Promise<ClientState> {
    const title = `${JSON.stringify(args.name)} (${written.id})`;
    const { client, live, differing } = await this.#settled(written, args, previous, budget, left);
    const ownerId = client.ownerId ?? previous.ownerId ?? (await this.account.ownerId(budget));
    const adopted = args.adopt ?? previous.adopted;
    const { clientId, clientSecret } = previous;
    const outputs = outputsOf(client, live, { ...args, clientId, clientSecret, ownerId, adopted });
    const reasons = differing.map((name) => notApplied(name, args, live));
    if (lacksSecret({ type: args.type, clientSecret: outputs.clientSecret })) {
      if (made) reasons.push(`${NO_SECRET} ${COPY_SECRET}`);
      else this.warn(`client ${title}: ${NO_SECRET} ${COPY_SECRET}`);
    }
    if (believedSecret(client.raw["apiSecret"], clientSecret).isDoubtful) this.#warnOfMask();
    this.account.warnOfOmitted(client, args.name, { ...args, clientId });
    const rolesPresent = !isOmitted(client, "grantedRoles");
    for (const danger of dangersOf(args, live, { made, rolesPresent }))
      this.warn(`client ${title} ${danger}`);
    if (reasons.length === 0) return outputs;
    const advice =
      differing.length > 0
        ? adviceOnDifference(title, differing.includes("name") && isRewritten(args.name, client.name))
        : `Client ${title} exists and is kept in state; the next "pulumi up" goes on without its secret.`;
    const heading = differing.length > 0 ? "not-stored" : "secret-unknown";
    throw new PartialFailure(heading, client.id, outputs, [...reasons, advice]);
  }

  #warnedOfMask = false;

  /** Once a run: where one answer hides the secret, all do. */
  #warnOfMask(): void {
    if (this.#warnedOfMask) return;
    this.#warnedOfMask = true;
    this.warn(
      "ThinkGeo's responses have a text where a client's secret should be that does not look like one, such as a mask. It was not taken: the secrets in state are kept.",
    );
  }

  /**
   * The outputs of a client that create has just made or found. Whatever goes wrong from here on, its id must reach
   * state, or nobody would know of it.
   */
  async outputsOfCreated(
    client: RemoteClient,
    args: ClientArgs,
    budget: Budget,
    made: boolean,
  ): Promise<ClientState> {
    try {
      return await this.outputs(client, args, NOTHING, budget, { made });
    } catch (error) {
      if (error instanceof PartialFailure || !(error instanceof Error)) throw error;
      const advice = `The client exists (${client.id}) and is kept in state; run "pulumi up" again.`;
      // State needs it to prove later that the client is gone from the right account.
      const ownerId = await this.account.ownerId(budget).catch(() => undefined);
      const live = liveClient(client, args, client.grantedRoles);
      throw new PartialFailure("kept-in-state", client.id, outputsOf(client, live, { ...args, ownerId }), [
        textOf(error),
        advice,
      ]);
    }
  }

  /** The client as soon as readings show it as declared, or as the last of them shows it, with what it lacks. */
  async #settled(
    written: RemoteClient,
    args: ClientArgs,
    { clientId, clientSecret, effectiveRoles }: Previous,
    budget: Budget,
    left: readonly PropertyName[],
  ): Promise<Compared> {
    const assumed = { ...args, grantedRoles: args.grantedRoles ?? effectiveRoles };
    const compare = async (client: RemoteClient): Promise<Compared> => {
      const compared = await this.compare(client, args, assumed, budget);
      return { ...compared, differing: compared.differing.filter((name) => !left.includes(name)) };
    };
    let found = await compare(written);
    // An answer without the client's fields says nothing about them: ask, once.
    let isComplete =
      (written.apiKey ?? clientId) !== undefined &&
      omittedProperties(written, args).length === 0 &&
      (args.type === "JavaScript" || (written.apiSecret ?? clientSecret) !== undefined);
    let isUnseen = false;
    for (const wait of READ_AGAIN_MS) {
      if (found.differing.length === 0 && isComplete) break;
      if (wait > 0) await this.time.sleep(wait);
      const read = await this.#read(found.client, budget);
      isUnseen = read === undefined;
      if (read === undefined) continue;
      isComplete = true;
      found = await compare(read);
    }
    if (isUnseen) this.warn(neverSeen(args.name, written.id));
    return found;
  }

  /** Keys that an earlier answer had are kept. Undefined where the client cannot be seen yet. */
  async #read(client: RemoteClient, budget: Budget): Promise<RemoteClient | undefined> {
    const read = await this.account.getIfThere(client.id, budget);
    if (read === undefined) return undefined;
    const complete = {
      ...read,
      apiKey: read.apiKey ?? client.apiKey,
      apiSecret: read.apiSecret ?? client.apiSecret,
    };
    await this.account.remember(complete);
    return complete;
  }
}

/** Of a client that state does not have. */
export const NOTHING: Previous = {
  clientId: undefined,
  clientSecret: undefined,
  ownerId: undefined,
  adopted: undefined,
  effectiveRoles: undefined,
};

/** @param keepsForm whether the name was kept in a form of the service's own, as it would be each time */
const adviceOnDifference = (title: string, keepsForm: boolean): string =>
  keepsForm
    ? `Client ${title} exists. To send the same name again changes nothing: declare one without what ThinkGeo changed or cut off (signs such as & and <, capitals, blanks, length), and run "pulumi up" again.`
    : `Client ${title} exists and is not yet what was declared; run "pulumi up" again.`;

function notApplied(name: PropertyName, args: ClientArgs, live: LiveClient): string {
  if (args.secretInputs?.includes(name) === true)
    return `ThinkGeo accepted ${name}, which is secret, and kept something else.`;
  const [asked, kept]: Existing[] = [args, live];
  return `ThinkGeo accepted ${name} ${JSON.stringify(asked?.[name] ?? null)} and kept ${JSON.stringify(kept?.[name] ?? null)}.`;
}
