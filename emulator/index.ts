/**
 * ThinkGeo Cloud on loopback, for tests of programs.
 *
 * @module pulumi-thinkgeo/emulator
 */
import { adminReply } from "./admin";
import type { Cloud } from "./call";
import { Emulator, type AccountOptions } from "./emulator";
import { Faults } from "./faults";
import { RequestLog } from "./request-log";
import { listen, type TlsOptions } from "./server";
import { Store } from "./store";
import { checkSwitches, defaultSwitches, type Switches } from "./switches";
import { Tokens } from "./tokens";

/** How an emulator starts. */
export interface EmulatorOptions {
  /** Port on 127.0.0.1. @default 0, any that is free */
  readonly port?: number | undefined;
  /** File that keeps the accounts, so that they survive a kill; one emulator has it at a time. @default none: in memory */
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

/** Starts ThinkGeo Cloud on loopback; `close()` ends it. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const switches = { ...defaultSwitches, ...checkSwitches(options.switches ?? {}) };
  const store = new Store(options.now ?? Date.now, options.data);
  const cloud: Cloud = {
    store,
    tokens: new Tokens(store),
    log: new RequestLog(),
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
  try {
    while (store.accounts.length < (options.accounts ?? 1)) {
      emulator.addAccount({ operator: store.accounts.length === 0 ? options.operator : undefined });
    }
    await listen(cloud, {
      port: options.port ?? 0,
      tls: options.tls,
      admin: (call) => adminReply(emulator, call),
    });
    return emulator;
  } catch (error) {
    store.close();
    throw error;
  }
}

export type { AccountOptions, Emulator, OperatorCredentials } from "./emulator";
export type { EmulatorAccount } from "./emulator-account";
export type { Client, ClientInput, ClientType, Role, RoleInput, SharedMode } from "./entities";
export type { FaultEffect, FaultRule, FaultScope } from "./fault-rule";
export type { Fault } from "./faults";
export type { RequestFilter } from "./request";
export type { RequestEntry, RequestEvent, RequestHook } from "./request-log";
export type { TlsOptions } from "./server";
export { checkSwitches, defaultSwitches, parseSwitch, switchValues, type Switches } from "./switches";
