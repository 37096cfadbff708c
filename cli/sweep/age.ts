import * as z from "zod";
import { isKind, ThinkGeoError } from "../../provider/cloud/failure";
import { IdMap, IdSet } from "../../provider/model/ids";
import type { ClientUsage, RemoteClient } from "../../provider/model/wire";
import type { RecordedConnection } from "../account/sign-in";
import { DAY_MS, isoDay } from "../days";
import { compareText, readJson } from "../text";
import { UserError, textOf } from "../../provider/troubleshooting";

/** No client is older than ThinkGeo Cloud: an earlier date, such as .NET's year 1, is none. */
const EARLIEST = Date.UTC(2018, 0, 1);

const DAY_IN_NAME = /(?<![0-9a-z])(20\d\d)(-?)([01]\d)\2([0-3]\d)(?![0-9a-z])/gi;
const INSTANT = /^\d{4}-\d\d-\d\d(?:T\d\d:\d\d.*)?$/;
const ZONE = /(?:Z|[+-]\d\d:?\d\d)$/i;
const DAY_LENGTH = "2026-11-01".length;

/** The end of the latest day in a name, as `20261101` or `2026-11-01`: by then the client was created. */
export function dayInName(name: string): number | undefined {
  const ends = [...name.matchAll(DAY_IN_NAME)].flatMap(([, year, , month, day]) => {
    const start = dayOf(Number(year), Number(month), Number(day));
    return start === undefined || start < EARLIEST ? [] : [start + DAY_MS];
  });
  return ends.length === 0 ? undefined : Math.max(...ends);
}

/** Undefined if there is no such day. */
function dayOf(year: number, month: number, day: number): number | undefined {
  const date = new Date(Date.UTC(year, month - 1, day));
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.getTime() : undefined;
}

/** A date from a server. Without a time zone it is UTC; without a time it is the beginning of the day. */
export function instantOf(text: unknown): number | undefined {
  if (typeof text !== "string" || !INSTANT.test(text)) return undefined;
  const instant = Date.parse(
    text.length === DAY_LENGTH || ZONE.test(text.slice(DAY_LENGTH)) ? text : `${text}Z`,
  );
  return Number.isNaN(instant) || instant < EARLIEST ? undefined : instant;
}

/** How old a client is, and how that is known. */
export interface Age {
  /** In milliseconds since 1970: the client was created, renamed or changed no later. */
  readonly since: number;
  readonly from: "account" | "name" | "record";
  /** The day of `since`. */
  readonly day: string;
}

/* Public material shows no date on a client. Should the service have one, its field has one of these usual names. */
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
 * The age of a client, if it is known: the latest of the dates in the account and in the name. Without such a date, the day
 * counts on which sweep first saw the client.
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
  const first = seen.get(client.id);
  return first === undefined ? undefined : { since: first, from: "record", day: isoDay(first) };
}

const accountDates = ({ raw }: RemoteClient): number[] =>
  Object.entries(raw).flatMap(([field, value]) => {
    const instant = DATE_FIELDS.has(field.toLowerCase().replaceAll("_", "")) ? instantOf(value) : undefined;
    if (instant === undefined) return [];
    // Midnight stands for a day without a time, and a day counts to its end.
    return [instant % DAY_MS === 0 ? instant + DAY_MS : instant];
  });

/** When sweep first saw each client, by its id: the content of the --seen file. */
export type Seen = IdMap<number>;

const instant = z.iso.datetime().transform((text) => Date.parse(text));
const seenFile = z.looseObject({
  version: z.literal(1),
  clients: z.array(z.looseObject({ id: z.string(), seen: instant })),
});

/** Reads the file; without a text it is the first run. */
export function readSeen(file: string, text: string | undefined): Seen {
  if (text === undefined) return new IdMap();
  const parsed = seenFile.safeParse(readJson(text));
  if (!parsed.success)
    throw new UserError(
      "sweep-refused",
      `${file} is not what "thinkgeo sweep --seen" writes: restore it, or delete it and begin anew.`,
    );
  return new IdMap(parsed.data.clients.map(({ id, seen }) => [id, seen]));
}

