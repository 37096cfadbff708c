import { presentable } from "./cloud/redact";
import { withoutUndefined } from "./model/args";

/**
 * Tells the engine that the client exists but is not what was declared: its id is kept, and the next `up` goes on.
 * The host stores `properties` as they are, so the provider's text must be among them, or refresh and destroy fail.
 */
export class PartialFailure extends Error {
  override readonly name = "PartialFailure";
  /** What goes into state; the host's door marks what is secret in it. */
  properties: Readonly<Record<string, unknown>>;
  readonly reasons: readonly string[];

  constructor(
    readonly id: string,
    outputs: Readonly<Record<string, unknown>>,
    inputs: Readonly<Record<string, unknown>>,
    reasons: readonly string[],
  ) {
    const clean = reasons.map(presentable);
    super(clean.join(" "));
    this.reasons = clean;
    this.properties = withoutUndefined({ ...outputs, __provider: inputs["__provider"] });
  }
}
