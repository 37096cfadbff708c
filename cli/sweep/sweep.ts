import { signIn, withConnection, type RecordedConnection } from "../account/sign-in";
import { defineCommand, requireAnswer } from "../command";
import { DAY_MS } from "../days";
import { readTextIfThere, writeText } from "../files";
import { EXIT } from "../terminal/ending";
import { json, wrapped } from "../terminal/lines";
import type { Terminal } from "../terminal/terminal";
import { formatNumber, count } from "../text";
import { readSeen, seenText } from "./age";
import { OPTIONS, problemOf, type SweepOptions } from "./options";
import { planSweep, readOwningStacks, type Decision, type SweepPlan } from "./plan";
import { removeAll, type Outcome } from "./removal";
import { clientLines, endLines, type SweepReport, type SweptClient } from "./report";

/** `thinkgeo sweep`: deletes the clients that no stack owns any more. */
export const sweep = defineCommand({
  summary: "delete orphaned clients",
  usage:
    "sweep --prefix TEXT --older-than 7d (--stack NAME… | --all-stacks | --file FILE… | --no-stacks) [options]",
  about:
    "Deletes the clients whose names begin with a prefix, that no given stack owns, that are known to be older than a period, and that were " +
    "not used in it. Asks first. Never deletes the client that it authenticates with, or the samples. Begin with --dry-run.",
  options: OPTIONS,
  problem: problemOf,
  examples: [
    "thinkgeo sweep --prefix pr- --older-than 7d --all-stacks --dry-run",
    "thinkgeo sweep --prefix pr- --older-than 7d --all-stacks --yes --json",
    "thinkgeo sweep --prefix tmp- --older-than 2w --stack dev --deactivate",
  ],
  exitCodes:
    "0 if nothing is to be deleted, or all of it was; 1 if something would be deleted (--dry-run), or was not; 2 if it could not be determined",
  run: async (options, terminal) => {
    requireAnswer(
      terminal,
      options["dry-run"] || options.yes,
      "Nobody can be asked here: look with --dry-run, then add --yes to delete without a question.",
    );
    const configuration = await signIn({ stack: options.stack[0], cwd: options.cwd }, terminal);
    const report = await withConnection(configuration, terminal, (connection) =>
      sweepAccount(connection, options, terminal),
    );
    return exitCode(report);
  },
});

async function sweepAccount(
  connection: RecordedConnection,
  options: SweepOptions,
  terminal: Terminal,
): Promise<SweepReport> {
  const makePlan = (): Promise<SweepPlan> =>
    terminal.withProgress("Reading the account and its stacks…", () =>
      planAndRemember(connection, options, terminal),
    );
  const plan = await makePlan();
  const planned = reportOf(plan, options, endOf(plan, options));
  const asks = planned.ended === "swept" && !options.yes;
  const lines = clientLines(planned, terminal.columns);
  if (!options.json) terminal.print(...lines);
  else if (asks) terminal.log(...lines);
  if (planned.ended !== "swept") return finish(planned, options, terminal);
  if (asks && !(await confirm(planned, terminal)))
    return finish(reportOf(plan, options, "declined"), options, terminal);
  // The answer may have taken an hour: only clients that were in the plan, and would still be, are deleted.
  const confirmed = new Set(oldClients(plan).map(({ id }) => id));
  const current = asks ? await makePlan() : plan;
  const clients = oldClients(current).filter(({ id }) => confirmed.has(id));
  terminal.ending.beforeForcedExit = () => {
    terminal.log("What was under way may have been done all the same: look with --dry-run.");
  };
  return terminal.ending.shielded(async () => {
    const doing = `${planned.action === "delete" ? "Deleting" : "Switching off"} ${count(clients.length, "client")}…`;
    const outcomes = await terminal.withProgress(doing, () =>
      removeAll(connection, clients, planned.action, terminal.ending.signal),
    );
    const ended = outcomes.size < clients.length ? "interrupted" : "swept";
    const spared = new Set([...confirmed].filter((id) => !clients.some((client) => client.id === id)));
    const report = reportOf(
      plan,
      options,
      ended,
      (id) => outcomes.get(id) ?? (spared.has(id) ? SPARED : undefined),
    );
    return finish(report, options, terminal);
  });
}

const SPARED = { outcome: "spared", error: null } as const;

/** Makes the plan, and writes into the --seen file which clients were seen for the first time. */
async function planAndRemember(
  connection: RecordedConnection,
  options: SweepOptions,
  terminal: Terminal,
): Promise<SweepPlan> {
  const { seen: file } = options;
  const text = file === undefined ? undefined : readTextIfThere(file, terminal);
  const seen = readSeen(file ?? "", text);
  const plan = await planSweep(connection, () => readOwningStacks(options, terminal), seen, options);
  const updated = seenText(plan.seen, plan.clients);
  if (file !== undefined && updated !== text) writeText(file, updated, terminal);
  return plan;
}

