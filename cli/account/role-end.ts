import type { AccountRole } from "../../provider/model/wire";

const DAY_MS = 86_400_000;

/** From how many days before its end on a role is told of. */
export const DAYS_BEFORE = 14;

export interface RoleEnd {
  /** In milliseconds since 1970. */
  readonly at: number;
  /** Its day in UTC. */
  readonly day: string;
  readonly isOver: boolean;
  /** Begun days that are left; a role that ends within a day has one. */
  readonly days: number;
  /** Whether it is to be told of: it is over, or soon will be. */
  readonly isNear: boolean;
}

/** When a role ends; undefined where it does not, or nobody can read when. */
export function endOfRole({ expiration }: AccountRole, now: number): RoleEnd | undefined {
  const at = Date.parse(expiration ?? "");
  if (Number.isNaN(at)) return undefined;
  const days = Math.max(0, Math.ceil((at - now) / DAY_MS));
  return {
    at,
    day: new Date(at).toISOString().slice(0, 10),
    isOver: at <= now,
    days,
    isNear: at - now < DAYS_BEFORE * DAY_MS,
  };
}
