import { isKind, ThinkGeoError } from "../../provider/cloud/failure";
import type { ClientUsage, RemoteClient } from "../../provider/model/wire";
import type { AccountAccess } from "../account/access";
import { DAY_MS, instantOf, isoDay } from "./dates";

/** The last day on which a client was used. */
export interface Use {
  /** Its end, in milliseconds since 1970; Infinity where the day cannot be read. */
  readonly until: number;
  readonly day: string | undefined;
}

/** What is known of each client's use. */
export interface Usage {
  /** By id in lower case; none of a client that was not used. */
  readonly uses: ReadonlyMap<string, Use>;
  /** Ids in lower case of which nothing is known. */
  readonly unknown: ReadonlySet<string>;
}

/** Asks how the clients were used; stops where that is not told, since a key in use looks like one left behind then. */
export async function readUsage(access: AccountAccess, clients: readonly RemoteClient[]): Promise<Usage> {
  const usage = await access.cloud.usageByClient(access.budget()).catch((error: unknown) => {
    if (!(error instanceof ThinkGeoError) || !isKind(error, "NotFound", "Forbidden", "Malformed", "Rejected"))
      throw error;
    throw new Error(`${error.message} Nothing was changed. ${ADVICE}`, { cause: error });
  });
  const ids = new Map(
    clients.flatMap(({ id, apiKey }) => [
      [id.toLowerCase(), id.toLowerCase()] as const,
      // Which of its two ids the statistics go by is not documented.
      ...(apiKey === undefined ? [] : [[apiKey, id.toLowerCase()] as const]),
    ]),
  );
  const rows = usage.clients.flatMap((row) => {
    const id = ids.get(row.clientId.toLowerCase()) ?? ids.get(row.clientId);
    return id === undefined ? [] : [{ id, row }];
  });
  // An empty list too: it may be a page that is not filled in, or not for us.
  if (rows.length === 0)
    throw new Error(
      `ThinkGeo's statistics name none of the account's clients, so use cannot be told. Nothing was changed. ${ADVICE}`,
    );
  // A client without a row was not used, unless rows are missing.
  const isComplete = new Set(usage.clients.map(({ clientId }) => clientId)).size >= (usage.totalCount ?? 0);
  const known = new Set(rows.filter(({ row }) => row.days !== undefined).map(({ id }) => id));
  const silent = isComplete
    ? rows.filter(({ row }) => row.days === undefined).map(({ id }) => id)
    : ids.values();
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
