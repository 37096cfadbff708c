/** Why an entry that looks right does not let the caller in, or may not. */
export const NEAR_MISSES = [
  "apex",
  "parent",
  "subdomain",
  "sibling",
  "look-alike",
  "scheme",
  "port",
  "header",
  "one-part-off",
  "other-kind",
  "inactive",
  "unreadable",
] as const;

export type NearMissKind = (typeof NEAR_MISSES)[number];

export interface NearMiss {
  /** The entry, as it is listed. */
  readonly entry: string;
  readonly kind: NearMissKind;
  /** What keeps it from matching, as a sentence. */
  readonly why: string;
}

/**
 * What one entry makes of a caller: it lets the caller in; or it may, which is not documented; or it does not. Then
 * it may be near, for reasons.
 */
export interface Match {
  readonly entry: string;
  readonly covers: "yes" | "maybe" | "no";
  readonly misses: readonly Omit<NearMiss, "entry">[];
}
