import { presentable } from "./cloud/secrets";
import type { Properties } from "./model/values";
import { seeHeading, UserError, type Heading } from "./troubleshooting";

/**
 * Tells the engine that the resource exists but is not what was declared: its id is kept, and the next `up` goes on.
 * Whoever is called by the host completes `properties`.
 */
export class PartialFailure extends UserError {
  override readonly name = "PartialFailure";
  /** What is wrong, without the last line of the message. */
  readonly texts: readonly string[];
  /** The same as the engine shows it, which then does not show the message. */
  readonly reasons: readonly string[];
  /** The outputs with all that state needs, as the host takes them. */
  properties: Properties = {};

  constructor(
    heading: Heading,
    readonly id: string,
    readonly outputs: object,
    texts: readonly string[],
  ) {
    const clean = texts.map(presentable);
    super(heading, clean.join(" "));
    this.texts = clean;
    const last = clean.length - 1;
    this.reasons = clean.map((text, index) => (index === last ? `${text}\n${seeHeading(heading)}` : text));
  }
}
