import { sameId, type IdSet } from "../../provider/model/ids";
import { isRoleId } from "../../provider/model/roles";
import type { RemoteClient } from "../../provider/model/wire";
import { isSample } from "../account/ownership";
import type { RecordedConnection } from "../account/sign-in";
import { UsageError } from "../command";
import { compareText, matchesGlob, quoted } from "../text";
import { declare, type Declaration } from "./declaration";
import type { LeftOut } from "./report";

/** The account, from one list of its clients. */
export interface Account {
  readonly clients: readonly RemoteClient[];
  /** The client that this run authenticated with, if the list has it. */
  readonly own: RemoteClient | undefined;
  readonly rolesOf: (client: RemoteClient) => readonly string[];
  /** The roles that any client has. A new client gets all roles of the account, so these are the account's roles. */
  readonly roles: readonly string[];
}

/** Takes one request, one more if the account gives roles by id, and one for each client that the list does not show in full. */
export async function readAccount({ account, budget }: RecordedConnection): Promise<Account> {
  const roster = await account.fullRoster(budget());
  roster.requireComplete("export the account");
  const values = [...new Set(roster.all.flatMap((client) => client.grantedRoles))];
  const names = new Map<string, string>();
  for (const value of values) {
    const [name = value] = isRoleId(value) ? await account.roleNames([value], budget()) : [value];
    names.set(value, name);
  }
  return {
    clients: roster.all,
    own: roster.byKey(account.ownKey),
    rolesOf: (client) => client.grantedRoles.map((value) => names.get(value) ?? value),
    roles: [...new Set(names.values())].sort(compareText),
  };
}

/** The clients that --only and --unmanaged leave, in the order in which they are written. */
export function selectClients(
  clients: readonly RemoteClient[],
  /** Names, with wildcards, or GUIDs; none selects all. */
  only: readonly string[],
  /** GUIDs of clients that stacks manage already. */
  managed: IdSet,
): RemoteClient[] {
  const fits = (client: RemoteClient, pattern: string): boolean =>
    sameId(client.id, pattern) || matchesGlob(pattern.toLowerCase(), client.name.toLowerCase());
  const unmatched = only.filter((pattern) => !clients.some((client) => fits(client, pattern)));
  if (unmatched.length > 0)
    throw new UsageError(
      `--only: the account has no client ${unmatched.map((pattern) => quoted(pattern)).join(" and none ")}.`,
    );
  return clients
    .filter((client) => only.length === 0 || only.some((pattern) => fits(client, pattern)))
    .filter((client) => !managed.has(client.id))
    .toSorted(
      (left, right) =>
        compareText(left.name.toLowerCase(), right.name.toLowerCase()) ||
        compareText(left.name, right.name) ||
        compareText(left.id, right.id),
    );
}

/** A client that is written into the program. */
export interface Exported {
  readonly declaration: Declaration;
  /** What the comments above it say. */
  readonly comments: readonly string[];
}

/** Declares the clients that a program can adopt; the others are left out, each for a reason. */
export function declareClients(
  clients: readonly RemoteClient[],
  account: Account,
  include: { readonly samples: boolean; readonly own: boolean },
): { readonly exported: readonly Exported[]; readonly leftOut: readonly LeftOut[] } {
  const exported: Exported[] = [];
  const leftOut: LeftOut[] = [];
  for (const client of clients) {
    const isOwn = client.id === account.own?.id;
    const declared = declare(client, account.rolesOf(client), account.roles);
    const leave = (why: LeftOut["why"], reason: string): void => {
      const { id, name, clientType } = client;
      leftOut.push({ id, name, type: clientType ?? null, why, reason });
    };
    if (isOwn && !include.own)
      leave("own", `${OWN}, so deleting its resource would lock Pulumi out; --include-own writes it`);
    else if (isSample(client) && !include.samples) leave("sample", `${SAMPLE}; --include-samples writes it`);
    else if (!declared.ok) leave("undeclarable", declared.reason);
    else {
      const marks = [...(isSample(client) ? [SAMPLE] : []), ...(isOwn ? [OWN] : [])].map(asSentence);
      exported.push({ declaration: declared.declaration, comments: [...marks, ...declared.notes] });
    }
  }
  return { exported, leftOut };
}

const SAMPLE = "ThinkGeo makes it with every account";
const OWN = "it is the client that this export authenticated with";

const asSentence = (text: string): string => `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
