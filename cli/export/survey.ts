import { isRoleId } from "../../provider/model/roles";
import type { RemoteClient } from "../../provider/model/wire";
import type { AccountAccess } from "../account/access";
import { compareText } from "../text";

/** The account, as one list says it is. */
export interface Survey {
  readonly clients: readonly RemoteClient[];
  /** The client that this run signed in with, if the list has it. */
  readonly own: RemoteClient | undefined;
  readonly rolesOf: (client: RemoteClient) => readonly string[];
  /** All roles that any client has. A new client is given all of the account's, so these are the account's own. */
  readonly roles: readonly string[];
}

/** One request, and one more where the account speaks of roles by id. */
export async function survey({ account, budget }: AccountAccess): Promise<Survey> {
  const roster = await account.roster(budget());
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
