import type { Sighting } from "./witness";

/** How many milliseconds our clock is ahead of the server's; undefined where the server does not say what time it is. */
export function clockAhead(seen: readonly Sighting[]): number | undefined {
  // A cache's answer is as old as the cache makes it; the token's never comes from one.
  const dated = seen.filter((sighting) => serverTime(sighting) !== undefined);
  const best = dated.find(({ request }) => request.method === "POST") ?? dated.at(-1);
  const theirs = best && serverTime(best);
  if (best === undefined || theirs === undefined) return undefined;
  // The header has whole seconds, cut off: half of one is the best guess.
  return (best.sentAt + best.receivedAt) / 2 - (theirs + 500);
}

function serverTime({ result }: Sighting): number | undefined {
  if (result.kind !== "answer" || result.headers["age"] !== undefined) return undefined;
  const time = Date.parse(result.headers["date"] ?? "");
  return Number.isNaN(time) ? undefined : time;
}
