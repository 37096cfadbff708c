import type { RemoteClient } from "../../provider/model/wire";
import { matchesGlob } from "../glob";
import { UsageError } from "../verb";
import { compareText } from "../text";

export interface Picks {
  /** Names, with wildcards, or GUIDs; none picks all. */
  readonly only: readonly string[];
  /** GUIDs of clients that stacks manage, in lower case: these are not picked. */
  readonly managed: ReadonlySet<string>;
}

/** The clients that are wanted, in the order in which they are written. */
export function pick(clients: readonly RemoteClient[], { only, managed }: Picks): RemoteClient[] {
  const fits = (client: RemoteClient, pattern: string): boolean =>
    client.id.toLowerCase() === pattern.toLowerCase() ||
    matchesGlob(pattern.toLowerCase(), client.name.toLowerCase());
  const idle = only.filter((pattern) => !clients.some((client) => fits(client, pattern)));
  if (idle.length > 0)
    throw new UsageError(
      `--only: the account has no client ${idle.map((pattern) => JSON.stringify(pattern)).join(" and none ")}.`,
    );
  return clients
    .filter((client) => only.length === 0 || only.some((pattern) => fits(client, pattern)))
    .filter((client) => !managed.has(client.id.toLowerCase()))
    .toSorted(
      (left, right) =>
        compareText(left.name.toLowerCase(), right.name.toLowerCase()) ||
        compareText(left.name, right.name) ||
        compareText(left.id, right.id),
    );
}
