import type { Roster } from "../../provider/client/roster";
import { shortKey } from "../../provider/cloud/api";
import { IdMap, sameId, type IdSet } from "../../provider/model/ids";
import type { RemoteClient } from "../../provider/model/wire";
import type { ManagedClient } from "../stacks/state";
import { UserError } from "../../provider/troubleshooting";

/** The names of the clients that every new account has. */
const SAMPLE_NAMES: readonly string[] = ["Sample Browser Client", "Sample Native Client"];

export const isSample = ({ name }: Pick<RemoteClient, "name">): boolean => SAMPLE_NAMES.includes(name);

/** `pending-delete`: no stack declares it any more, and the next run of one deletes it. */
export type Ownership = "managed" | "unmanaged" | "sample" | "own" | "pending-delete";

/** Who owns a client of the account. */
export function ownershipOf(
  client: RemoteClient,
  managed: readonly ManagedClient[],
  ownId: string,
  pendingDelete: IdSet,
): Ownership {
  if (managed.length > 0) return "managed";
  if (client.id === ownId) return "own";
  if (isSample(client)) return "sample";
  return pendingDelete.has(client.id) ? "pending-delete" : "unmanaged";
}

/**
 * The client that this run authenticates with, from the list of clients. Throws if the list is incomplete or lacks that client:
 * such a list does not prove that another client is gone.
 */
export function requireOwnClient(roster: Roster, ownKey: string): RemoteClient {
  roster.requireComplete("compare the stacks with the account");
  const self = roster.byKey(ownKey);
  if (self === undefined)
    throw new UserError(
      "other-account",
      `ThinkGeo's list lacks the very client that this run authenticates with (${shortKey(ownKey)}), so it is not the whole account, and nothing can be ` +
        "concluded from it. Check thinkgeo:clientId and thinkgeo:apiUrl.",
    );
  return self;
}

/** The clients of stacks by whether they are in one account. */
export interface SplitByAccount {
  /** The resources whose clients are in this account, by the client's id. */
  readonly managed: IdMap<readonly ManagedClient[]>;
  /** How many clients of the stacks are in other accounts, by account. */
  readonly elsewhere: ReadonlyMap<string, number>;
}

/**
 * Separates the resources of this account from those of others. Throws if a stack has resources in other accounts only:
 * then the credentials are hardly those that were meant.
 */
export function splitByAccount(
  all: IdMap<readonly ManagedClient[]>,
  account: string | undefined,
): SplitByAccount {
  const managed = new IdMap<readonly ManagedClient[]>();
  const elsewhere = new Map<string, number>();
  const others: ManagedClient[] = [];
  const inAccount = new Set<string>();
  for (const [id, resources] of all) {
    const own = resources.filter((one) => !differs(ownerOf(one), account));
    for (const { stack } of own) inAccount.add(stack);
    if (own.length > 0) managed.set(id, own);
    for (const one of resources.filter((each) => !own.includes(each))) {
      others.push(one);
      elsewhere.set(String(ownerOf(one)), (elsewhere.get(String(ownerOf(one))) ?? 0) + 1);
    }
  }
  const stray = others.find(({ stack }) => !inAccount.has(stack));
  if (stray !== undefined) throw wrongAccount(stray, account);
  return { managed, elsewhere };
}

const wrongAccount = (stray: ManagedClient, account: string | undefined): Error =>
  new UserError(
    "other-account",
    `${stray.resource} of stack ${stray.stack} belongs to account ${String(ownerOf(stray))}, and the ` +
      `credentials of this run to account ${String(account)}, so nothing can be concluded. Use the credentials of the stack's account, or ` +
      "compare the stacks of each account in a run of their own.",
  );

const ownerOf = ({ outputs }: ManagedClient): unknown => outputs.values["ownerId"];

const differs = (owner: unknown, own: string | undefined): boolean =>
  typeof owner === "string" && own !== undefined && !sameId(owner, own);
