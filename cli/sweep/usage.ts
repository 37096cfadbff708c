import { isKind, ThinkGeoError } from "../../provider/cloud/errors";
import type { ClientUsage, RemoteClient } from "../../provider/model/wire";
import type { AccountAccess } from "../account-access";
import { DAY_MS, instantOf, isoDay } from "./dates";

/** The last day on which a client was used. */
export interface Use {
  /** Its end, in milliseconds since 1970; Infinity where the day cannot be read. */
  readonly until: number;
  readonly day: string | undefined;
}

/** Asks how the clients were used; stops where that is not told, since a key in use looks like one left behind then. */
export async function readUsage(
  access: AccountAccess,
  clients: readonly RemoteClient[],
): Promise<ReadonlyMap<string, Use>> {
  const usage = await access.cloud.usageByClient(access.budget()).catch((error: unknown) => {
    if (!(error instanceof ThinkGeoError) || !isKind(error, "NotFound", "Forbidden", "Malformed", "Rejected"))
      throw error;
    throw new Error(`${error.message} Nothing was changed. ${ADVICE}`, { cause: error });
  });
  const ids = new Map(
    clients.flatMap(({ id, apiKey }) => [
      [id.toLowerCase(), id] as const,
      // Which of its two ids the statistics go by is not documented.
      ...(apiKey === undefined ? [] : [[apiKey, id] as const]),
    ]),
  );
  const idOf = ({ clientId }: ClientUsage): string | undefined =>
    ids.get(clientId.toLowerCase()) ?? ids.get(clientId);
  if (usage.length > 0 && !usage.some((row) => idOf(row) !== undefined))
    throw new Error(
      `ThinkGeo's statistics name none of the account's clients, so use cannot be told. Nothing was changed. ${ADVICE}`,
    );
  const uses = new Map<string, Use>();
  for (const row of usage) {
    const id = idOf(row)?.toLowerCase();
    const use = lastUse(row);
    const known = id === undefined ? undefined : uses.get(id);
    if (id !== undefined && use !== undefined && use.until > (known?.until ?? 0)) uses.set(id, use);
  }
  return uses;
}

const ADVICE = "Say --ignore-usage to go by age alone.";

function lastUse({ days }: ClientUsage): Use | undefined {
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
