import { redact } from "./redact";

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

/** Says what was being done to which client, what happened, and what to do next; holds no secret. */
export class ThinkGeoError extends Error {
  override readonly name = "ThinkGeoError";

  constructor(
    readonly kind: ErrorKind,
    readonly account: ErrorAccount,
    options?: ErrorOptions,
  ) {
    super(
      redact(`Could not ${account.doing}: ${sentence(account.happened)} ${account.next}`.trim()),
      options,
    );
  }
}

export interface ErrorAccount {
  /** Completes "Could not …": the deed and the client. */
  readonly doing: string;
  readonly happened: string;
  /** A whole sentence. */
  readonly next: string;
}

const sentence = (text: string): string => (/[.!?]$/.test(text) ? text : `${text}.`);

/** Somebody else's words, short enough for a message, on one line, without secrets. */
export function quote(text: string): string {
  const line = redact(text)
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
  return line.length > LONGEST_QUOTE ? `${line.slice(0, LONGEST_QUOTE)}…` : line;
}

/** The error that a caught value is, in this family, whatever was thrown. */
export const isKind = (error: unknown, ...kinds: readonly ErrorKind[]): error is ThinkGeoError =>
  error instanceof ThinkGeoError && kinds.includes(error.kind);