/** Prints the end of the report, or the report as JSON. */
async function finish(report: SweepReport, options: SweepOptions, terminal: Terminal): Promise<SweepReport> {
  const lines = endLines(report, terminal.columns);
  if (await terminal.flush()) {
    if (options.json) terminal.write(json(report));
    else terminal.print(...lines);
  }
  // If nobody reads standard output any more, what was done must at least be in the log.
  if (!(await terminal.flush())) terminal.log(...lines);
  return report;
}

/** Asks a person to confirm by typing the number of clients, so that the number is read. */
async function confirm({ summary, action, account }: SweepReport, terminal: Terminal): Promise<boolean> {
  const consequence =
    action === "delete"
      ? `This deletes ${count(summary.sweep, "client")} for good: their keys stop working, and nothing brings them back.`
      : `This deactivates ${count(summary.sweep, "client")}: their keys stop working until they are activated again.`;
  const of = account.ownerId === null ? "" : ` to account ${account.ownerId}`;
  terminal.log(...wrapped(consequence, terminal.columns));
  const typed = await terminal.ask?.(`To do this${of}, type their number, ${summary.sweep}:`);
  return typed === String(summary.sweep);
}

/** The report of a plan, and of what was done with each client. */
function reportOf(
  { now, own, clients, stacks, decisions }: SweepPlan,
  options: SweepOptions,
  ended: SweepReport["ended"],
  outcomeOf: (id: string) => Outcome | undefined = () => undefined,
): SweepReport {
  const reported = decisions.map((one) => clientOf(one, outcomeOf(one.client.id)));
  const number = (wanted: (client: SweptClient) => boolean): number => reported.filter(wanted).length;
  const unknown = number(({ reason }) => reason === "age-unknown");
  const spared = number(({ outcome }) => outcome === "spared");
  const swept = number(({ sweep }) => sweep);
  const notes = [
    ...(unknown > 0 && options.seen === undefined
      ? ["A client without a date is never old. --seen FILE remembers when it was first seen."]
      : []),
    ...(ended === "dry-run" && swept > options.most
      ? [
          `That is more than --most allows (${formatNumber(options.most)}), so that without --dry-run none would go.`,
        ]
      : []),
    ...(spared > 0
      ? [`Left alone, because they were no longer the same after the question: ${count(spared, "client")}.`]
      : []),
  ];
  return {
    version: 1,
    at: new Date(now).toISOString(),
    prefix: options.prefix,
    olderThanDays: options["older-than"] / DAY_MS,
    action: options.deactivate ? "deactivate" : "delete",
    ended,
    account: { ownerId: own.ownerId ?? null, signedInAs: own.id },
    stacks: stacks.map((stack) => ({ name: stack.name, clients: stack.clients.length })),
    summary: {
      clients: clients.length,
      matching: reported.length,
      sweep: swept,
      done: number(({ outcome }) => outcome === "deleted" || outcome === "switched-off"),
      failed: number(({ outcome }) => outcome === "failed" || outcome === "unverified"),
    },
    clients: reported,
    notes,
  };
}

function clientOf(
  { client, reason, message, age, use, managed }: Decision,
  outcome: Outcome = { outcome: null, error: null },
): SweptClient {
  return {
    id: client.id,
    name: client.name,
    type: client.clientType ?? null,
    active: client.isActive,
    sweep: reason === "old",
    reason,
    message,
    since: age?.day ?? null,
    sinceFrom: age?.from ?? null,
    lastUsed: use === "unknown" ? null : (use?.day ?? null),
    resources: managed.map(({ stack, resource }) => ({ stack, resource })),
    ...outcome,
  };
}

function endOf(plan: SweepPlan, options: SweepOptions): SweepReport["ended"] {
  const many = oldClients(plan).length;
  if (many === 0) return "nothing-to-do";
  if (options["dry-run"]) return "dry-run";
  return many > options.most ? "too-many" : "swept";
}

const oldClients = ({ decisions }: SweepPlan): SweepPlan["clients"] =>
  decisions.filter(({ reason }) => reason === "old").map(({ client }) => client);

function exitCode({ ended, clients, summary }: SweepReport): number {
  if (clients.some(({ outcome }) => outcome === "unverified")) return EXIT.error;
  const isDone = ended === "nothing-to-do" || (ended === "swept" && summary.failed === 0);
  return isDone ? EXIT.ok : EXIT.findings;
}
