import { distinct } from "../whitelist";
import { isGuid } from "./ids";

/** The roles that the vendor's page names. An account may have others. */
export const KNOWN_ROLES: readonly string[] = ["User", "Evaluator", "Subscriber"];

/** One role as `GET /api/v1/clients/roles` gives it. */
export interface Role {
  readonly id: string;
  readonly name: string;
}

/** Whether the API speaks of roles by id. Which of the two it does is not documented, so its own answers decide. */
export const isRoleId = isGuid;

const sameText = (left: string, right: string): boolean => left.toLowerCase() === right.toLowerCase();

/** Whether a list of names has a role, in any case. */
export const hasRole = (names: readonly string[], role: string): boolean =>
  names.some((name) => sameText(name, role));

/** Whether these roles let a client manage the account. */
export const mayManage = (names: readonly string[]): boolean => hasRole(names, "User");

/** Names for the ids in a list; what is no id, or not in the table, stays as it is. */
export function toRoleNames(values: readonly string[], table: readonly Role[]): string[] {
  return values.map((value) => table.find((role) => sameText(role.id, value))?.name ?? value).sort();
}

/** Ids for the names in a list. What the table does not have is returned apart. */
export function toRoleIds(
  values: readonly string[],
  table: readonly Role[],
): { ids: string[]; unknown: string[] } {
  const found = values.map((value) =>
    table.find((role) => sameText(role.name, value) || sameText(role.id, value)),
  );
  return {
    ids: found.flatMap((role) => (role === undefined ? [] : [role.id])),
    unknown: values.filter((_, index) => found[index] === undefined),
  };
}

/** The first of each that name the same role. */
export const distinctRoles = (roles: readonly string[]): string[] =>
  distinct(roles, (role) => role.toLowerCase());

/** Whether two lists name the same roles, in any order. */
export function sameRoles(left: readonly string[], right: readonly string[]): boolean {
  const key = (list: readonly string[]): string =>
    JSON.stringify([...new Set(list.map((role) => role.toLowerCase()))].sort());
  return key(left) === key(right);
}
