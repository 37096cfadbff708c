import { CloudClient } from "../cloud/api";
import { lineLog, noLog, Slots } from "../cloud/exchange";
import { Budget, realTime, type Time } from "../cloud/time";
import { Transport } from "../cloud/transport";
import type { Configuration } from "../configuration";
import { Account } from "./account";

/** An account that can be asked. It signs in when the first request needs it. */
export interface Connection {
  readonly configuration: Configuration;
  readonly cloud: CloudClient;
  readonly account: Account;
  readonly transport: Transport;
  /** The time that one request, with its repeats, may take. */
  readonly budget: () => Budget;
}

export interface ConnectionOptions {
  /** Where a line for each request goes; without it, nothing is logged. */
  readonly log?: ((line: string) => void) | undefined;
  /** A transport of the caller's, and what requests pass on their way to it. */
  readonly transport?: Transport;
  readonly sender?: Pick<Transport, "send">;
  readonly time?: Time;
  /** Says what a person should know of the account, and no error says. */
  readonly warn?: (message: string) => void;
  /** Why nobody waits any more for what requests bring, in words; undefined while somebody does. */
  readonly abandoned?: () => Promise<string | undefined>;
}

/** Puts together what talks to ThinkGeo; by default over sockets of its own and in real time. */
export function connect(configuration: Configuration, options: ConnectionOptions = {}): Connection {
  const { log, warn, abandoned = () => Promise.resolve(undefined) } = options;
  const { transport = new Transport(), sender = transport, time = realTime } = options;
  const cloud = new CloudClient(configuration, {
    transport: sender,
    slots: new Slots(configuration.maxConcurrency),
    time,
    log: log === undefined ? noLog : lineLog(log),
    abandoned,
  });
  return {
    configuration,
    cloud,
    account: new Account(cloud, configuration.clientId, warn),
    transport,
    budget: () => new Budget(configuration.requestTimeoutMs, time),
  };
}
