import { isPropertyOmitted } from "../../provider/model/client";
import { createHash } from "node:crypto";
import type { IdMap } from "../../provider/model/ids";
import { believedSecret } from "../../provider/model/secret";
import type { AccountRole, RemoteClient } from "../../provider/model/wire";
import { isUnrestricted, rangeText, sizeOf, whitelistsInForce } from "../../provider/whitelist";
import type { Ownership } from "../account/ownership";
import { roleExpiration } from "../account/role-expiration";
import { resourceInStack, secretOf, type ManagedClient } from "../stacks/state";
import { formatNumber, count } from "../text";
import { changeText, changesOf, type RoleTable } from "./changes";
import type { Change, Finding, FindingKind } from "./report";

/** A finding before --fail-on is applied. */
export type Draft = Omit<Finding, "fails">;

/** What a finding says of its client. */
interface Content {
  readonly message: string;
  readonly details?: string[];
  readonly changes?: Change[];
  /** If this changes, the finding counts as a new one, which no baseline accepts yet. */
  readonly basis?: unknown;
}

/** The client that a finding is about, and the resources that manage it. */
type Subject = Pick<Finding, "id" | "name" | "type"> & { readonly managed: readonly ManagedClient[] };

function draft(
  kind: FindingKind,
  { managed, ...client }: Subject,
  { message, details = [], changes = [], basis = null }: Content,
): Draft {
  const resources = managed.map(({ stack, resource, urn, source }) => ({ stack, resource, urn, source }));
  const about = [kind, client.id?.toLowerCase() ?? client.name, resources.map(({ urn }) => urn), basis];
  return { kind, key: hashOf(about), ...client, resources, message, details, changes };
}

/** A hash, because a baseline is committed and what a key is made from may be secret. */
const hashOf = (about: unknown): string =>
  createHash("sha256").update(JSON.stringify(about)).digest("hex").slice(0, 24);

function subjectOf(managed: readonly ManagedClient[], live: RemoteClient | undefined): Subject {
  const [first] = managed;
  const isSecret = managed.some(({ inputs }) => inputs.secret.has("name"));
  const declared = first?.inputs.values["name"];
  const type = live?.clientType ?? first?.inputs.values["type"];
  const known = live === undefined || isPropertyOmitted(live, "name") ? undefined : live.name;
  const name = known ?? (typeof declared === "string" ? declared : (first?.resource ?? ""));
  return {
    id: live?.id ?? first?.id ?? null,
    name: isSecret ? "(its name is secret)" : name,
    type: typeof type === "string" ? type : null,
    managed,
  };
}

/** The findings about one client that stacks declare; `live` is the client in the account. */
export function managedFindings(
  managed: readonly ManagedClient[],
  live: RemoteClient | undefined,
  roles: RoleTable,
): Draft[] {
  return [
    ...(managed.length > 1 ? [ownedTwice(managed, live)] : []),
    ...managed.flatMap((one) => (live === undefined ? [missing(one)] : comparedWith(live, one, roles))),
  ];
}

const ownedTwice = (managed: readonly ManagedClient[], live: RemoteClient | undefined): Draft =>
  draft("owned-twice", subjectOf(managed, live), {
    message: `${managed.length} resources manage this client, and each undoes what the others do: leave it in one.`,
    details: managed.map(resourceInStack),
  });

const missing = (one: ManagedClient): Draft =>
  draft("missing", subjectOf([one], undefined), {
    message: 'The account has no such client. "pulumi up --refresh" makes it again, with new keys.',
  });

function comparedWith(live: RemoteClient, one: ManagedClient, roles: RoleTable): Draft[] {
  const subject = subjectOf([one], live);
  const all = changesOf(one, live, roles);
  const isDeactivated = all.some(({ property, actual }) => property === "active" && actual === false);
  const changes = all.filter(({ property }) => property !== "active" || !isDeactivated);
  return [
    ...(changes.length === 0 ? [] : [changed(subject, changes)]),
    ...(isDeactivated ? [draft("deactivated", subject, { message: DEACTIVATED })] : []),
    ...secretChanged(subject, secretOf(one), live),
  ];
}

const DEACTIVATED =
  'It is declared active, and was deactivated outside the program: its key does not work. "pulumi up --refresh" activates it (the previous client of a RotatingClient stays deactivated).';

const changed = (subject: Subject, changes: Draft["changes"]): Draft =>
  draft("changed", subject, {
    message:
      changes.length === 1
        ? "One property is not what the stack declared."
        : `${changes.length} properties are not what the stack declared.`,
    details: changes.map(changeText),
    changes,
    basis: changes.map(({ property, declared, actual }) => [property, declared, actual]),
  });

