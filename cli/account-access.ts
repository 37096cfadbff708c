import { Account } from "../provider/account";
import { CloudClient } from "../provider/cloud/client";
import { lineLog, noLog } from "../provider/cloud/request-log";
import { Slots } from "../provider/cloud/slots";
import { Budget, realTime } from "../provider/cloud/time";
import { Transport } from "../provider/cloud/transport";
import type { Configuration } from "../provider/configuration";
import type { Terminal } from "./terminal";

/** The account, as the provider itself would see it. */
export interface AccountAccess {
  readonly configuration: Configuration;
  readonly cloud: CloudClient;
  readonly account: Account;
  readonly transport: Transport;
  /** The time that one request, with its repeats, may take. */
  readonly budget: () => Budget;
}

/** Signs in when the first request needs it, and closes its sockets at the end. */
export async function withAccount<T>(
  configuration: Configuration,
  terminal: Terminal,
  work: (access: AccountAccess) => Promise<T>,
): Promise<T> {
  const transport = new Transport();
  const means = {
    transport,
    slots: new Slots(configuration.maxConcurrency),
    time: realTime,
    log:
      terminal.environment["THINKGEO_LOG"] === "debug"
        ? lineLog((line) => {
            terminal.err(`${line}\n`);
          })
        : noLog,
    stillWanted: () => Promise.resolve(true),
  };
  const cloud = new CloudClient(configuration, means);
  try {
    return await work({
      configuration,
      cloud,
      account: new Account(cloud, configuration.clientId),
      transport,
      budget: () => new Budget(configuration.requestTimeoutMs, realTime),
    });
  } finally {
    await transport.close();
  }
}
