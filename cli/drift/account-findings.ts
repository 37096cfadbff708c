import type { RemoteClient } from "../../provider/model/wire";
import { isUnrestricted, rangeText, sizeOf, whitelistsInForce } from "../../provider/whitelist";
import { amount } from "../text";
import { draft, type Draft } from "./draft";
import type { Place } from "../account/place";
import { placeOf, type Managed } from "../stacks/managed";
import { subjectOf } from "./managed-findings";

/** How many addresses one range may hold before it is too wide: a /16. */
export const WIDEST = 2 ** 16;

/** What is to be said of one client of the account, whether or not a stack declares it. */
export function accountFindings(
  client: RemoteClient,
  place: Place,
  managed: readonly Managed[],
  usage: ReadonlyMap<string, number> | undefined,
): Draft[] {
  if (place === "sample") return client.isActive ? [sample(client, usage?.get(client.id.toLowerCase()))] : [];
  return [
    ...(place === "unmanaged" ? [unmanaged(client)] : []),
    ...(client.isActive ? reachFindings(client, place, managed) : []),
  ];
}

const unmanaged = (client: RemoteClient): Draft =>
  draft("unmanaged", subjectOf([], client), {
    message: client.isActive ? "No stack declares it." : "No stack declares it; it is switched off.",
  });

const sample = (client: RemoteClient, used: number | undefined): Draft =>
  draft("sample-client", subjectOf([], client), {
    message:
      used === undefined
        ? "Every account has it, and it works: switch it off before production."
        : `Every account has it, it works, and it was used ${amount(used)} times.`,
  });

function reachFindings(client: RemoteClient, place: Place, managed: readonly Managed[]): Draft[] {
  const whitelists = whitelistsInForce(client);
  const subject = subjectOf(managed, client);
  const own = place === "own" ? " It is the client that this run signs in with." : "";
  if (isUnrestricted(whitelists))
    return [draft("unrestricted", subject, { message: `It can be used from everywhere.${own}` })];
  const { allowedIpAddresses } = whitelists;
  const wide = allowedIpAddresses.ranges.filter((range) => sizeOf(range) > WIDEST);
  if (allowedIpAddresses.restrictsNobody || wide.length === 0) return [];
  const hidden = managed.some(({ inputs }) => inputs.secret.has("allowedIpAddresses"));
  const details = wide.map((range) => `${rangeText(range)} has ${amount(sizeOf(range))} addresses`);
  return [
    draft("too-wide", subject, {
      message: `A range of its whitelist is wider than /16, which is ${amount(WIDEST)} addresses.${own}`,
      details: hidden ? ["its addresses are secret"] : details,
      basis: hidden ? null : details,
    }),
  ];
}

/** Names that several active clients have. */
export function duplicateNames(
  clients: readonly RemoteClient[],
  managedOf: (id: string) => readonly Managed[],
): Draft[] {
  const byName = new Map<string, RemoteClient[]>();
  for (const client of clients) {
    if (!client.isActive || client.name.trim() === "") continue;
    const others = byName.get(client.name);
    if (others === undefined) byName.set(client.name, [client]);
    else others.push(client);
  }
  return [...byName.values()].flatMap((same) => (same.length > 1 ? [duplicate(same, managedOf)] : []));
}

function duplicate(clients: readonly RemoteClient[], managedOf: (id: string) => readonly Managed[]): Draft {
  const sorted = clients.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const managed = sorted.flatMap(({ id }) => managedOf(id));
  const details = sorted.map(({ id }) => [id, ...managedOf(id).map(placeOf)].join(", "));
  return draft(
    "duplicate-name",
    { ...subjectOf(managed, sorted[0]), type: null },
    {
      message: `${amount(sorted.length)} active clients have this name, so a person cannot tell them apart.`,
      details,
      basis: sorted.map(({ id }) => id),
    },
  );
}
