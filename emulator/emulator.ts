import { once } from "node:events";
import type { Server } from "node:http";
import { adminReply } from "./admin";
import type { Cloud } from "./call";
import { EmulatorAccount } from "./emulator-account";
import { Faults, type Fault, type FaultRule } from "./faults";
import type { RequestHook } from "./hooks";
import { Tokens } from "./jwt";
import { RequestRecord, type RequestEntry, type RequestFilter } from "./record";
import { listen, type TlsOptions } from "./server";
import { Store, type Account } from "./store";
import { checkSwitches, defaultSwitches } from "./switch-values";
import type { Switches } from "./switches";

export interface EmulatorOptions {
  /** Port on 127.0.0.1. @default 0, any that is free */
  readonly port?: number | undefined;
  /** File that keeps the accounts, so that they survive a kill. @default none: in memory */
  readonly data?: string | undefined;
  /** Accounts to begin with; a data file that has more keeps them. @default 1 */
  readonly accounts?: number | undefined;
  /** Switches that are not to be in their default position. */
  readonly switches?: Partial<Switches> | undefined;
  /** Speak https with this key and certificate. @default http */
  readonly tls?: TlsOptions | undefined;
  /** The first account's credentials, where a test needs to know them beforehand. @default random */
  readonly operator?: AccountOptions["operator"];
  /** Milliseconds since 1970: what lags, delays and lives of tokens are measured by. @default Date.now */
  readonly now?: (() => number) | undefined;
}

export interface AccountOptions {
  readonly name?: string | undefined;
  /** Credentials of its client "Emulator operator". @default random */
  readonly operator?: { readonly clientId: string; readonly clientSecret: string } | undefined;
}

/** ThinkGeo Cloud on loopback: what it holds, what it saw, and what goes wrong. */
export class Emulator {
  readonly #cloud: Cloud;
  #server: Server | undefined;
  readonly #accounts = new Map<string, EmulatorAccount>();

  private constructor(cloud: Cloud) {
    this.#cloud = cloud;
  }

  static async start(options: EmulatorOptions = {}): Promise<Emulator> {
    const switches = { ...defaultSwitches, ...checkSwitches(options.switches ?? {}) };
    const store = new Store(options.now ?? Date.now, options.data);
    const cloud: Cloud = {
      store,
      tokens: new Tokens(store),
      record: new RequestRecord(),
      faults: new Faults(),
      hooks: new Set(),
      switches,
      quotaLeft: switches.quota,
      hidden: new Map(),
      answered: new Map(),
      stopped: false,
      url: "",
    };
    const emulator = new Emulator(cloud);
    while (store.accounts.length < (options.accounts ?? 1)) {
      emulator.addAccount({ operator: store.accounts.length === 0 ? options.operator : undefined });
    }
    emulator.#server = await listen(cloud, {
      port: options.port ?? 0,
      tls: options.tls,
      admin: (call) => adminReply(emulator, call),
    });
    return emulator;
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

  addAccount(options: AccountOptions = {}): EmulatorAccount {
    const { store } = this.#cloud;
    const account = store.addAccount(
      options.name ?? `Account ${store.accounts.length + 1}`,
      options.operator,
    );
    store.save();
    return this.#account(account);
  }

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

  get faults(): readonly Fault[] {
    return this.#cloud.faults.list();
  }

  clearFaults(): void {
    this.#cloud.faults.clear();
  }

  /** Requests since the start or the last `clearRequests`, oldest first; those to /emulator/ are not among them. */
  requests(filter: RequestFilter = {}): RequestEntry[] {
    return this.#cloud.record.entries(filter);
  }

  clearRequests(): void {
    this.#cloud.record.clear();
  }

  /** Most requests that were open at one time since the last `clearRequests`. */
  get maxInFlight(): number {
    return this.#cloud.record.maxInFlight;
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
    const server = this.#server;
    if (server?.listening !== true) return;
    const closed = once(server, "close");
    server.close();
    server.closeAllConnections();
    await closed;
  }

  #account(account: Account): EmulatorAccount {
    const known = this.#accounts.get(account.id) ?? new EmulatorAccount(this.#cloud, account);
    this.#accounts.set(account.id, known);
    return known;
  }
}
