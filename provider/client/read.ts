import type { CloudClient } from "../cloud/api";
import { isKind, ThinkGeoError } from "../cloud/failure";
import type { Budget, Time } from "../cloud/time";
import { existingIn, type ClientState } from "../model/client";
import { diffClient } from "../model/diff";
import { isComparable, planOf } from "../model/outputs";
import { knownType, type RemoteClient } from "../model/wire";
import type { AbsenceProof, Sought } from "./absence";
import type { Account } from "./account";
import { READ_AGAIN_MS } from "./write";

/** Reads one client of state as the account has it now, before anything is written over it. */
export class ClientReader {
  constructor(
    private readonly cloud: CloudClient,
    private readonly account: Account,
    private readonly absence: AbsenceProof,
    private readonly time: Time,
  ) {}

  /**
   * The client as it is now. A reading that is not what state has may be one that lags: only after some seconds it is
   * taken for somebody's change, or the write that follows would undo the one before.
   */
  async current(sought: Sought, state: ClientState, budget: Budget): Promise<RemoteClient> {
    let current = await this.#byId(sought, state, budget);
    if (!isComparable(state)) return current;
    const wanted = planOf(state);
    for (const wait of READ_AGAIN_MS.filter((ms) => ms > 0)) {
      const live = await this.account.describe(current, existingIn(state), budget);
      if (diffClient(current.id, live, wanted).changed.length === 0) break;
      // However short the time for requests is: a reading that is believed too early would be written back.
      await this.time.sleep(wait);
      current = await this.#byId(sought, state, budget);
    }
    return current;
  }

  async #byId(sought: Sought, state: ClientState, budget: Budget): Promise<RemoteClient> {
    // What is left out here would be sent as it is declared: a key that somebody has switched off would be switched on.
    const current = await this.account.withListed(await this.#find(sought, budget), budget);
    // Its key tells whether it is the one that we sign in with.
    return { ...current, apiKey: current.apiKey ?? state.clientId };
  }

  async #find(sought: Sought, budget: Budget): Promise<RemoteClient> {
    const { id, doing } = sought;
    return this.cloud.getClient(id, budget).catch(async (error: unknown) => {
      if (!isKind(error, "NotFound")) throw error;
      await this.account.freshRoster(budget);
      const late = await this.absence.find(sought, budget);
      if (late !== undefined) return late;
      const next =
        'If somebody deleted it, run "pulumi up --refresh" to make it again; check also that thinkgeo:clientId belongs to the right account.';
      throw new ThinkGeoError("NotFound", {
        doing,
        happened: "the account of thinkgeo:clientId has no such client",
        next,
        heading: "client-gone",
      });
    });
  }

  /** A listed client with all that the list leaves out, the secret too where state lacks it. */
  async inFull(listed: RemoteClient, state: ClientState, budget: Budget): Promise<RemoteClient> {
    // Somebody may have changed the type.
    const type = knownType(listed.clientType) ?? state.type;
    const lacksSecret =
      type === "NativeConfidential" && (listed.apiSecret ?? state.clientSecret) === undefined;
    return this.account.inFull(listed, budget, lacksSecret);
  }
}

/** A type cannot be changed back, and state does not know yet that it has changed: only a replacement helps. */
export function requireType({ clientType }: RemoteClient, declared: string, doing: string): void {
  if ((knownType(clientType) ?? declared) === declared) return;
  throw new ThinkGeoError("Conflict", {
    doing,
    happened: `its type was changed to ${String(clientType)} outside this program, and the program declares ${declared}`,
    next: 'Nothing was changed. Run "pulumi up --refresh" to replace it.',
    heading: "type-differs",
  });
}