/** Adds the clients that are seen for the first time, and removes those that the account does not have any more. */
export function withNewlySeen(
  seen: Seen,
  seenNow: readonly RemoteClient[],
  inAccount: readonly RemoteClient[],
  now: number,
): Seen {
  const there = new IdSet(inAccount.map(({ id }) => id));
  const first = seenNow.map(({ id }) => [id, now] as const);
  return new IdMap([...first, ...seen].filter(([id]) => there.has(id)));
}

/** The text of the file: one line for each client, sorted, so that a diff of it can be read. */
export function seenText(seen: Seen, inAccount: readonly RemoteClient[]): string {
  const names = new IdMap(inAccount.map(({ id, name }) => [id, name]));
  const lines = [...seen]
    .map(([id, at]) => ({
      id: id.toLowerCase(),
      name: names.get(id) ?? "",
      seen: new Date(at).toISOString(),
    }))
    .toSorted((left, right) => compareText(left.id, right.id))
    .map((line) => JSON.stringify(line));
  const list = lines.length === 0 ? "[]" : `[\n    ${lines.join(",\n    ")}\n  ]`;
  return `{\n  "version": 1,\n  "clients": ${list}\n}\n`;
}

/** The last day on which a client was used. */
export interface Use {
  /** The end of the day, in milliseconds since 1970; Infinity if the day cannot be read. */
  readonly until: number;
  readonly day: string | undefined;
}

/** When each client was last used. */
export interface Usage {
  /** By the client's id. A client that was not used has none. */
  readonly uses: ReadonlyMap<string, Use>;
  /** The ids of clients whose use is not known. */
  readonly unknown: ReadonlySet<string>;
}

/** Reads the statistics. Throws if they say nothing, because a key that is in use would look like one that is not. */
export async function readUsage(
  connection: RecordedConnection,
  clients: readonly RemoteClient[],
): Promise<Usage> {
  const usage = await connection.cloud.usageByClient(connection.budget()).catch((error: unknown) => {
    if (!(error instanceof ThinkGeoError) || !isKind(error, "NotFound", "Forbidden", "Malformed", "Rejected"))
      throw error;
    throw new UserError("sweep-refused", `${textOf(error)} Nothing was changed. ${ADVICE}`, { cause: error });
  });
  // Whether the statistics have the GUID or the key of a client is not documented.
  const byId = new IdMap(clients.map(({ id }) => [id, id] as const));
  const byKey = new Map(clients.map(({ id, apiKey }) => [apiKey, id]));
  const rows = usage.clients.flatMap((row) => {
    const id = byId.get(row.clientId) ?? byKey.get(row.clientId);
    return id === undefined ? [] : [{ id, row }];
  });
  // An empty list is no proof either: the statistics may not be ready, or not for this client.
  if (rows.length === 0)
    throw new UserError(
      "sweep-refused",
      `ThinkGeo's statistics name none of the account's clients, so use cannot be determined. Nothing was changed. ${ADVICE}`,
    );
  // A client without a row was not used, unless the list of rows is incomplete.
  const isComplete = new Set(usage.clients.map(({ clientId }) => clientId)).size >= (usage.totalCount ?? 0);
  const known = new Set(rows.filter(({ row }) => row.days !== undefined).map(({ id }) => id));
  const silent = isComplete
    ? rows.filter(({ row }) => row.days === undefined).map(({ id }) => id)
    : byId.values();
  const uses = new Map<string, Use>();
  for (const { id, row } of rows) {
    const use = lastUse(row);
    if (use !== undefined && use.until > (uses.get(id)?.until ?? 0)) uses.set(id, use);
  }
  return { uses, unknown: new Set([...silent].filter((id) => !known.has(id))) };
}

const ADVICE = "Say --ignore-usage to go by age alone.";

function lastUse({ days = [] }: ClientUsage): Use | undefined {
  const uses = days
    .filter(({ amount }) => amount > 0)
    .map(({ dateTime }): Use => {
      const instant = instantOf(dateTime);
      return instant === undefined
        ? { until: Infinity, day: undefined }
        : { until: instant + DAY_MS, day: isoDay(instant) };
    });
  return uses.reduce<Use | undefined>(
    (last, next) => (last === undefined || next.until > last.until ? next : last),
    undefined,
  );
}
