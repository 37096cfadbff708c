import type { Account } from "./account";
import type { CloudClient } from "../cloud/api";
import type { ClientResource } from "../model/client-resource";
import { isKind, ThinkGeoError } from "../cloud/errors";
import type { Budget, Time } from "../cloud/time";
import type { LockoutGuard } from "./lockout";
import { parseArgs, type ClientArgs } from "../model/args";
import { diffClient } from "../model/diff";
import type { RemoteClient } from "../model/wire";
import { isRewritten } from "../model/names";
import { distinctRoles } from "../model/roles";
import { believedSecret } from "../model/secret";
import { existingOf, outputsOf, type Declared } from "../model/outputs";
import { PartialFailure } from "../partial-failure";
import { COPY_SECRET, dangersOf, lacksSecret, NO_SECRET, type Origin } from "./warnings";
import { changedResource, resourceOf, withOtherList, writable } from "../model/client-resource";

type Properties = Readonly<Record<string, unknown>>;

const MOST_TURNS = 3;
/**
 * What was written a moment ago may not be visible yet, and what is seen too early may be what was before: it is looked
 * at again for ten seconds, as what is missing is (absence.ts), beside the time that the requests have.
 */
export const READ_AGAIN_MS = [0, 250, 500, 1_000, 2_000, 3_000, 3_500];

/** Makes a client that exists what was declared, and sees to it that it is. */
export class Settlement {
  constructor(
    private readonly cloud: CloudClient,
    private readonly account: Account,
    private readonly guard: LockoutGuard,
    private readonly time: Time,
    /** Says what a person should know and no error can say. */
    private readonly warn: (message: string) => void = () => undefined,
  ) {}

  /** Overlays what the program has changed on what there is, and writes it. */
  async write(
    current: RemoteClient,
    inputs: Properties,
    changed: readonly string[],
    budget: Budget,
  ): Promise<RemoteClient> {
    const args = parseArgs(inputs);
    const doing = `update client ${JSON.stringify(args.name)} (${current.id})`;
    const written = withOtherList(changed);
    this.guard.check(current, doing, {
      active: written.includes("active") ? args.active : current.isActive,
      allowedIpAddresses: written.includes("allowedIpAddresses")
        ? (args.allowedIpAddresses ?? [])
        : current.allowedIpAddresses,
      grantedRoles: written.includes("grantedRoles") ? args.grantedRoles : undefined,
    });
    const roles = written.includes("grantedRoles") ? await this.rolesOf(args, doing, budget) : undefined;
    return this.#replace(current, (raw) => changedResource(args, roles, raw, changed), budget);
  }

