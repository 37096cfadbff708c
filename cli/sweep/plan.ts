import { isPropertyOmitted } from "../../provider/model/client";
import { IdSet } from "../../provider/model/ids";
import type { RemoteClient } from "../../provider/model/wire";
import { ownershipOf, requireOwnClient, splitByAccount } from "../account/ownership";
import { clockSkew } from "../account/recorder";
import type { RecordedConnection } from "../account/sign-in";
import { DAY_MS } from "../days";
import { stackNames } from "../stacks/pulumi";
import { exportStacks, readStackFile } from "../stacks/read";
import { managedById, resourceInStack, type ManagedClient, type Stack } from "../stacks/state";
import type { Terminal } from "../terminal/terminal";
import { compareText, count } from "../text";
import { UserError } from "../../provider/troubleshooting";
import { type Age, ageOf, readUsage, type Seen, type Usage, type Use, withNewlySeen } from "./age";
import type { SweepOptions } from "./options";
import type { Reason } from "./report";

/** The account and the stacks at one moment, and what is to be done with each client. */
export interface SweepPlan {
  readonly now: number;
  /** The client that this run authenticates with. */
  readonly own: RemoteClient;
  readonly clients: readonly RemoteClient[];
  readonly stacks: readonly Stack[];
  /** One for each client whose name begins with the prefix, sorted by name. */
  readonly decisions: readonly Decision[];
  readonly seen: Seen;
}

/** Whether one client is old, so that it is swept, or why it is kept. */
export interface Decision {
  readonly client: RemoteClient;
  readonly reason: Reason;
  readonly message: string;
  readonly age: Age | undefined;
  readonly use: Use | "unknown" | undefined;
  readonly managed: readonly ManagedClient[];
}

/** Makes the plan; changes nothing. Throws if the list of clients is incomplete. */
export async function planSweep(
  connection: RecordedConnection,
  readOwners: () => Promise<readonly Stack[]>,
  seenBefore: Seen,
  options: SweepOptions,
): Promise<SweepPlan> {
  const { account, budget } = connection;
  // The list before the stacks: a client that a stack creates or imports in between is not in the list, or is in the stack.
  await account.freshRoster(budget());
  const roster = await account.fullRoster(budget());
  const stacks = await readOwners();
  const managed = managedById(stacks);
  const own = requireOwnClient(roster, account.ownKey);
  // This throws if a stack has all its clients in another account.
  splitByAccount(managed, await account.ownerId(budget()));
  requireClock(connection);
  const clients = roster.all;
  const now = Date.now();
  const matching = clients
    // A name that no response has may be anybody's.
    .filter((client) => !isPropertyOmitted(client, "name") && client.name.startsWith(options.prefix))
    .toSorted((a, b) => compareText(a.name, b.name) || compareText(a.id, b.id));
  const pendingDelete = new IdSet(stacks.flatMap((stack) => stack.pendingDelete));
  const decideAll = (seen: Seen, usage: Usage | undefined): Decision[] =>
    matching.map((client) =>
      decide(
        client,
        {
          managed: managed.get(client.id) ?? [],
          pendingDelete,
          ownId: own.id,
          age: ageOf(client, seen),
          use: usage?.unknown.has(client.id) === true ? "unknown" : usage?.uses.get(client.id),
          asksUse: usage !== undefined,
        },
        { now, olderThan: options["older-than"], inactive: options.inactive },
      ),
    );
  // Usage takes a request, which is not sent if no client is old enough.
  const byAge = decideAll(seenBefore, undefined);
  const undated = byAge.filter(({ reason }) => reason === "age-unknown").map(({ client }) => client);
  const seen = options.seen === undefined ? seenBefore : withNewlySeen(seenBefore, undated, clients, now);
  const needsUsage = !options["ignore-usage"] && byAge.some(({ reason }) => reason === "old");
  const usage = needsUsage ? await readUsage(connection, clients) : undefined;
  return { now, own, clients, stacks, seen, decisions: decideAll(seen, usage) };
}

const LARGEST_SKEW_MS = 5 * 60_000;

