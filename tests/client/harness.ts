import { startEmulator, type Client, type Emulator, type EmulatorOptions } from "../../emulator";
import { connect } from "../../provider/client/connection";
import { ClientLife } from "../../provider/client/life";
import type { LookupSource } from "../../provider/client/lookups";
import { check, ClientResource, diff } from "../../provider/client/resource";
import type { Properties } from "../../provider/model/values";
import type { Transport } from "../../provider/cloud/transport";
import { readConfiguration } from "../../provider/configuration";
import { Known } from "../../provider/client/known";
import { SHELL } from "../../provider/shell";
import { FakeTime } from "../cloud/fake-time";
import { ownClients } from "../own-clients";

/** One run of the provider: what the engine's host would have loaded. */
export interface ProviderRun {
  /** The calls of the engine that make requests. */
  readonly life: ClientResource;
  readonly time: FakeTime;
  readonly warnings: string[];
  readonly check: (news: Properties, olds?: Properties) => Record<string, unknown>;
  readonly diff: (id: string, olds: Properties, news: Properties) => ReturnType<typeof diff>;
}

export interface World {
  readonly emulator: Emulator;
  readonly account: Emulator["accounts"][0];
  /** The clients that the account was not born with. */
  readonly own: () => Client[];
  readonly calls: () => string[];
  /** Lets the emulator's time pass; waits of the runs do that as well. */
  readonly pass: (ms: number) => void;
  /** A provider process; each is a run of its own. */
  readonly run: (environment?: Record<string, string>) => ProviderRun;
  /** Where look-ups read, as in a run of its own. */
  readonly lookupSource: () => LookupSource & { readonly warnings: string[] };
}

/** Other work gets its turn, as it would in a real wait. */
const TURN_MS = 5;

/** Runs a test on an account of its own. */
export async function withWorld(
  work: (world: World) => Promise<void>,
  options: EmulatorOptions = {},
): Promise<void> {
  let now = Date.now();
  const pass = (ms: number): void => {
    now += ms;
  };
  const emulator = await startEmulator({ ...options, now: () => now });
  const transports: Transport[] = [];
  const [account] = emulator.accounts;
  const run = (environment: Record<string, string> = {}): ProviderRun => {
    const configuration = readConfiguration(() => undefined, { ...account.environment, ...environment });
    const time = new FakeTime(pass, TURN_MS);
    const known = new Known();
    const warnings: string[] = [];
    const warn = (message: string): void => {
      warnings.push(message);
    };
    const connection = connect(configuration, { time, warn });
    transports.push(connection.transport);
    return {
      life: new ClientResource(new ClientLife(connection, known, time, warn), known),
      time,
      warnings,
      check: (news, olds = {}) => {
        const { inputs, failures } = check(olds, news, known);
        if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join(" "));
        return { ...inputs, __provider: SHELL };
      },
      diff: (id, olds, news) => diff(id, olds, news, known),
    };
  };
  const lookupSource = (): LookupSource & { warnings: string[] } => {
    const configuration = readConfiguration(() => undefined, account.environment);
    const warnings: string[] = [];
    const connection = connect(configuration, {
      time: new FakeTime(pass, TURN_MS),
      warn: (message) => void warnings.push(message),
    });
    transports.push(connection.transport);
    return { ...connection, warnings };
  };
  try {
    await work({
      lookupSource,
      emulator,
      account,
      own: () => ownClients(account),
      calls: () => emulator.requests().map(({ method, path }) => `${method} ${path}`),
      pass,
      run,
    });
  } finally {
    await emulator.close();
    for (const transport of transports) transport.close();
  }
}

/** What the program declares in most tests, named by us. */
export const NATIVE = {
  type: "NativeConfidential",
  autoName: "server-1234abcd",
  allowedIpAddresses: ["203.0.113.7"],
};
