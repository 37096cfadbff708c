import type { Account } from "./account";
import type { CloudClient, ClientResource } from "./cloud/client";
import { isKind } from "./cloud/errors";
import type { Budget, Time } from "./cloud/time";
import type { LockoutGuard } from "./lockout";
import { parseArgs, type ClientArgs } from "./model/args";
import { diffClient } from "./model/diff";
import type { RemoteClient } from "./model/wire";
import { existingOf, outputsOf, type Declared } from "./outputs";
import { PartialFailure } from "./partial-failure";
import { resourceOf, writable } from "./resource";

type Properties = Readonly<Record<string, unknown>>;

const MOST_TURNS = 3;
const VISIBLE_AFTER_MS = [250, 500, 1_000, 2_000];

/** Makes a client that exists what was declared, and sees to it that it is. */
export class Settlement {
  constructor(
    private readonly cloud: CloudClient,
    private readonly account: Account,
    private readonly guard: LockoutGuard,
    private readonly time: Time,
  ) {}

  /** Overlays what is declared on what there is, and writes it. */
  async write(current: RemoteClient, inputs: Properties, budget: Budget): Promise<RemoteClient> {
    const args = parseArgs(inputs);
    const doing = `update client ${JSON.stringify(args.name)} (${current.id})`;
    const { active, allowedIpAddresses = [], grantedRoles } = args;
    this.guard.check(current, doing, { active, allowedIpAddresses, grantedRoles });
    const roles = await this.rolesOf(args, doing, budget);
    return this.#replace(current, (raw) => resourceOf(args, roles, raw), budget);
  }

  /** Switches a client off and leaves everything else as it is. */
  async retire(current: RemoteClient, doing: string, budget: Budget): Promise<RemoteClient> {
    this.guard.check(current, doing, { active: false, allowedIpAddresses: [], grantedRoles: undefined });
    return this.#replace(current, (raw) => ({ ...writable(raw), isActive: false }), budget);
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

  /** The outputs of a client that was just written; fails, keeping its id, if it is not what was asked for. */
  async outputs(
    written: RemoteClient,
    inputs: Properties,
    previous: Partial<Declared>,
    budget: Budget,
  ): Promise<Record<string, unknown>> {
    const args = parseArgs(inputs);
    let client = written;
    let missing = await this.missing(client, inputs, budget);
    const lacksSecret = (): boolean =>
      args.type === "NativeConfidential" &&
      client.apiSecret === undefined &&
      previous.clientSecret === undefined;
    if (missing.length > 0 || lacksSecret() || client.apiKey === undefined) {
      client = await this.#readBack(client, budget);
      missing = await this.missing(client, inputs, budget);
    }
    const names = await this.account.roleNames(client.grantedRoles, budget);
    const outputs = outputsOf(client, { ...args, clientSecret: previous.clientSecret }, names);
    const reasons = missing.map((key) =>
      notApplied(key, inputs[key], outputs[key === "grantedRoles" ? "effectiveRoles" : key]),
    );
    if (reasons.length > 0) {
      const advice = `Client ${JSON.stringify(args.name)} (${client.id}) exists and is not yet what was declared; run "pulumi up" again.`;
      throw new PartialFailure(client.id, outputs, inputs, [...reasons, advice]);
    }
    return outputs;
  }

  /**
   * The outputs of a client that create has just made or found. Whatever goes wrong from here on, its id must reach
   * state, or nobody would know of it.
   */
  async outputsOfNew(
    client: RemoteClient,
    inputs: Properties,
    budget: Budget,
  ): Promise<Record<string, unknown>> {
    try {
      return await this.outputs(client, inputs, {}, budget);
    } catch (error) {
      if (error instanceof PartialFailure || !(error instanceof Error)) throw error;
      const advice = `The client exists (${client.id}) and is kept in state; run "pulumi up" again.`;
      throw new PartialFailure(client.id, outputsOf(client, parseArgs(inputs), client.grantedRoles), inputs, [
        error.message,
        advice,
      ]);
    }
  }

  /** An answer without the client's fields says nothing about them: ask. A secret that an earlier answer had is kept. */
  async #readBack(client: RemoteClient, budget: Budget): Promise<RemoteClient> {
    const read = await this.#readNew(client.id, budget);
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

  /** What was written a moment ago may not be visible yet: that is no proof of anything. */
  async #readNew(id: string, budget: Budget): Promise<RemoteClient> {
    for (const wait of VISIBLE_AFTER_MS) {
      try {
        return await this.cloud.getClient(id, budget);
      } catch (error) {
        if (!isKind(error, "NotFound")) throw error;
        await budget.spend(() => this.time.sleep(wait));
      }
    }
    return this.cloud.getClient(id, budget);
  }

  async rolesOf(args: ClientArgs, doing: string, budget: Budget): Promise<string[] | undefined> {
    return args.grantedRoles === undefined
      ? undefined
      : this.account.rolesToSend(args.grantedRoles, doing, budget);
  }

  /** The body of a new client. */
  async newResource(args: ClientArgs, doing: string, budget: Budget): Promise<ClientResource> {
    return resourceOf(args, await this.rolesOf(args, doing, budget));
  }
}

const notApplied = (key: string, asked: unknown, kept: unknown): string =>
  `ThinkGeo accepted ${key} ${JSON.stringify(asked ?? null)} and kept ${JSON.stringify(kept ?? null)}.`;
