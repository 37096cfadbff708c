import type { Roster } from "../../provider/client/account";
import type { AccountRole } from "../../provider/model/wire";
import type { RoleTable } from "./client-changes";

/** The account as it was read. */
export interface AccountView {
  readonly roster: Roster;
  /** The public key that we sign in with. */
  readonly ownKey: string;
  /** The account's id, if the API says it anywhere. */
  readonly ownerId: string | undefined;
  /** Empty where the API names roles; undefined where it speaks of ids and would not explain them. */
  readonly roles: RoleTable;
  /** Undefined where nobody asked, or the API does not tell. */
  readonly accountRoles?: readonly AccountRole[] | undefined;
  /** Transactions by the id of the client, in lower case. */
  readonly usage?: ReadonlyMap<string, number> | undefined;
  readonly notes: readonly string[];
}
