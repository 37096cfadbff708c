import { itemInWords, type Roster } from "../../provider/client/roster";
import { isPropertyOmitted, ACCOUNT_PROPERTIES } from "../../provider/model/client";
import { IdSet } from "../../provider/model/ids";
import { type Ownership, ownershipOf } from "../account/ownership";
import { type ManagedClient, secretOf, type Stack } from "../stacks/state";
import { count } from "../text";
import type { Ignore } from "./filter";
import { accountFindings, type Draft, duplicateNames, endingRoles, managedFindings } from "./findings";
import type { AccountSnapshot } from "./read-account";
import { ALL_KINDS, type Finding, type FindingKind, type Report } from "./report";

/** What the command line says about findings. */
interface CompareOptions {
  readonly failOn: ReadonlySet<FindingKind>;
  readonly ignore: Ignore;
  /** Keys of the findings that the baseline accepts. */
  readonly accepted: ReadonlySet<string>;
  readonly wantsSecrets: boolean;
}

/** Compares stacks with their account. Pure, and linear in the number of clients. */
export function compare(
  stacks: readonly Stack[],
  account: AccountSnapshot,
  now: number,
  { failOn, ignore, accepted, wantsSecrets }: CompareOptions,
): Report {
  const { roster, own, ownerId, notes } = account;
  const { drafts, owners } = findAll(stacks, account);
  drafts.push(...endingRoles(account.accountRoles ?? [], now));
  const shown = drafts.filter((draft) => !ignore(draft));
  const keys = new Set(shown.map(({ key }) => key));
  const gone = [...accepted].filter((key) => !keys.has(key)).length;
  const open = shown.filter(({ key }) => !accepted.has(key));
  const findings = open
    .map(({ kind, ...rest }) => ({ kind, fails: failOn.has(kind), ...rest }))
    .sort(inOrder);
  const failing = findings.filter(({ fails }) => fails).length;
  const notCompared = notesOnWhatWasNotCompared(account, wantsSecrets);
  const clientsOf = (kind: FindingKind): number =>
    new Set(shown.filter((draft) => draft.kind === kind).map(({ id }) => id)).size;
  const [present, unmanaged] = [owners.managed, clientsOf("unmanaged")];
  return {
    version: 1,
    at: new Date(now).toISOString(),
    inSync: failing === 0,
    complete: notCompared.length === 0,
    account: { ownerId: ownerId ?? null, signedInAs: own.id },
    stacks: stacks.map(({ name, clients }) => ({ name, clients: clients.length })),
    failOn: ALL_KINDS.filter((kind) => failOn.has(kind)),
    summary: {
      clients: roster.all.length,
      managed: present,
      missing: clientsOf("missing"),
      unmanaged,
      coverage: present + unmanaged === 0 ? 100 : Math.floor((1000 * present) / (present + unmanaged)) / 10,
      findings: findings.length,
      failing,
      ignored: drafts.length - shown.length,
      accepted: shown.length - open.length,
    },
    findings,
    notes: [
      ...notes,
      ...notCompared,
      ...otherNotes(account, { pendingDelete: owners["pending-delete"], gone }),
    ],
  };
}

/** All findings, and how many clients of the account each kind of owner has. */
function findAll(
  stacks: readonly Stack[],
  { roster, own, managed, roles, usage }: AccountSnapshot,
): { drafts: Draft[]; owners: Record<Ownership, number> } {
  const drafts: Draft[] = [];
  const owners = { managed: 0, unmanaged: 0, sample: 0, own: 0, "pending-delete": 0 };
  const pendingDelete = new IdSet(stacks.flatMap((stack) => stack.pendingDelete));
  const managedOf = (id: string): readonly ManagedClient[] => managed.get(id) ?? [];
  for (const [id, resources] of managed) drafts.push(...managedFindings(resources, roster.find(id), roles));
  for (const client of roster.all) {
    const ownership = ownershipOf(client, managedOf(client.id), own.id, pendingDelete);
    owners[ownership]++;
    drafts.push(...accountFindings(client, ownership, managedOf(client.id), usage));
  }
  drafts.push(...duplicateNames(roster.all, managedOf));
  return { drafts, owners };
}

const RANK = new Map(ALL_KINDS.map((kind, index) => [kind, index]));

/** Sorts by kind, name and id, in the same order on every machine. */
function inOrder(left: Finding, right: Finding): number {
  const keys = ({ kind, name, id, resources }: Finding): string[] => [
    String(RANK.get(kind)).padStart(2, "0"),
    name,
    id ?? "",
    resources.map(({ urn }) => urn).join(" "),
  ];
  const others = keys(right);
  for (const [index, key] of keys(left).entries()) {
    const other = others[index] ?? "";
    if (key !== other) return key < other ? -1 : 1;
  }
  return 0;
}

const ifAny = (number: number, note: string): string[] => (number > 0 ? [note] : []);

/** What was not compared, and why. Without these notes, "in sync" would say too much. */
function notesOnWhatWasNotCompared(
  { roster, roles, managed }: AccountSnapshot,
  wantsSecrets: boolean,
): string[] {
  const all = [...managed.values()].flat();
  const encrypted = all.filter(({ inputs }) => inputs.encrypted.size > 0).length;
  const declaresRoles = all.filter(({ inputs }) => inputs.values["grantedRoles"] !== undefined).length;
  const unknown = wantsSecrets ? countWithoutSecret(all, roster) : 0;
  return [
    ...roster.unreadable.map((item) => `Not looked at: ${itemInWords(item)}.`),
    ...ifAny(
      encrypted,
      `Not compared, because the stack keeps them secret: properties of ${count(encrypted, "client")}. "--check secrets" compares them (files: export with --show-secrets).`,
    ),
    ...ifAny(
      roles === undefined ? declaresRoles : 0,
      `Not compared: grantedRoles of ${count(declaresRoles, "client")}. ThinkGeo speaks of roles by id and did not say which is which.`,
    ),
    ...omittedNotes(roster),
    ...ifAny(
      unknown,
      `Not compared: the secrets of ${count(unknown, "client")}. The stack's export or ThinkGeo's list does not show them.`,
    ),
  ];
}

/** What no response has of clients: it is neither compared nor judged. */
const omittedNotes = (roster: Roster): string[] =>
  ACCOUNT_PROPERTIES.flatMap((property) => {
    const clients = roster.all.filter((client) => isPropertyOmitted(client, property));
    return ifAny(
      clients.length,
      `Not compared: ${property} of ${count(clients.length, "client")}, which no response of ThinkGeo has.`,
    );
  });

/**
 * @param counts.pendingDelete how many clients the next run of a stack deletes
 * @param counts.gone how many accepted findings are no longer found
 */
function otherNotes(
  { elsewhere }: AccountSnapshot,
  { pendingDelete, gone }: { readonly pendingDelete: number; readonly gone: number },
): string[] {
  return [
    ...[...elsewhere].map(
      ([owner, number]) =>
        `Left out: ${count(number, "client")} in account ${owner}. Compare with the credentials of that account, too.`,
    ),
    ...ifAny(gone, `No longer found: ${count(gone, "finding")} of the baseline. Write it anew.`),
    ...ifAny(
      pendingDelete,
      `To be deleted by the next run of their stack: ${count(pendingDelete, "client")}.`,
    ),
  ];
}

const countWithoutSecret = (all: readonly ManagedClient[], roster: AccountSnapshot["roster"]): number =>
  all.filter((one) => {
    const live = roster.find(one.id);
    const native = live?.clientType === "NativeConfidential";
    return native && (live.apiSecret === undefined || secretOf(one) === undefined);
  }).length;
