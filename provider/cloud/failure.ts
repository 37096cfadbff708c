import { sentence } from "../text";
import { UserError, type Heading } from "../troubleshooting";
import { presentable, redact } from "./secrets";

/** Every way in which a request to the API can end badly. */
export type ErrorKind =
  | "Unauthorized" // the credentials, or the token made from them
  | "Forbidden" // known, but not allowed
  | "NotFound" // the API's own JSON says that there is no such client
  | "Conflict" // the account holds something that stands in the way
  | "Outdated" // changed by somebody else since it was read (ETag)
  | "RateLimited"
  | "Rejected" // any other refusal
  | "Unavailable" // never reached, or answered that it cannot answer
  | "Ambiguous" // sent, and it is not known whether it was applied
  | "Malformed" // an answer that is not the API's
  | "Untrusted"; // certificate, redirect, size: not to be repeated

const LONGEST_QUOTE = 200;
/** Long enough for as much of it to be left when secrets are out, however they are spelled. */
const LONGEST_SOURCE = 20_000;

/** Says what was being done to which client, what happened, and what to do next; whatever it quotes is presentable. */
export class ThinkGeoError extends UserError {
  override readonly name = "ThinkGeoError";
  readonly details: ErrorDetails;
  /** The message without what to do next. */
  readonly whatFailed: string;

  constructor(
    readonly kind: ErrorKind,
    details: ErrorDetails,
    options?: ErrorOptions,
  ) {
    const doing = presentable(details.doing);
    const happened = presentable(details.happened);
    const next = presentable(details.next);
    const whatFailed = `Could not ${doing}: ${sentence(happened)}`;
    super(details.heading, `${whatFailed} ${next}`.trim(), options);
    this.whatFailed = whatFailed;
    this.details = { doing, happened, next, heading: details.heading };
  }
}

interface ErrorDetails {
  /** Completes "Could not …": the deed and the client. */
  readonly doing: string;
  readonly happened: string;
  /** A whole sentence. */
  readonly next: string;
  readonly heading: Heading;
}

/** Somebody else's words, short enough for a message. Cleaned before they are cut, so that no half of a secret is left. */
export function quote(text: string): string {
  const line = redact(text.slice(0, LONGEST_SOURCE)).replace(/\s+/g, " ").trim();
  // Not between the halves of a character.
  return line.length > LONGEST_QUOTE
    ? `${line.slice(0, LONGEST_QUOTE).replace(/[\ud800-\udbff]$/, "")}…`
    : line;
}

/** Whether what was caught is a ThinkGeoError of one of these kinds. */
export const isKind = (error: unknown, ...kinds: readonly ErrorKind[]): error is ThinkGeoError =>
  error instanceof ThinkGeoError && kinds.includes(error.kind);

/** The same error with what was really being done: a request may know less of it, or have been sent for several clients. */
export const retold = (error: unknown, doing: string): unknown =>
  error instanceof ThinkGeoError
    ? new ThinkGeoError(error.kind, { ...error.details, doing }, { cause: error.cause })
    : error;
