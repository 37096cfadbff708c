import { once } from "node:events";
import type { Cloud } from "./call";
import { EmulatorAccount } from "./emulator-account";
import type { Account } from "./entities";
import type { FaultRule } from "./fault-rule";
import type { Fault } from "./faults";
import type { RequestFilter } from "./request";
import type { RequestEntry, RequestHook } from "./request-log";
import { checkSwitches, defaultSwitches, type Switches } from "./switches";

/** The credentials that a program signs in with. */
export interface OperatorCredentials {
  /** For `THINKGEO_CLIENT_ID`. */
  readonly clientId: string;
  /** For `THINKGEO_CLIENT_SECRET`. */
  readonly clientSecret: string;
}

/** What an account begins with. */
export interface AccountOptions {
  /** Its name. @default Account 1, Account 2 and so on */
  readonly name?: string | undefined;
  /** Credentials of its client "Emulator operator". @default random */
  readonly operator?: OperatorCredentials | undefined;
}

/** ThinkGeo Cloud on loopback: what it holds, what it saw, and what goes wrong. */
export class Emulator {
  readonly #cloud: Cloud;
  readonly #accounts = new Map<string, EmulatorAccount>();

  constructor(cloud: Cloud) {
    this.#cloud = cloud;
  }

  /** Base URL, for `THINKGEO_API_URL`. */
  get url(): string {
    return this.#cloud.url;
  }

  /** The accounts in the order in which they were made; there is always a first. */
  get accounts(): readonly [EmulatorAccount, ...EmulatorAccount[]] {
    const [first, ...others] = this.#cloud.store.accounts.map((account) => this.#account(account));
    if (first === undefined) throw new Error("The emulator has no account.");
    return [first, ...others];
  }

  /** Adds an account, which has the client "Emulator operator" and no other. */
  addAccount(options: AccountOptions = {}): EmulatorAccount {
    const { store } = this.#cloud;
    const account = store.addAccount(
      options.name ?? `Account ${store.accounts.length + 1}`,
      options.operator,
    );
    store.save();
    return this.#account(account);
  }

  /** The position of every switch. */
  get switches(): Readonly<Switches> {
    return this.#cloud.switches;
  }

  /** Sets some switches and leaves the others. */
  setSwitches(switches: Partial<Switches>): void {
    this.#cloud.switches = { ...this.#cloud.switches, ...checkSwitches(switches) };
    if (switches.quota !== undefined) this.#cloud.quotaLeft = switches.quota;
  }

  /** Puts every switch back into its default position. */
  resetSwitches(): void {
    this.setSwitches(defaultSwitches);
  }

  /** Makes something go wrong, until its rule is used up or it is removed. */
  fault(rule: FaultRule): Fault {
    return this.#cloud.faults.add(rule);
  }

  /** The faults that are set, in the order in which they were. */
  get faults(): readonly Fault[] {
    return this.#cloud.faults.list();
  }

  /** Removes all faults, and lets held requests go on. */
  clearFaults(): void {
    this.#cloud.faults.clear();
  }

  /** Requests since the start or the last `clearRequests`, oldest first; those to /emulator/ are not among them. */
  requests(filter: RequestFilter = {}): RequestEntry[] {
    return this.#cloud.log.entries(filter);
  }

  /** Forgets all requests. */
  clearRequests(): void {
    this.#cloud.log.clear();
  }

  /** Most requests that were open at one time since the last `clearRequests`. */
  get maxInFlight(): number {
    return this.#cloud.log.maxInFlight;
  }

  /** Calls `hook` before and after each request is applied; the answer stops that. */
  onRequest(hook: RequestHook): () => void {
    this.#cloud.hooks.add(hook);
    return () => {
      this.#cloud.hooks.delete(hook);
    };
  }

  /** Revokes the tokens of one client (its GUID), or all; answers how many. */
  revokeTokens(clientId?: string): number {
    return this.#cloud.tokens.revoke(clientId);
  }

  /** Stops at once: open connections are cut, held requests too. */
  async close(): Promise<void> {
    this.#cloud.stopped = true;
    this.clearFaults();
    const { server, store } = this.#cloud;
    if (server?.listening === true) {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    }
    store.close();
  }

  #account(account: Account): EmulatorAccount {
    const known = this.#accounts.get(account.id) ?? new EmulatorAccount(this.#cloud, account);
    this.#accounts.set(account.id, known);
    return known;
  }
}
