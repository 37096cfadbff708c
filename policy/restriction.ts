import { opensToEveryAddress, opensToEveryOrigin } from "../provider/whitelist";
import type { DeclaredList } from "./declared-client";

const known = (list: DeclaredList): string[] => list.filter((entry) => entry !== undefined);

/** Whether a list of origins keeps anybody out. One that is not known before `up` may. */
export const restrictsOrigins = (list: DeclaredList = []): boolean =>
  list.includes(undefined) || !opensToEveryOrigin(known(list));

/** Whether a list of addresses keeps anybody out. One that is not known before `up` may. */
export const restrictsAddresses = (list: DeclaredList = []): boolean =>
  list.includes(undefined) || !opensToEveryAddress(known(list));
