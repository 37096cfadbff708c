/** The headings of docs/troubleshooting.md that a message can lead to, by their anchors. */
export const HEADINGS = [
  // Configuration
  "not-set",
  "unknown-key",
  "invalid-value",
  "node-too-old",
  // The program
  "the-program",
  "resource-options",
  "account-object",
  "policy-config",
  // Authentication
  "credentials",
  "http-401",
  "http-403",
  "trial-ended",
  // Network
  "not-reached",
  "not-trusted",
  "not-thinkgeo",
  "outcome-unknown",
  "engine-gone",
  // HTTP status
  "http-404",
  "http-409",
  "http-429",
  "wait-too-long",
  "http-5xx",
  "http-other",
  // The account is not as expected
  "name-taken",
  "create-unconfirmed",
  "many-missing",
  "other-account",
  "incomplete-list",
  "client-gone",
  "client-not-found",
  "already-managed",
  "type-differs",
  "unknown-role",
  "lockout",
  "not-stored",
  "kept-in-state",
  "secret-unknown",
  "delete-unconfirmed",
  // Commands
  "pulumi-failed",
  "state-file",
  "file",
  "explain-client",
  "export-folder",
  "drift-file",
  "sweep-refused",
  "emulator-start",
  // A defect of this package
  "ask-for-help",
] as const;
export type Heading = (typeof HEADINGS)[number];

/** Whether each request is to be logged, and the stacks of errors are to be shown. */
export const isDebugging = (environment: Readonly<Record<string, string | undefined>>): boolean =>
  environment["THINKGEO_LOG"] === "debug";

/** The last line of a message that a run ends with. */
export const seeHeading = (heading: Heading): string =>
  `See docs/troubleshooting.md#${heading} in the package pulumi-thinkgeo.`;

/** An error whose message says all that a user needs: what was being done, what happened, what to do next, and where to read more. */
export class UserError extends Error {
  // Private: Pulumi prints all members of an error that a program does not catch.
  readonly #heading: Heading;
  readonly #text: string;

  constructor(heading: Heading, text: string, options?: ErrorOptions) {
    super(`${text}\n${seeHeading(heading)}`, options);
    this.#heading = heading;
    this.#text = text;
  }

  get heading(): Heading {
    return this.#heading;
  }

  /** The message without its last line, for another message to quote. */
  get text(): string {
    return this.#text;
  }
}

/** What an error says, for another message to quote. */
export const textOf = (error: Error): string => (error instanceof UserError ? error.text : error.message);

/** Where an error leads. One that was not written for users is a defect. */
export const headingOf = (error: Error): Heading =>
  error instanceof UserError ? error.heading : "ask-for-help";
