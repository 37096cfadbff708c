/** What reading one piece of user text gives: a value, or a reason a person can act on. */
export type Parsed<T> = { readonly ok: true; readonly value: T } | Refusal;

export interface Refusal {
  readonly ok: false;
  /** A sentence without its subject: the caller puts the path or the entry before it. */
  readonly reason: string;
  /** What was probably meant. */
  readonly proposal?: string;
}

export const accept = <T>(value: T): Parsed<T> => ({ ok: true, value });

/** Refuses with a reason, and with the corrected value where it can be guessed. */
export const refuse = (reason: string, proposal?: string): Refusal =>
  proposal === undefined ? { ok: false, reason } : { ok: false, reason, proposal };

const MOST_CORRECTIONS = 4;

/** Puts the corrected value into the reason: only one that would be accepted, which may take several corrections. */
export function withProposal<T>(read: (text: string) => Parsed<T>, text: string): Parsed<T> {
  const first = read(text);
  let parsed = first;
  let proposal = text;
  for (let turn = 0; turn < MOST_CORRECTIONS && !parsed.ok && parsed.proposal !== undefined; turn++) {
    ({ proposal } = parsed);
    parsed = read(proposal);
  }
  if (first.ok) return first;
  return refuse(parsed.ok ? `${first.reason}; write "${proposal}"` : first.reason);
}
