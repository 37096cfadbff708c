export const DAY_MS = 86_400_000;

/** The day of an instant, in UTC, as in "2026-11-01". */
export const isoDay = (instant: number): string => new Date(instant).toISOString().slice(0, 10);