  /** Switches a client off and leaves everything else as it is. Fails where it then still works. */
  async retire(current: RemoteClient, doing: string, budget: Budget): Promise<void> {
    this.guard.check(current, doing, { active: false, allowedIpAddresses: [], grantedRoles: undefined });
    await this.#replace(current, (raw) => ({ ...writable(raw), isActive: false }), budget);
    for (const wait of READ_AGAIN_MS) {
      if (wait > 0) await this.time.sleep(wait);
      if ((await this.#read(current, budget))?.isActive === false) return;
    }
    throw new ThinkGeoError("Rejected", {
      doing,
      happened: "ThinkGeo accepted it and the client is still active",
      next: "Run the command again.",
    });
  }

  /** Replaces the whole object; where the server says that it changed since it was read, reads it again first. */
  async #replace(
    read: RemoteClient,
    overlay: (raw: ClientResource) => ClientResource,
    budget: Budget,
  ): Promise<RemoteClient> {
    let current = read;
    for (let turn = 1; ; turn++) {
      try {
        const answer = await this.cloud.updateClient(current.id, overlay(current.raw), current.etag, budget);
        await this.account.note((roster) => {
          roster.remember(answer);
        });
        return answer;
      } catch (error) {
        if (!isKind(error, "Outdated") || turn === MOST_TURNS) throw error;
        current = await this.cloud.getClient(current.id, budget);
      }
    }
  }

  /** Which declared properties the client does not have. */
  async missing(client: RemoteClient, inputs: Properties, budget: Budget): Promise<readonly string[]> {
    const { type } = parseArgs(inputs);
    const names = await this.account.roleNames(client.grantedRoles, budget);
    return diffClient(client.id, existingOf(client, type, names), inputs).changed;
  }

  /**
   * The outputs of a client that was just written; fails, keeping its id, if it is not what was asked for.
   * @param left properties that differed before, and were not to be changed
   */
  async outputs(
    written: RemoteClient,
    inputs: Properties,
    previous: Previous,
    budget: Budget,
    origin: Origin = "updated",
    left: readonly string[] = [],
  ): Promise<Record<string, unknown>> {
    const args = parseArgs(inputs);
    const title = `${JSON.stringify(args.name)} (${written.id})`;
    const { client, missing } = await this.#settled(written, inputs, previous, budget, left);
    const names = await this.account.roleNames(client.grantedRoles, budget);
    const ownerId = client.ownerId ?? previous.ownerId ?? (await this.account.ownerId(budget));
    const adopted = args.adopt ?? previous.adopted;
    const declared = { ...args, clientSecret: previous.clientSecret, ownerId, adopted };
    const outputs = outputsOf(client, declared, names);
    const live: Properties = { ...existingOf(client, args.type, names) };
    const reasons = missing.map((key) =>
      args.secretInputs?.includes(key)
        ? `ThinkGeo accepted ${key}, which is secret, and kept something else.`
        : notApplied(key, inputs[key], live[key]),
    );
    if (lacksSecret(args.type, outputs)) {
      if (origin === "made") reasons.push(`${NO_SECRET} ${COPY_SECRET}`);
      else this.warn(`client ${title}: ${NO_SECRET} ${COPY_SECRET}`);
    }
    if (believedSecret(client.raw["apiSecret"], previous.clientSecret).isDoubtful) this.#doubtSecrets();
    for (const danger of dangersOf(args, client, names, origin)) this.warn(`client ${title} ${danger}`);
    if (reasons.length > 0) {
      const advice =
        missing.length > 0
          ? adviceOnMissing(title, missing.includes("name") && isRewritten(args.name, client.name))
          : `Client ${title} exists and is kept in state; the next "pulumi up" goes on without its secret.`;
      throw new PartialFailure(client.id, outputs, inputs, [...reasons, advice]);
    }
    return outputs;
  }

  #doubted = false;

  /** Once a run: where one answer hides the secret, all do. */
  #doubtSecrets(): void {
    if (this.#doubted) return;
    this.#doubted = true;
    this.warn(
      "ThinkGeo's answers have a text where a client's secret should be that does not look like one, such as a mask. It was not taken: the secrets in state are kept.",
    );
  }

  /**
   * The outputs of a client that create has just made or found. Whatever goes wrong from here on, its id must reach
   * state, or nobody would know of it.
   */
  async outputsOfNew(
    client: RemoteClient,
    inputs: Properties,
    budget: Budget,
    origin: Origin,
  ): Promise<Record<string, unknown>> {
    try {
      return await this.outputs(client, inputs, {}, budget, origin);
    } catch (error) {
      if (error instanceof PartialFailure || !(error instanceof Error)) throw error;
      const advice = `The client exists (${client.id}) and is kept in state; run "pulumi up" again.`;
      // State needs it to prove later that the client is gone from the right account.
      const ownerId = await this.account.ownerId(budget).catch(() => undefined);
      const outputs = outputsOf(client, { ...parseArgs(inputs), ownerId }, client.grantedRoles);
      throw new PartialFailure(client.id, outputs, inputs, [error.message, advice]);
    }
  }

  /** The client as soon as readings show it as declared, or as the last of them shows it, with what it lacks. */
  async #settled(
    written: RemoteClient,
    inputs: Properties,
    { clientSecret }: Previous,
    budget: Budget,
    left: readonly string[],
  ): Promise<{ readonly client: RemoteClient; readonly missing: readonly string[] }> {
    const { type } = parseArgs(inputs);
    const missingIn = async (seen: RemoteClient): Promise<readonly string[]> =>
      (await this.missing(seen, inputs, budget)).filter((key) => !left.includes(key));
    let client = written;
    let missing = await missingIn(client);
    // An answer without the client's fields says nothing about them: ask, once.
    let isComplete =
      client.apiKey !== undefined &&
      (type === "JavaScript" || (client.apiSecret ?? clientSecret) !== undefined);
    for (const wait of READ_AGAIN_MS) {
      if (missing.length === 0 && isComplete) break;
      if (wait > 0) await this.time.sleep(wait);
      const read = await this.#read(client, budget);
      if (read === undefined) continue;
      isComplete = true;
      client = read;
      missing = await missingIn(client);
    }
    return { client, missing };
  }

  /** Keys that an earlier answer had are kept. Undefined where the client cannot be seen yet. */
  async #read(client: RemoteClient, budget: Budget): Promise<RemoteClient | undefined> {
    const read = await this.cloud.getClient(client.id, budget).catch((error: unknown) => {
      if (isKind(error, "NotFound")) return undefined;
      throw error;
    });
    if (read === undefined) return undefined;
    const complete = {
      ...read,
      apiKey: read.apiKey ?? client.apiKey,
      apiSecret: read.apiSecret ?? client.apiSecret,
    };
    await this.account.note((roster) => {
      roster.remember(complete);
    });
    return complete;
  }

  async rolesOf(args: ClientArgs, doing: string, budget: Budget): Promise<string[] | undefined> {
    return args.grantedRoles === undefined
      ? undefined
      : this.account.rolesToSend(distinctRoles(args.grantedRoles), doing, budget);
  }

  /** The body of a new client. */
  async newResource(args: ClientArgs, doing: string, budget: Budget): Promise<ClientResource> {
    return resourceOf(args, await this.rolesOf(args, doing, budget));
  }
}

/** What state has of the client. */
type Previous = Pick<Declared, "clientSecret" | "ownerId" | "adopted">;

/** @param keepsForm whether the name was kept in a form of the service's own, as it would be each time */
const adviceOnMissing = (title: string, keepsForm: boolean): string =>
  keepsForm
    ? `Client ${title} exists. To send the same name again changes nothing: declare one without what ThinkGeo changed or cut off (signs such as & and <, capitals, blanks, length), and run "pulumi up" again.`
    : `Client ${title} exists and is not yet what was declared; run "pulumi up" again.`;

const notApplied = (key: string, asked: unknown, kept: unknown): string =>
  `ThinkGeo accepted ${key} ${JSON.stringify(asked ?? null)} and kept ${JSON.stringify(kept ?? null)}.`;