/** The age of a client is counted by this machine's clock: if it is wrong, new clients look old. */
function requireClock({ recorder }: RecordedConnection): void {
  const skew = clockSkew(recorder.requests) ?? 0;
  if (Math.abs(skew) <= LARGEST_SKEW_MS) return;
  const minutes = count(Math.round(Math.abs(skew) / 60_000), "minute");
  throw new UserError(
    "sweep-refused",
    `This machine's clock is ${minutes} ${skew > 0 ? "ahead of" : "behind"} ThinkGeo's, so the age of clients cannot be determined. Nothing was changed. Set the clock (NTP), and run it again.`,
  );
}

/** What is known about a client. */
interface Facts {
  readonly managed: readonly ManagedClient[];
  /** Ids of clients that the next run of a stack deletes. */
  readonly pendingDelete: IdSet;
  /** GUID of the client that this run authenticates with. */
  readonly ownId: string;
  readonly age: Age | undefined;
  /** Undefined if the client was not used or the statistics were not read; "unknown" if they do not say. */
  readonly use: Use | "unknown" | undefined;
  readonly asksUse: boolean;
}

interface Rules {
  readonly now: number;
  readonly olderThan: number;
  /** Whether deactivated clients are swept too. */
  readonly inactive: boolean;
}

const decide = (client: RemoteClient, facts: Facts, rules: Rules): Decision => ({
  client,
  age: facts.age,
  use: facts.use,
  managed: facts.managed,
  ...reasonFor(client, facts, rules),
});

/** Only clients that are known to be old, and that nobody owns, are swept. */
function reasonFor(
  client: RemoteClient,
  { managed, pendingDelete, ownId, age, use, asksUse }: Facts,
  { now, olderThan, inactive }: Rules,
): Pick<Decision, "reason" | "message"> {
  const ownership = ownershipOf(client, managed, ownId, pendingDelete);
  if (ownership === "managed")
    return { reason: "owned", message: `It is owned by ${managed.map(resourceInStack).join("; ")}.` };
  if (ownership === "pending-delete")
    return { reason: "owned", message: "The next run of the stack that owns it deletes it." };
  if (ownership === "own") return { reason: "own", message: "This run authenticates with it." };
  if (ownership === "sample") return { reason: "sample", message: "Every account has it." };
  if (!client.isActive && !inactive) return { reason: "inactive", message: "It is deactivated." };
  if (age === undefined)
    return {
      reason: "age-unknown",
      message: "Its age is not known: its name has no date, and ThinkGeo tells none.",
    };
  const since = SINCE[age.from](age.day);
  if (age.since > now - olderThan) return { reason: "young", message: `${since}, which is not long enough.` };
  if (use === "unknown")
    return { reason: "use-unknown", message: "ThinkGeo's statistics do not say whether it was used." };
  if (use !== undefined && use.until > now - olderThan)
    return { reason: "used", message: `It was used on ${use.day ?? "a day that cannot be read"}.` };
  const days = count(Math.floor((now - age.since) / DAY_MS), "day");
  const used = use?.day === undefined ? "no use is recorded" : `last used on ${use.day}`;
  return { reason: "old", message: `${since}, ${days} ago${asksUse ? `; ${used}` : ""}.` };
}

const SINCE = {
  account: (day: string) => `Made or changed on ${day}`,
  name: (day: string) => `Its name says ${day}`,
  record: (day: string) => `First seen on ${day}`,
} as const;

/** The stacks whose clients are kept. */
export async function readOwningStacks(options: SweepOptions, terminal: Terminal): Promise<readonly Stack[]> {
  const { cwd } = options;
  const names = new Set(options.stack);
  if (options["all-stacks"]) for (const name of await stackNames(cwd, terminal)) names.add(name);
  const files = [...new Set(options.file)].map((file) => readStackFile(file, terminal));
  const empty = files.find(({ isEmpty }) => isEmpty);
  if (empty !== undefined)
    throw new UserError(
      "state-file",
      `${empty.name} holds no resources, so it owns no client and protects none: export the stack again, or leave it out. Nothing was changed.`,
    );
  if (names.size + files.length === 0 && !options["no-stacks"])
    throw new UserError(
      "sweep-refused",
      `The project in ${cwd} has no stack, so every client would count as orphaned; perhaps its state is in another backend. Nothing was ` +
        'changed. Keep one stack that is never removed ("pulumi stack init placeholder"), or say --no-stacks instead of --all-stacks if there is none.',
    );
  return [...(await exportStacks([...names], cwd, terminal)), ...files];
}
