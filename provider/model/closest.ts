/** The option that was probably meant, if any is near enough to propose. */
export function closest(text: string, options: readonly string[]): string | undefined {
  const wanted = text.trim().toLowerCase();
  const within = options.find((option) => wanted.length > 3 && option.toLowerCase().includes(wanted));
  if (within !== undefined) return within;
  const scored = options
    .map((option) => ({ option, distance: editDistance(wanted, option.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return scored !== undefined && scored.distance <= Math.max(1, scored.option.length / 3)
    ? scored.option
    : undefined;
}

/** Levenshtein's distance, one row at a time; texts longer than any option are far from all of them. */
function editDistance(from: string, to: string): number {
  if (from.length > 64) return from.length;
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [index, letter] of Array.from(from).entries()) {
    const next = [index + 1];
    for (let column = 1; column <= to.length; column++) {
      const change = (row[column - 1] ?? 0) + (to[column - 1] === letter ? 0 : 1);
      next.push(Math.min(change, (row[column] ?? 0) + 1, (next[column - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[to.length] ?? 0;
}
