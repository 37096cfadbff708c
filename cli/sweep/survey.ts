import type { RemoteClient } from "../../provider/model/wire";
import type { AccountAccess } from "../account/access";
import { clockAhead } from "../account/witness";
import { compareText, count } from "../text";
import { managedById, type Managed } from "../stacks/managed";
import { requireOwnClient, sortByAccount } from "../account/preconditions";
import type { Stack } from "../stacks/stack";
import { ageOf } from "./age";
import { judge, type Judged } from "./judge";
import type { SweepOptions } from "./options";
import { seenAgain, type Seen } from "./seen";
import { readUsage, type Usage } from "./usage";

/** The account and the stacks at one moment, and what follows from them. */
export interface Survey {
  readonly now: number;
  /** The client that this run signs in with. */
  readonly self: RemoteClient;
  readonly clients: readonly RemoteClient[];
  readonly stacks: readonly Stack[];
  /** Every client whose name begins with the prefix, by name. */
  readonly judged: readonly Judged[];
  readonly seen: Seen;
}

/** Looks at everything, and changes nothing. Stops where the list proves nothing. */
export async function survey(
  access: AccountAccess,
  readOwners: () => Promise<readonly Stack[]>,
  seenBefore: Seen,
  options: SweepOptions,
): Promise<Survey> {
  // The list before the stacks: what a stack makes or takes over in between is not in the list, or is in the stack.
  const roster = await access.account.freshRoster(access.budget());
  const stacks = await readOwners();
  const managed = managedById(stacks);
  const self = requireOwnClient(roster, access.account.ownKey);
  // A stack that has all its clients elsewhere means that this is not the account that was meant.
  sortByAccount(managed, await access.account.ownerId(access.budget()));
  requireClock(access);
  const clients = roster.all;
  const now = Date.now();
  const matching = clients
    .filter(({ name }) => name.startsWith(options.prefix))
    .toSorted((a, b) => compareText(a.name, b.name) || compareText(a.id, b.id));
  const leaving = new Set(stacks.flatMap((stack) => stack.leaving.map((id) => id.toLowerCase())));
  const verdicts = (seen: Seen, usage: Usage | undefined): { client: RemoteClient; judged: Judged }[] =>
    matching.map((client) => {
      const id = client.id.toLowerCase();
      const owners: readonly Managed[] = managed.get(id) ?? [];
      const age = ageOf(client, seen);
      const use = usage?.unknown.has(id) === true ? ("unknown" as const) : usage?.uses.get(id);
      const known = { managed: owners, leaving, ownId: self.id, age, use };
      const rule = { now, olderThan: options["older-than"], inactive: options.inactive };
      return { client, judged: judge(client, { ...known, asksUse: usage !== undefined }, rule) };
    });
  const first = verdicts(seenBefore, undefined);
  const undated = first.filter(({ judged }) => judged.reason === "age-unknown").map(({ client }) => client);
  const seen = options.seen === undefined ? seenBefore : seenAgain(seenBefore, undated, clients, now);
  const candidates = first.some(({ judged }) => judged.reason === "old");
  const usage = candidates && !options["ignore-usage"] ? await readUsage(access, clients) : undefined;
  return { now, self, clients, stacks, seen, judged: verdicts(seen, usage).map(({ judged }) => judged) };
}

const MOST_AHEAD_MS = 5 * 60_000;

/** How old a client is, is told by this machine's clock: a wrong one makes keys of yesterday look old. */
function requireClock({ witness }: AccountAccess): void {
  const ahead = clockAhead(witness.seen) ?? 0;
  if (Math.abs(ahead) <= MOST_AHEAD_MS) return;
  const minutes = count(Math.round(Math.abs(ahead) / 60_000), "minute");
  throw new Error(
    `This machine's clock is ${minutes} ${ahead > 0 ? "ahead of" : "behind"} ThinkGeo's, so the age of clients cannot be told. Nothing was changed. Set the clock (NTP), and run it again.`,
  );
}
