import type { AccountRole } from "../../provider/model/wire";
import { DAY_MS, isoDay } from "../days";

/** How many days before a role ends it is reported. */
const DAYS_BEFORE = 14;

/** The end of a role of the account. */
interface RoleExpiration {
  /** Its day in UTC. */
  readonly day: string;
  readonly isOver: boolean;
  /** The days that are left, rounded up: a role that ends within a day has one. */
  readonly days: number;
  /** Whether it is over, or will be within 14 days. */
  readonly isSoon: boolean;
}

/** When a role ends; undefined if it does not end, or if the date cannot be read. */
export function roleExpiration({ expiration }: AccountRole, now: number): RoleExpiration | undefined {
  const at = Date.parse(expiration ?? "");
  if (Number.isNaN(at)) return undefined;
  const days = Math.max(0, Math.ceil((at - now) / DAY_MS));
  return {
    day: isoDay(at),
    isOver: at <= now,
    days,
    isSoon: at - now < DAYS_BEFORE * DAY_MS,
  };
}
