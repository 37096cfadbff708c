import { itemInWords } from "../../provider/client/account";
import { count } from "../text";
import type { Managed } from "../stacks/managed";
import { secretOf } from "../stacks/managed";
import type { AccountView } from "./view";

interface Circumstances {
  /** Clients that the next run of a stack deletes. */
  readonly leaving: number;
  /** Accepted findings that are no more. */
  readonly gone: number;
  /** How many clients of these stacks are in other accounts, by account. */
  readonly elsewhere: ReadonlyMap<string, number>;
  readonly wantsSecrets: boolean;
}

/** What was not looked at, and why: silence would look like agreement. */
export function notesOn(
  managed: ReadonlyMap<string, readonly Managed[]>,
  { roster, roles }: AccountView,
  { leaving, gone, elsewhere, wantsSecrets }: Circumstances,
): string[] {
  const all = [...managed.values()].flat();
  const sealed = all.filter(({ inputs }) => inputs.sealed.size > 0).length;
  const declaresRoles = all.filter(({ inputs }) => inputs.values["grantedRoles"] !== undefined).length;
  const unknown = wantsSecrets ? withoutSecret(all, roster) : 0;
  const many = (number: number, note: string): string[] => (number > 0 ? [note] : []);
  return [
    ...roster.unreadable.map((item) => `Not looked at: ${itemInWords(item)}.`),
    ...many(
      sealed,
      `Not compared, because the stack keeps them secret: properties of ${count(sealed, "client")}. "--check secrets" compares them (files: export with --show-secrets).`,
    ),
    ...many(
      roles === undefined ? declaresRoles : 0,
      `Not compared: grantedRoles of ${count(declaresRoles, "client")}. ThinkGeo speaks of roles by id and did not say which is which.`,
    ),
    ...many(
      unknown,
      `Not compared: the secrets of ${count(unknown, "client")}. The stack's export or ThinkGeo's list does not show them.`,
    ),
    ...[...elsewhere].map(
      ([owner, number]) =>
        `Left out: ${count(number, "client")} in account ${owner}. Compare with the credentials of that account, too.`,
    ),
    ...many(gone, `No longer found: ${count(gone, "finding")} of the baseline. Write it anew.`),
    ...many(leaving, `To be deleted by the next run of their stack: ${count(leaving, "client")}.`),
  ];
}

const withoutSecret = (all: readonly Managed[], roster: AccountView["roster"]): number =>
  all.filter((one) => {
    const live = roster.find(one.id);
    const native = live?.clientType === "NativeConfidential";
    return native && (live.apiSecret === undefined || secretOf(one) === undefined);
  }).length;
