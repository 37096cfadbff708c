import { isDeepStrictEqual } from "node:util";
import type { OtherProviders } from "../client/claims";
import { ClientLife } from "../client/life";
import type { Connection, ConnectionOptions } from "../client/connection";
import { Known } from "../client/known";
import type { LookupSource } from "../client/lookups";
import type { Checked } from "../client/resource";
import { presentableLines } from "../cloud/secrets";
import { realTime, type Time } from "../cloud/time";
import {
  ConfigurationError,
  readConfiguration,
  type Configuration,
  type GivenKeys,
  type Lookup,
} from "../configuration";
import { PartialFailure } from "../errors";
import type { Failure } from "../model/problems";
import type { Properties } from "../model/values";
import { seeHeading, UserError } from "../troubleshooting";
import { keepSecretInputs, withSecrets } from "./secret-values";

/** What a host is for the provider that it runs. */
export interface Host {
  /** Shows a line for each request, and errors with their frames; given only where somebody debugs. */
  readonly debug?: ((line: string) => void) | undefined;
  readonly warn: (message: string) => void;
  /** Why nobody waits any more for what requests bring, in words; undefined while somebody does. */
  readonly abandoned: () => Promise<string | undefined>;
  /** The other processes that run the provider in this run. */
  readonly others?: OtherProviders;
  readonly time?: Time;
  /** What requests pass on their way to the service, in place of sockets of our own. */
  readonly sender?: NonNullable<ConnectionOptions["sender"]>;
  /** The time that the call of now may take, where the program gives it one. */
  readonly timeoutMs?: () => number | undefined;
}

/** The connection to one account, and its clients with what this run has learned of them. */
interface ConnectedAccount {
  readonly connection: Connection;
  readonly clients: ClientLife;
}

/** The provider of one process: its settings, what it has learned in this run, and the door of every call. */
export class Session {
  #lookup: Lookup = () => undefined;
  #given: GivenKeys = { keys: [] };
  #connected: ConnectedAccount | undefined;
  #reconfigured = false;
  #configurationReported = false;
  readonly #warnings = new Set<string>();

  constructor(
    private readonly host: Host,
    readonly known: Known = new Known(undefined, host.others),
  ) {}

  configure(lookup: Lookup, given: GivenKeys): void {
    this.#lookup = lookup;
    this.#given = given;
    this.#reconfigured = true;
  }

  /**
   * Built when the first request is needed, so that a preview without changes needs neither token nor sockets; and kept
   * for as long as the settings are the same, because it holds what the run has learned.
   */
  get clients(): ClientLife {
    return this.#current.clients;
  }

  /** Where look-ups read: they share the list with the resources. */
  get lookupSource(): LookupSource {
    return this.#current.connection;
  }

  get #current(): ConnectedAccount {
    if (this.#connected !== undefined && !this.#reconfigured) return this.#connected;
    this.#reconfigured = false;
    const configuration = readConfiguration(this.#lookup, process.env, this.#given);
    if (
      this.#connected === undefined ||
      !isDeepStrictEqual(this.#connected.connection.configuration, configuration)
    )
      this.#connected = this.#connect(configuration);
    return this.#connected;
  }

  #connect(configuration: Configuration): ConnectedAccount {
    // Not before the first request, which most previews do not make.
    // eslint-disable-next-line @typescript-eslint/no-require-imports
    const { connect } = require("../client/connection") as typeof import("../client/connection");
    const { debug: log, abandoned, warn, time = realTime, timeoutMs, sender } = this.host;
    const connection = connect(configuration, { log, warn, abandoned, time, ...(sender && { sender }) });
    const timeout = (): number => timeoutMs?.() ?? configuration.requestTimeoutMs;
    const clients = new ClientLife(connection, this.known, time, warn, timeout);
    return { connection, clients };
  }

  /** What `check` says, with what is wrong with the settings: they fail the preview already, once a run and not once a client. */
  checked({ inputs, failures, warnings }: Checked): Checked {
    this.warned({ warnings });
    const reasons = this.#configurationReported ? [] : this.configurationProblems();
    this.#configurationReported = true;
    return {
      inputs,
      failures: [...reasons.map((reason) => ({ property: "", reason })), ...leading(failures)],
      warnings,
    };
  }

  /** An answer whose warnings have been shown. */
  warned<T extends { readonly warnings: readonly string[] }>(answer: T): T {
    for (const warning of answer.warnings) this.warnOnce(warning);
    return answer;
  }

  /** The engine may check one resource several times in a run. */
  warnOnce(warning: string): void {
    if (this.#warnings.has(warning)) return;
    this.#warnings.add(warning);
    this.host.warn(warning);
  }

  configurationProblems(): string[] {
    try {
      readConfiguration(this.#lookup, process.env, this.#given);
      return [];
    } catch (error) {
      if (error instanceof ConfigurationError) return [error.message];
      throw error;
    }
  }

  /**
   * The door of every call. Hosts show an error's stack, or its message: they must hold no secret, and where our own words
   * say everything, no frames.
   * @param given the inputs and outputs that the engine passes
   */
  async call<T>(given: readonly Properties[], work: () => T | Promise<T>): Promise<T> {
    try {
      given.forEach(keepSecretInputs);
      return await work();
    } catch (error) {
      if (error instanceof Error) {
        if (error instanceof PartialFailure) error.properties = withSecrets(error.properties);
        error.message = presentableLines(error.message);
        error.stack = presentableLines(error.stack ?? "");
        if (!(error instanceof UserError)) error.stack += `\n${seeHeading("ask-for-help")}`;
        else if (this.host.debug === undefined) error.stack = "(THINKGEO_LOG=debug shows more)";
      }
      throw error;
    }
  }
}

/** What is wrong with the arguments of a resource: the last of it says where to read more. */
const leading = (failures: readonly Failure[]): Failure[] =>
  failures.map((failure, index) =>
    index === failures.length - 1
      ? { ...failure, reason: `${failure.reason}\n${seeHeading("the-program")}` }
      : failure,
  );