function secretChanged(subject: Subject, secret: string | undefined, { apiSecret }: RemoteClient): Draft[] {
  const { secret: believed } = believedSecret(apiSecret, secret);
  if (secret === undefined || believed === undefined || secret === believed) return [];
  const message =
    'Programs that take the secret from this stack cannot authenticate. "pulumi up --refresh" takes up the new one.';
  return [draft("secret-changed", subject, { message, basis: believed })];
}

/** The findings about one client of the account, whether or not a stack declares it. */
export function accountFindings(
  client: RemoteClient,
  ownership: Ownership,
  managed: readonly ManagedClient[],
  usage: IdMap<number> | undefined,
): Draft[] {
  if (ownership === "sample") return client.isActive ? [sample(client, usage?.get(client.id))] : [];
  return [
    ...(ownership === "unmanaged" ? [unmanaged(client)] : []),
    ...(client.isActive ? accessFindings(client, ownership, managed) : []),
  ];
}

const unmanaged = (client: RemoteClient): Draft =>
  draft("unmanaged", subjectOf([], client), {
    message: client.isActive ? "No stack declares it." : "No stack declares it; it is deactivated.",
  });

const sample = (client: RemoteClient, used: number | undefined): Draft =>
  draft("sample-client", subjectOf([], client), {
    message:
      used === undefined
        ? "Every account has it, and it works: deactivate it before production."
        : `Every account has it, it works, and it was used ${formatNumber(used)} times.`,
  });

/** A range with more addresses than a /16 is too wide. */
const WIDEST = 2 ** 16;

function accessFindings(
  client: RemoteClient,
  ownership: Ownership,
  managed: readonly ManagedClient[],
): Draft[] {
  if (isPropertyOmitted(client, "allowedOrigins") || isPropertyOmitted(client, "allowedIpAddresses"))
    return [];
  const whitelists = whitelistsInForce(client);
  const subject = subjectOf(managed, client);
  const own = ownership === "own" ? " It is the client that this run authenticates with." : "";
  if (isUnrestricted(whitelists))
    return [draft("unrestricted", subject, { message: `It can be used from everywhere.${own}` })];
  const { allowedIpAddresses } = whitelists;
  const wide = allowedIpAddresses.ranges.filter((range) => sizeOf(range) > WIDEST);
  if (allowedIpAddresses.restrictsNobody || wide.length === 0) return [];
  const isSecret = managed.some(({ inputs }) => inputs.secret.has("allowedIpAddresses"));
  const details = wide.map((range) => `${rangeText(range)} has ${formatNumber(sizeOf(range))} addresses`);
  return [
    draft("too-wide", subject, {
      message: `A range of its whitelist is wider than /16, which is ${formatNumber(WIDEST)} addresses.${own}`,
      details: isSecret ? ["its addresses are secret"] : details,
      basis: isSecret ? null : details,
    }),
  ];
}

/** Names that several active clients have. */
export function duplicateNames(
  clients: readonly RemoteClient[],
  managedOf: (id: string) => readonly ManagedClient[],
): Draft[] {
  const named = clients.filter(({ isActive, name }) => isActive && name.trim() !== "");
  return [...Map.groupBy(named, ({ name }) => name).values()].flatMap((same) =>
    same.length > 1 ? [duplicate(same, managedOf)] : [],
  );
}

function duplicate(
  clients: readonly RemoteClient[],
  managedOf: (id: string) => readonly ManagedClient[],
): Draft {
  const sorted = clients.toSorted((a, b) => (a.id < b.id ? -1 : 1));
  const managed = sorted.flatMap(({ id }) => managedOf(id));
  const details = sorted.map(({ id }) => [id, ...managedOf(id).map(resourceInStack)].join(", "));
  return draft(
    "duplicate-name",
    { ...subjectOf(managed, sorted[0]), type: null },
    {
      message: `${formatNumber(sorted.length)} active clients have this name, so a person cannot tell them apart.`,
      details,
      basis: sorted.map(({ id }) => id),
    },
  );
}

/** Roles of the account that have ended, or will soon: then ThinkGeo refuses every key with HTTP 400. */
export function endingRoles(roles: readonly AccountRole[], now: number): Draft[] {
  return roles.flatMap((role) => {
    const end = roleExpiration(role, now);
    if (end === undefined || !end.isSoon) return [];
    const { day, days, isOver } = end;
    const message = isOver
      ? `The role ended on ${day}.`
      : `The role ends on ${day}, in ${count(days, "day")}.`;
    return [
      draft(
        "evaluation-ending",
        { id: null, name: role.name, type: null, managed: [] },
        { message: `${message} Keys that live by it stop working then.`, basis: day },
      ),
    ];
  });
}
