interface Accepted<T> {
  readonly ok: true;
  readonly value: T;
}

/** What reading one piece of user text gives: a value, or a reason a person can act on. */
export type Parsed<T> = Accepted<T> | Refusal;

interface Refusal {
  readonly ok: false;
  /**
   * A sentence without its subject: the caller puts the path or the entry before it. It holds nothing of the entry, which
   * may be a secret, so that equal mistakes have equal reasons.
   */
  readonly reason: string;
  /** What to write instead, in words. */
  readonly advice?: string;
}

/** A refusal while it is being made: its proposal may have to be corrected, too. */
export interface Draft extends Refusal {
  /** What was probably meant. */
  readonly proposal?: string;
}

/** The same while the refusal is being made. */
export type Reading<T> = Accepted<T> | Draft;

export const accept = <T>(value: T): Accepted<T> => ({ ok: true, value });

/** Refuses with a reason, and with the corrected value where it can be guessed. */
export const refuse = (reason: string, proposal?: string): Draft =>
  proposal === undefined ? { ok: false, reason } : { ok: false, reason, proposal };

/** The reason with what to write instead. */
export const inWords = ({ reason, advice }: Refusal): string =>
  advice === undefined ? reason : `${reason}; ${advice}`;

const MOST_CORRECTIONS = 4;

/** Turns a proposal into advice: only one that would be accepted, which may take several corrections. */
export function withAdvice<T>(read: (text: string) => Reading<T>, text: string): Parsed<T> {
  const first = read(text);
  if (first.ok) return first;
  let parsed: Reading<T> = first;
  let proposal = text;
  for (let turn = 0; turn < MOST_CORRECTIONS && !parsed.ok && parsed.proposal !== undefined; turn++) {
    ({ proposal } = parsed);
    parsed = read(proposal);
  }
  const advice = parsed.ok ? `write "${proposal}"` : parsed.advice;
  return advice === undefined
    ? { ok: false, reason: first.reason }
    : { ok: false, reason: first.reason, advice };
}

export const TEXT_OF_OUTPUT =
  "is the text that stands for an Output in a string, where pulumi.interpolate or apply is needed";
export const isTextOfOutput = (text: string): boolean => text.includes("[toString] on an [Output");

/** Why an entry is text that a program has made by accident, of a value that it does not have. */
export function accidentIn(text: string): string | undefined {
  if (isTextOfOutput(text)) return TEXT_OF_OUTPUT;
  const word = text.toLowerCase();
  if (word === "undefined") return "is what JavaScript makes of a value that is missing";
  return word === "null"
    ? "is what JavaScript makes of a value that is missing, and what pages without an origin send"
    : undefined;
}
