export const DAY_MS = 86_400_000;

/** No client is older than ThinkGeo Cloud. What is said to be, such as .NET's year 1, says that nothing is known. */
const EARLIEST = Date.UTC(2018, 0, 1);

const DAY_IN_NAME = /(?<![0-9a-z])(20\d\d)(-?)([01]\d)\2([0-3]\d)(?![0-9a-z])/gi;
const INSTANT = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d.*)?$/;
const ZONE = /(?:Z|[+-]\d\d:?\d\d)$/i;
const DAY_LENGTH = "2026-11-01".length;

/** The end of the latest day that a name has in it, as `20261101` or `2026-11-01`: by then the client was made. */
export function dayInName(name: string): number | undefined {
  const ends = [...name.matchAll(DAY_IN_NAME)].flatMap(([, year, , month, day]) => {
    const start = dayOf(Number(year), Number(month), Number(day));
    return start === undefined || start < EARLIEST ? [] : [start + DAY_MS];
  });
  return ends.length === 0 ? undefined : Math.max(...ends);
}

/** Undefined for a day that no calendar has. */
function dayOf(year: number, month: number, day: number): number | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : undefined;
}

/** An instant as a server writes it; without a zone it is UTC, and a day alone is its beginning. */
export function instantOf(text: unknown): number | undefined {
  if (typeof text !== "string" || !INSTANT.test(text)) return undefined;
  const instant = Date.parse(
    text.length === DAY_LENGTH || ZONE.test(text.slice(DAY_LENGTH)) ? text : `${text}Z`,
  );
  return Number.isNaN(instant) || instant < EARLIEST ? undefined : instant;
}

export const isoDay = (instant: number): string => new Date(instant).toISOString().slice(0, 10);
