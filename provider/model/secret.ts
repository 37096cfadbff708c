/**
 * Whether a text that an answer shows as a client's secret is one. ThinkGeo's own samples have secrets of 56 characters
 * of URL-safe base64; services that hide a secret later show a mask instead, in words of their own ("[hidden]", "####").
 * A mask that was taken for the secret would replace the only copy of it, so a text in doubt is not taken.
 */
const ALPHABET = /^[\w+/=~-]+$/;
/** 15 random bytes in base64. No public source shows a shorter secret, and masks are shorter. */
const SHORTEST = 20;
const FEWEST_DIFFERENT = 8;
/** From here on random text may lack digits by chance, and words are no longer this mixed. */
const LONG = 40;
const MANY_DIFFERENT = 16;
/** Padding may differ. */
const LENGTH_TOLERANCE = 4;

const different = (text: string): number => new Set(text).size;

/** Judged by itself: random text of a key's alphabet, and no word. */
export const looksLikeSecret = (text: string): boolean =>
  ALPHABET.test(text) &&
  text.length >= SHORTEST &&
  different(text) >= FEWEST_DIFFERENT &&
  (/\d/.test(text) || (text.length >= LONG && different(text) >= MANY_DIFFERENT));

/** Nothing, or one of the signs that stand for hidden letters: no service means these as a value. */
const isPlainMask = (text: string): boolean => /^[\s*•●….x#-]*$/i.test(text);

/** The secret to believe in, of the one that an answer shows and the one that state has. */
interface BelievedSecret {
  readonly secret: string | undefined;
  /** The answer shows something that is neither a secret like the known one nor a plain mask. */
  readonly isDoubtful: boolean;
}

/** @param shown the answer's `apiSecret`, whatever it is */
export function believedSecret(shown: unknown, known: string | undefined): BelievedSecret {
  if (typeof shown !== "string" || shown === known || isPlainMask(shown))
    return { secret: known, isDoubtful: false };
  const believed =
    looksLikeSecret(shown) && (known === undefined || !looksLikeSecret(known) || isAlike(shown, known));
  return believed ? { secret: shown, isDoubtful: false } : { secret: known, isDoubtful: true };
}

const isAlike = (shown: string, known: string): boolean =>
  Math.abs(shown.length - known.length) <= LENGTH_TOLERANCE;
