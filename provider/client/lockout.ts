import { ThinkGeoError } from "../cloud/failure";
import { mayManage } from "../model/roles";
import type { RemoteClient } from "../model/wire";
import { AddressList, whitelistsInForce } from "../whitelist";

/** What is about to become of a client. */
export interface PlannedChange {
  readonly active: boolean;
  readonly allowedIpAddresses: AddressList;
  /** Role names; undefined leaves them as they are. */
  readonly grantedRoles: readonly string[] | undefined;
}

const NEXT =
  'Use another client in thinkgeo:clientId for this, or set thinkgeo:allowSelfLockout to "true" if you are sure that you can get in again.';

/** Refuses what would shut out the client that this program signs in with: after that, no run could undo it. */
export class LockoutGuard {
  constructor(
    private readonly ownKey: string,
    private readonly allowed: boolean,
  ) {}

  check(client: RemoteClient, doing: string, change: PlannedChange | "delete"): void {
    if (this.allowed || client.apiKey !== this.ownKey) return;
    const danger = dangerOf(client, change);
    if (danger === undefined) return;
    const happened = `it is the client that Pulumi authenticates with (thinkgeo:clientId), and ${danger}`;
    throw new ThinkGeoError("Conflict", { doing, happened, next: NEXT, heading: "lockout" });
  }
}

function dangerOf(client: RemoteClient, change: PlannedChange | "delete"): string | undefined {
  if (change === "delete") return "deleting it would lock this program out";
  if (!change.active) return "deactivating it would lock this program out";
  if (change.grantedRoles !== undefined && !mayManage(change.grantedRoles))
    return "without the User role it could not manage clients";
  // What let this run in before lets it in again; and an IP list that is not in effect restricts nothing.
  const before = whitelistsInForce(client).allowedIpAddresses;
  const restricts = !change.allowedIpAddresses.covers(before);
  // ThinkGeo sees the public address of this machine, which the machine itself does not know.
  return restricts
    ? "whether the new whitelist holds this machine's public address cannot be known from here"
    : undefined;
}
