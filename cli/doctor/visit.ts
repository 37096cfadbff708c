import { Account } from "../../provider/client/account";
import { CloudClient } from "../../provider/cloud/api";
import { ThinkGeoError } from "../../provider/cloud/failure";
import { redact } from "../../provider/cloud/redact";
import { lineLog, noLog } from "../../provider/cloud/request-log";
import { Slots } from "../../provider/cloud/slots";
import { Budget, realTime, type Time } from "../../provider/cloud/time";
import { Transport } from "../../provider/cloud/transport";
import type { Configuration } from "../../provider/configuration";
import type { ClientList, RemoteClient } from "../../provider/model/wire";
import type { Terminal } from "../terminal/terminal";
import type { Claims } from "./claims";
import type { Difference } from "./swagger/difference";
import { wrapped } from "../terminal/lines";
import { Witness } from "../account/witness";

/** Longer than this, nobody waits for a doctor. */
const LONGEST_STEP_MS = 15_000;

/** A host that was not reached twice is not asked any more: it is not there, or not for us. */
const MOST_UNREACHED = 2;

/** What was asked on the command line. */
export interface Asked {
  readonly stack: string | undefined;
  /** The folder of the Pulumi project, whether or not it was named. */
  readonly folder: string;
}

/** What one step finds out for the next ones. */
export class Visit {
  readonly #transport: Transport;
  readonly witness: Witness;
  readonly time: Time;

  /** Set where the address is usable; its credentials may be missing. */
  configuration: Configuration | undefined;
  hasCredentials = false;
  cloud: CloudClient | undefined;
  account: Account | undefined;
  answered = false;
  description: { readonly document: unknown } | { readonly error: ThinkGeoError } | undefined;
  differences: readonly Difference[] = [];
  token: string | undefined;
  claims: Claims | undefined;
  accountName: string | undefined;
  list: ClientList | { readonly error: ThinkGeoError } | undefined;
  own: RemoteClient | undefined;
  /** Set where the run is to end: nothing more is sent, except to clean up. */
  stopped = false;

  constructor(
    readonly terminal: Terminal,
    readonly asked: Asked,
  ) {
    // Repeats come quickly: a service that is well answers the second time.
    this.time = { ...realTime, sleep: terminal.sleep ?? realTime.sleep, random: () => 0.05 };
    this.#transport = new Transport(terminal.environment);
    this.witness = new Witness(this.#transport, this.time.wall);
  }

  connect(configuration: Configuration, hasCredentials: boolean): void {
    this.configuration = configuration;
    this.hasCredentials = hasCredentials;
    const { terminal } = this;
    const debugging = terminal.environment["THINKGEO_LOG"] === "debug";
    this.cloud = new CloudClient(configuration, {
      transport: this.witness,
      slots: new Slots(1),
      time: this.time,
      log: debugging
        ? lineLog((line) => {
            terminal.tell(line);
          })
        : noLog,
      stillWanted: () =>
        Promise.resolve(!this.stopped && (this.witness.reached || this.witness.seen.length < MOST_UNREACHED)),
    });
    this.account = new Account(this.cloud, configuration.clientId);
  }

  /** The time that one request, with its repeats, may take. */
  budget(): Budget {
    const asked = this.configuration?.requestTimeoutMs ?? LONGEST_STEP_MS;
    return new Budget(Math.min(asked, LONGEST_STEP_MS), this.time);
  }

  /** Tells a person what becomes of the probe; servers' words may be in it. */
  say(text: string): void {
    this.terminal.tell(
      ...redact(text)
        .split("\n")
        .flatMap((line) => wrapped(line, this.terminal.columns)),
    );
  }

  close(): void {
    this.#transport.close();
  }
}

/** The value, or the API's error; anything else is a fault of ours and goes on. */
export async function outcome<T>(work: Promise<T>): Promise<T | { readonly error: ThinkGeoError }> {
  try {
    return await work;
  } catch (error) {
    if (error instanceof ThinkGeoError) return { error };
    throw error;
  }
}

export const failed = (result: unknown): result is { readonly error: ThinkGeoError } =>
  typeof result === "object" && result !== null && "error" in result && result.error instanceof ThinkGeoError;
