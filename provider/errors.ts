import { presentable } from "./cloud/secrets";
import type { Properties } from "./model/values";

/** An error whose message says all there is to say to a person: what was done, what happened, and what to do next. */
export abstract class ProviderError extends Error {}

/** A look-up that was asked in a way that has no answer, or finds none. */
export class LookUpError extends ProviderError {}

/**
 * Tells the engine that the resource exists but is not what was declared: its id is kept, and the next `up` goes on.
 * Whoever is called by the host completes `properties`.
 */
export class PartialFailure extends ProviderError {
  override readonly name = "PartialFailure";
  readonly reasons: readonly string[];
  /** The outputs with all that state needs, as the host takes them. */
  properties: Properties = {};

  constructor(
    readonly id: string,
    readonly outputs: object,
    reasons: readonly string[],
  ) {
    const clean = reasons.map(presentable);
    super(clean.join(" "));
    this.reasons = clean;
  }
}
