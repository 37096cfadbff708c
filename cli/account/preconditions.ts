import type { Roster } from "../../provider/client/account";
import { shortKey } from "../../provider/cloud/api";
import type { RemoteClient } from "../../provider/model/wire";
import type { Managed } from "../stacks/managed";

/**
 * The client that we sign in with, as the list has it. Stops unless the list is whole and holds that client: from any
 * other list nothing can be concluded.
 */
export function requireOwnClient(roster: Roster, ownKey: string): RemoteClient {
  roster.requireComplete("compare the stacks with the account");
  const self = roster.byKey(ownKey);
  if (self === undefined)
    throw new Error(
      `ThinkGeo's list lacks the very client that this run signs in with (${shortKey(ownKey)}), so it is not the whole account, and nothing can be ` +
        "concluded from it. Check thinkgeo:clientId and thinkgeo:apiUrl.",
    );
  return self;
}

/** The clients of one account, and how many each other account has. */
export interface Sorted {
  readonly managed: Map<string, Managed[]>;
  readonly elsewhere: ReadonlyMap<string, number>;
}

/**
 * Leaves out what a stack manages in other accounts. A stack with nothing in this one is of another account as a whole,
 * and was hardly meant.
 */
export function sortByAccount(
  all: ReadonlyMap<string, readonly Managed[]>,
  account: string | undefined,
): Sorted {
  const managed = new Map<string, Managed[]>();
  const elsewhere = new Map<string, number>();
  const strangers: Managed[] = [];
  const atHome = new Set<string>();
  for (const [id, resources] of all) {
    const own = resources.filter((one) => !differs(ownerOf(one), account));
    for (const { stack } of own) atHome.add(stack);
    if (own.length > 0) managed.set(id, own);
    for (const one of resources.filter((each) => !own.includes(each))) {
      strangers.push(one);
      elsewhere.set(String(ownerOf(one)), (elsewhere.get(String(ownerOf(one))) ?? 0) + 1);
    }
  }
  const lost = strangers.find(({ stack }) => !atHome.has(stack));
  if (lost !== undefined) throw wrongAccount(lost, account);
  return { managed, elsewhere };
}

const wrongAccount = (stranger: Managed, account: string | undefined): Error =>
  new Error(
    `${stranger.resource} of stack ${stranger.stack} belongs to account ${String(ownerOf(stranger))}, and the ` +
      `credentials of this run to account ${String(account)}, so nothing can be concluded. Sign in to the account of the stack, or ` +
      "compare the stacks of each account in a run of their own.",
  );

const ownerOf = ({ outputs }: Managed): unknown => outputs.values["ownerId"];

const differs = (owner: unknown, own: string | undefined): boolean =>
  typeof owner === "string" && own !== undefined && owner.toLowerCase() !== own.toLowerCase();
