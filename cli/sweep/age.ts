import type { RemoteClient } from "../../provider/model/wire";
import { DAY_MS, dayInName, instantOf, isoDay } from "./dates";
import type { Seen } from "./seen";

/** Since when a client has been left alone, and who says so. */
export interface Age {
  /** Milliseconds since 1970: it was made, renamed or changed no later than this. */
  readonly since: number;
  readonly from: "account" | "name" | "record";
  /** `since` for a person. */
  readonly day: string;
}

/* Public material shows no date on a client. Should the service have one, it goes by one of the usual names. */
const DATE_FIELDS = new Set(
  ["created", "creation", "modified", "lastmodified", "updated", "lastupdated"].flatMap((stem) => [
    stem,
    `date${stem}`,
    ...["date", "time", "datetime", "at", "on", "utc", "onutc", "atutc", "dateutc"].map(
      (end) => `${stem}${end}`,
    ),
  ]),
);

/**
 * What is known of a client's age. Of what the account and the name say, the latest counts: none of them makes a client
 * older than another says. That sweep has seen it since a day counts where nothing else is said.
 */
export function ageOf(client: RemoteClient, seen: Seen): Age | undefined {
  const inName = dayInName(client.name);
  const written: Age[] = [
    ...accountDates(client).map((since): Age => ({ since, from: "account", day: isoDay(since - 1) })),
    ...(inName === undefined
      ? []
      : [{ since: inName, from: "name", day: isoDay(inName - DAY_MS) } satisfies Age]),
  ];
  if (written.length > 0)
    return written.reduce((latest, next) => (next.since > latest.since ? next : latest));
  const first = seen.get(client.id.toLowerCase());
  return first === undefined ? undefined : { since: first, from: "record", day: isoDay(first) };
}

const accountDates = ({ raw }: RemoteClient): number[] =>
  Object.entries(raw).flatMap(([field, value]) => {
    const instant = DATE_FIELDS.has(field.toLowerCase().replaceAll("_", "")) ? instantOf(value) : undefined;
    if (instant === undefined) return [];
    // Midnight is how a day without a time is written, and a day counts to its end.
    return [instant % DAY_MS === 0 ? instant + DAY_MS : instant];
  });
