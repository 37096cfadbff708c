import type { Roster } from "../../provider/account";
import { shortKey } from "../../provider/cloud/client";
import { printable } from "../../provider/model/printable";
import type { RemoteClient } from "../../provider/model/wire";
import type { Managed } from "./managed";

/**
 * The client that we sign in with, as the list has it. Stops unless the list is whole, is of the account that the stacks
 * manage, and holds that client: from any other list nothing can be concluded.
 */
export function requireSight(
  roster: Roster,
  ownKey: string,
  managed: ReadonlyMap<string, readonly Managed[]>,
): RemoteClient {
  roster.requireComplete("compare the stacks with the account");
  const self = roster.byKey(ownKey);
  if (self === undefined)
    throw new Error(
      `ThinkGeo's list lacks the very client that this run signs in with (${shortKey(ownKey)}), so it is not the whole account, and nothing can be ` +
        "concluded from it. Check thinkgeo:clientId and thinkgeo:apiUrl.",
    );
  const stranger = [...managed.values()].flat().find((one) => differs(ownerOf(one), self.ownerId));
  if (stranger === undefined) return self;
  throw new Error(
    `${printable(stranger.resource)} of stack ${printable(stranger.stack)} belongs to account ${printable(String(ownerOf(stranger)))}, and the ` +
      `credentials of this run to account ${printable(String(self.ownerId))}, so nothing can be concluded. Sign in to the account of the stack, or ` +
      "compare the stacks of each account in a run of their own.",
  );
}

const ownerOf = ({ outputs }: Managed): unknown => outputs.values["ownerId"];

const differs = (owner: unknown, own: string | undefined): boolean =>
  typeof owner === "string" && own !== undefined && owner.toLowerCase() !== own.toLowerCase();
