import { fixedGuid } from "./keys";

/** A role that an account has. */
export interface Role {
  readonly id: string;
  readonly name: string;
  /** When the role ends, ISO text; null for never. Evaluation ends after 60 days. */
  readonly expiration: string | null;
}

/** What is needed to make a role: its name, or its name and when it ends. */
export type RoleInput = string | { readonly name: string; readonly expiration?: string | null };

const evaluationDays = 60;

/** The roles that open the map services. "User" opens the account and its clients instead. */
export const serviceRoles: readonly string[] = ["Evaluator", "Subscriber"];

export function makeRole(input: RoleInput, now: number): Role {
  const name = typeof input === "string" ? input : input.name;
  const standard = name === "Evaluator" ? new Date(now + evaluationDays * 86_400_000).toISOString() : null;
  const expiration = typeof input === "string" ? standard : (input.expiration ?? null);
  return { id: fixedGuid(`role ${name}`), name, expiration };
}

export const isExpired = (role: Role, now: number): boolean =>
  role.expiration !== null && Date.parse(role.expiration) <= now;

/** What a client's roles become when its account's do: who held one that is gone takes up those that are new. */
export function carryRoles(
  held: readonly string[],
  before: readonly Role[],
  after: readonly Role[],
): string[] {
  const kept = held.filter((name) => after.some((role) => role.name === name));
  if (kept.length === held.length) return kept;
  const added = after
    .filter((role) => !before.some((old) => old.name === role.name))
    .map((role) => role.name);
  return [...kept, ...added];
}
