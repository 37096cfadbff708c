import type { Stack } from "../stacks/stack";
import { placeIn, type Place } from "../account/place";
import { accountFindings, duplicateNames } from "./account-findings";
import { keyOf, type Draft } from "./draft";
import { endingRoles } from "./evaluation";
import type { Ignore } from "./ignore";
import { ALL_KINDS, type Kind } from "./kinds";
import { managedById, type Managed } from "../stacks/managed";
import { managedFindings } from "./managed-findings";
import { notesOn } from "./notes";
import type { Finding, Report } from "./report";
import { requireOwnClient, sortByAccount } from "../account/preconditions";
import type { AccountView } from "./view";

export interface CompareOptions {
  readonly failOn: ReadonlySet<Kind>;
  readonly ignore: Ignore;
  /** Keys of the findings that were accepted. */
  readonly accepted: ReadonlySet<string>;
  readonly wantsSecrets: boolean;
}

/** Compares stacks with their account. Pure, and linear in the number of clients. */
export function compare(
  stacks: readonly Stack[],
  view: AccountView,
  now: number,
  options: CompareOptions,
): Report {
  const self = requireOwnClient(view.roster, view.ownKey);
  const { managed, elsewhere } = sortByAccount(managedById(stacks), view.ownerId);
  const { drafts, places } = look(stacks, view, managed, self.id);
  drafts.push(...endingRoles(view.accountRoles ?? [], now));
  const shown = drafts.filter((found) => !options.ignore(found));
  const keyed = shown.map((found) => ({ found, key: keyOf(found) }));
  const keys = new Set(keyed.map(({ key }) => key));
  const gone = [...options.accepted].filter((key) => !keys.has(key)).length;
  const open = keyed.filter(({ key }) => !options.accepted.has(key));
  const findings = open.map(({ found, key }) => findingOf(found, key, options.failOn)).sort(inOrder);
  const failing = findings.filter(({ fails }) => fails).length;
  const count = (kind: Kind): number =>
    new Set(shown.filter((found) => found.kind === kind).map(({ id }) => id)).size;
  const [present, unmanaged] = [places.managed, count("unmanaged")];
  return {
    version: 1,
    at: new Date(now).toISOString(),
    inSync: failing === 0,
    account: { ownerId: view.ownerId ?? null, signedInAs: self.id },
    stacks: stacks.map(({ name, clients }) => ({ name, clients: clients.length })),
    failOn: ALL_KINDS.filter((kind) => options.failOn.has(kind)),
    summary: {
      clients: view.roster.all.length,
      managed: present,
      missing: count("missing"),
      unmanaged,
      coverage: present + unmanaged === 0 ? 100 : Math.floor((1000 * present) / (present + unmanaged)) / 10,
      findings: findings.length,
      failing,
      ignored: drafts.length - shown.length,
      accepted: keyed.length - open.length,
    },
    findings,
    notes: [
      ...view.notes,
      ...notesOn(managed, view, {
        leaving: places.leaving,
        gone,
        elsewhere,
        wantsSecrets: options.wantsSecrets,
      }),
    ],
  };
}

function look(
  stacks: readonly Stack[],
  view: AccountView,
  managed: ReadonlyMap<string, readonly Managed[]>,
  ownId: string,
): { drafts: Draft[]; places: Record<Place, number> } {
  const drafts: Draft[] = [];
  const places = { managed: 0, unmanaged: 0, sample: 0, own: 0, leaving: 0 };
  const leaving = new Set(stacks.flatMap((stack) => stack.leaving.map((id) => id.toLowerCase())));
  const managedOf = (id: string): readonly Managed[] => managed.get(id.toLowerCase()) ?? [];
  for (const [id, resources] of managed)
    drafts.push(...managedFindings(resources, view.roster.find(id), view.roles));
  for (const client of view.roster.all) {
    const place = placeIn(client, managedOf(client.id), ownId, leaving);
    places[place]++;
    drafts.push(...accountFindings(client, place, managedOf(client.id), view.usage));
  }
  drafts.push(...duplicateNames(view.roster.all, managedOf));
  return { drafts, places };
}

const findingOf = (found: Draft, key: string, failOn: ReadonlySet<Kind>): Finding => ({
  kind: found.kind,
  fails: failOn.has(found.kind),
  key,
  id: found.id,
  name: found.name,
  type: found.type,
  resources: found.resources,
  message: found.message,
  details: found.details,
  changes: found.changes,
});

const RANK = new Map(ALL_KINDS.map((kind, index) => [kind, index]));

/** By kind, name and id, in the same order on every machine. */
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
