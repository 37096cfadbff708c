import { connect, type Connection } from "../../provider/client/connection";
import { ThinkGeoError } from "../../provider/cloud/failure";
import { redact } from "../../provider/cloud/secrets";
import { realTime, type Time } from "../../provider/cloud/time";
import { Transport } from "../../provider/cloud/transport";
import type { Configuration } from "../../provider/configuration";
import { Recorder } from "../account/recorder";
import { wrapped } from "../terminal/lines";
import type { Terminal } from "../terminal/terminal";

/** The longest time that one request may take, retries included. */
const LONGEST_REQUEST_MS = 15_000;

/** After so many requests without any response, no more are sent: the host does not exist, or is not reachable from here. */
const MOST_UNREACHED = 2;

/** What all steps and the probe use: the terminal, the command line, the time, and the record of all requests. */
export class Context {
  readonly recorder: Recorder;
  readonly time: Time;
  /** While this is set, no request is sent. */
  isStopped = false;
  readonly #transport: Transport;

  constructor(
    readonly terminal: Terminal,
    /** The stack that was named. */
    readonly stack: string | undefined,
    /** The folder of the Pulumi project, as an absolute path. */
    readonly folder: string,
  ) {
    // Short waits before retries: a service that works answers the second request.
    this.time = { ...realTime, sleep: terminal.sleep ?? realTime.sleep, random: () => 0.05 };
    this.#transport = new Transport(terminal.environment);
    this.recorder = new Recorder(this.#transport, this.time.wall);
  }

  /** The API at the configured URL, as the provider uses it, with one request at a time, and less time for each. */
  connect(configuration: Configuration): Connection {
    const { terminal, recorder, time } = this;
    const requestTimeoutMs = Math.min(configuration.requestTimeoutMs, LONGEST_REQUEST_MS);
    const log = (line: string): void => {
      terminal.log(line);
    };
    return connect(
      { ...configuration, maxConcurrency: 1, requestTimeoutMs },
      {
        transport: this.#transport,
        sender: recorder,
        time,
        log: terminal.isDebugging ? log : undefined,
        abandoned: () => Promise.resolve(this.#abandoned()),
      },
    );
  }

  #abandoned(): string | undefined {
    const { reached, requests } = this.recorder;
    if (this.isStopped) return "the command was interrupted";
    return reached || requests.length < MOST_UNREACHED ? undefined : "the service was not reached";
  }

  /** Tells a person about the probe. The text may contain a server's words. */
  log(text: string): void {
    const lines = redact(text).split("\n");
    this.terminal.log(...lines.flatMap((line) => wrapped(line, this.terminal.columns)));
  }

  close(): void {
    this.#transport.close();
  }
}

/** The result of a request, or the API's error. Any other error is a fault of this program and is thrown. */
export async function attempt<T>(request: Promise<T>): Promise<T | { readonly error: ThinkGeoError }> {
  try {
    return await request;
  } catch (error) {
    if (error instanceof ThinkGeoError) return { error };
    throw error;
  }
}

export const failed = (result: unknown): result is { readonly error: ThinkGeoError } =>
  typeof result === "object" && result !== null && "error" in result && result.error instanceof ThinkGeoError;
