import type { Connection } from "../../provider/client/connection";
import type { ThinkGeoError } from "../../provider/cloud/failure";
import type { ClientList, RemoteClient } from "../../provider/model/wire";
import type { Context } from "./context";
import type { Difference } from "./swagger/difference";

/** What a finding means; `info` is neither good nor bad. */
type Level = "pass" | "warn" | "fail" | "info";

/** One thing that a step found. */
export interface StepFinding {
  readonly level: Level;
  /** A whole sentence. */
  readonly text: string;
  /** What to do about it, as a whole sentence. */
  readonly todo?: string | undefined;
}

export const pass = (text: string): StepFinding => ({ level: "pass", text });
export const info = (text: string): StepFinding => ({ level: "info", text });
export const warn = (text: string, todo: string): StepFinding => ({ level: "warn", text, todo });
export const fail = (text: string, todo: string): StepFinding => ({ level: "fail", text, todo });

/** An error of the API as a failure. */
export const failureOf = (error: ThinkGeoError): StepFinding => fail(error.whatFailed, error.details.next);

/** An error of the API as a warning, if the provider works without that response. */
export const warningOf = (error: ThinkGeoError): StepFinding => warn(error.whatFailed, error.details.next);

/** The result of one step, or of all: the worst level. */
export function worst(levels: readonly (Level | "skipped")[]): "pass" | "warn" | "fail" {
  if (levels.includes("fail")) return "fail";
  return levels.includes("warn") ? "warn" : "pass";
}

/** What steps find out for later ones. A fact is missing if its step was skipped or could not find it out. */
export interface Facts {
  /** The URL of the API is usable. The credentials may be missing. */
  readonly api: Connection;
  readonly credentials: true;
  /** Some server responded. */
  readonly connection: true;
  /** That server responded as an API does, and this is its description of the API, or the error instead. */
  readonly description: { readonly document: unknown } | { readonly error: ThinkGeoError };
  readonly token: { readonly claims: Claims | undefined };
  readonly identity: Identity;
  readonly differences: readonly Difference[];
}

/** What a token says about its client. */
export interface Claims {
  /** The client's GUID. */
  readonly clientGuid: string | undefined;
  readonly clientName: string | undefined;
  readonly accountId: string | undefined;
  readonly accountName: string | undefined;
}

interface Identity {
  readonly list: ClientList | { readonly error: ThinkGeoError };
  /** The client that this run authenticates with, if the list has it. */
  readonly own: RemoteClient | undefined;
  readonly accountName: string | undefined;
}

type Needed = Exclude<keyof Facts, "differences">;

/** The message of a step that needs a missing fact. */
const SKIPPED: Readonly<Record<Needed, string>> = {
  api: "Skipped: it needs an address that can be used.",
  credentials: "Skipped: it needs thinkgeo:clientId and thinkgeo:clientSecret.",
  connection: "Skipped: not reached.",
  description: "Skipped: it needs a response from that host.",
  token: "Skipped: it needs a token.",
  identity: "Skipped: it needs the list of clients.",
};

/** The steps in their order. */
export const STEP_NAMES = [
  "configuration",
  "address",
  "token",
  "identity",
  "roles",
  "rights",
  "clock",
  "description",
  "versions",
] as const;

interface Found {
  readonly findings: readonly StepFinding[];
  readonly facts?: Partial<Facts>;
}

export interface Step {
  readonly name: (typeof STEP_NAMES)[number];
  readonly title: string;
  readonly run: (known: Partial<Facts>, context: Context) => Promise<Found | { readonly skipped: string }>;
}

/** A step that needs some facts. Without one of them it is skipped, for the first in the order of `needs`. */
export function defineStep<Need extends Needed>({
  needs,
  run,
  ...step
}: Pick<Step, "name" | "title"> & {
  readonly needs: readonly Need[];
  readonly run: (facts: Pick<Facts, Need>, context: Context) => Promise<Found> | Found;
}): Step {
  return {
    ...step,
    run: async (known, context) => {
      const missing = needs.find((need) => known[need] === undefined);
      if (missing !== undefined) return { skipped: SKIPPED[missing] };
      // `find` does not tell the compiler that all needed facts are there.
      return run(known as Pick<Facts, Need>, context);
    },
  };
}
