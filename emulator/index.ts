import { Emulator, type EmulatorOptions } from "./emulator";

/** Starts ThinkGeo Cloud on loopback; `close()` ends it. */
export function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  return Emulator.start(options);
}

export type { AccountOptions, Emulator, EmulatorOptions } from "./emulator";
export type { EmulatorAccount } from "./emulator-account";
export type { Fault, FaultEffect, FaultRule, FaultScope } from "./faults";
export type { RequestEvent, RequestHook } from "./hooks";
export type { RequestEntry, RequestFilter } from "./record";
export type { Role, RoleInput } from "./roles";
export type { TlsOptions } from "./server";
export type { Client, ClientInput, ClientType, SharedMode } from "./store";
export { checkSwitches, defaultSwitches, parseSwitch, switchValues } from "./switch-values";
export type { Switches } from "./switches";
