import type { Client, Switches } from "../../emulator/index";
import type { Accounts } from "./account-view";
import type { Failure, UpOptions } from "./engine";
import type { Incident } from "./incidents";
import type { ProviderProcess } from "./provider-process";
import type { Entry } from "./stack-state";
import type { Conditions } from "./weather";
import type { Birth } from "./witness";

/** How a run is started, and what happens to it. */
export interface RunOptions {
  readonly parallel: number;
  readonly maxConcurrency: number;
  readonly onLostClient: "stop" | "adopt";
  readonly requestTimeoutMs: number;
  /** A second after whatever was before it, and not a minute; unless that was killed or said to wait. */
  readonly atOnce: boolean;
  /** With the other account's credentials. */
  readonly astray: boolean;
  readonly incidents: readonly Incident[];
  readonly weather: Conditions;
}

export type Verb =
  ({ readonly kind: "up" } & UpOptions) | { readonly kind: "refresh" } | { readonly kind: "destroy" };

/** The account and the state at one moment. */
export interface Moment extends Accounts {
  /** All that state knows of. */
  readonly entries: readonly Entry[];
  /** Those of them that are there, and not only waiting for their delete. */
  readonly resources: readonly Entry[];
}

/** Everything that can be known of a run after it. */
export interface RunRecord {
  readonly number: number;
  readonly verb: Verb;
  readonly options: RunOptions;
  /** How the service is at all times. */
  readonly service: Partial<Switches>;
  /** What the program declared. */
  readonly declared: ReadonlySet<string>;
  /** Nothing went wrong that was not in the program or the account. */
  readonly calm: boolean;
  readonly failures: readonly Failure[];
  /** What the engine began, in words. */
  readonly begun: readonly string[];
  readonly process: ProviderProcess;
  readonly births: readonly Birth[];
  readonly problems: readonly string[];
  /** Clients that a hand touched meanwhile. */
  readonly touched: ReadonlySet<string>;
  /** Clients that others made meanwhile, as they made them. */
  readonly rivals: readonly Client[];
  readonly before: Moment;
  readonly after: Moment;
  readonly requests: number;
  /** The service showed every secret in every answer. */
  readonly secretsShown: boolean;
  /** The service showed nobody but ourselves. */
  readonly blind: boolean;
  /** The list was one of some time ago. */
  readonly listIsStale: boolean;
  /** Both the list and a reading by GUID may have shown what was before the latest writes of the run before. */
  readonly sawThePast: boolean;
  /** The service did with every field what it was told. */
  readonly obeyed: boolean;
}
