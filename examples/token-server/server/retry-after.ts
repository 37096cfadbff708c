/** Retry-After in milliseconds; undefined where it is neither whole seconds nor a date, which means: own delays. */
export function readRetryAfter(header: string | null, wall: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000;
  const date = new Date(text);
  // An HTTP date is what JavaScript itself writes; anything else that Date reads is a guess.
  const isHttpDate = !Number.isNaN(date.valueOf()) && date.toUTCString() === text;
  return isHttpDate ? Math.max(0, date.valueOf() - wall) : undefined;
}
