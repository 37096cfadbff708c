import { startEmulator, type Emulator, type EmulatorAccount, type EmulatorOptions } from "../../emulator";
import { connect as connectTo } from "../../provider/client/connection";
import type { CloudClient } from "../../provider/cloud/api";
import { isKind, ThinkGeoError, type ErrorKind } from "../../provider/cloud/failure";
import { Budget } from "../../provider/cloud/time";
import { Transport } from "../../provider/cloud/transport";
import { readConfiguration } from "../../provider/configuration";
import { FakeTime } from "./fake-time";

/** A cloud client over real sockets, in a time that passes only when it waits. */
export interface CloudWorld {
  readonly emulator: Emulator;
  readonly account: EmulatorAccount;
  readonly time: FakeTime;
  readonly cloud: CloudClient;
  readonly budget: (ms?: number) => Budget;
  /** What came over the wire since the token: method, path and status. */
  readonly calls: () => string[];
  readonly tokenCalls: () => number;
  /** Lines of the debug log. */
  readonly lines: string[];
  /** Another process with other settings. */
  readonly connect: (
    environment: Record<string, string>,
    abandoned?: () => string | undefined,
  ) => CloudClient;
}

const TOKEN_PATH = "/identity/connect/token";

export async function withCloud(
  work: (world: CloudWorld) => Promise<void>,
  options: EmulatorOptions = {},
): Promise<void> {
  const time = new FakeTime();
  const emulator = await startEmulator({ ...options, now: time.wall });
  const [account] = emulator.accounts;
  const lines: string[] = [];
  const transport = new Transport();
  const connect = (
    environment: Record<string, string>,
    abandoned: () => string | undefined = () => undefined,
  ): CloudClient => {
    const configuration = readConfiguration(() => undefined, { ...account.environment, ...environment });
    const { cloud } = connectTo(configuration, {
      transport,
      time,
      log: (line) => lines.push(line),
      abandoned: () => Promise.resolve(abandoned()),
    });
    return cloud;
  };
  try {
    await work({
      emulator,
      account,
      time,
      cloud: connect({}),
      budget: (ms = 90_000) => new Budget(ms, time),
      calls: () =>
        emulator
          .requests()
          .filter(({ path }) => path !== TOKEN_PATH)
          .map(({ method, path, status }) => `${method} ${path} ${status ?? "none"}`),
      tokenCalls: () => emulator.requests({ path: TOKEN_PATH }).length,
      lines,
      connect,
    });
  } finally {
    await emulator.close();
    transport.close();
  }
}

/** The error that work ends in; it must be of this kind. */
export async function failing(kind: ErrorKind, work: Promise<unknown>): Promise<ThinkGeoError> {
  const error = await work.then(
    () => new Error("It should have failed and did not."),
    (reason: unknown) => reason,
  );
  if (isKind(error, kind)) return error;
  throw error instanceof ThinkGeoError ? new Error(`${error.kind}: ${error.message}`) : error;
}

export const CLIENTS = "/api/v1/clients";
