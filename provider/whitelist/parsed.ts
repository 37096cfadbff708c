/** What reading one piece of user text gives: a value, or a reason a person can act on. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | Refusal;

export interface Refusal {
  readonly ok: false;
  /** A sentence without its subject: the caller puts the path or the entry before it. */
  readonly reason: string;
}

export const accept = <T>(value: T): Parsed<T> => ({ ok: true, value });

/** Refuses with a reason, and with the corrected value where it can be guessed. */
export const refuse = (reason: string, proposal?: string): Refusal => ({
  ok: false,
  reason: proposal === undefined ? reason : `${reason}; write "${proposal}"`,
});
