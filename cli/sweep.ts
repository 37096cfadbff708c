import { withAccount, type AccountAccess } from "./account/access";
import { readTextIfThere, writeText } from "./files";
import { EXIT } from "./terminal/ending";
import { signIn } from "./account/sign-in";
import { confirm, requireSomebody } from "./sweep/confirm";
import { OPTIONS, sweepOptions, type SweepOptions } from "./sweep/options";
import { readOwners } from "./sweep/owners";
import { removeAll } from "./sweep/removal";
import { clientLines, endLines } from "./sweep/render";
import type { SweepReport } from "./sweep/report";
import { reportOf } from "./sweep/report-of";
import { readSeen, seenText } from "./sweep/seen";
import { survey, type Survey } from "./sweep/survey";
import { json } from "./terminal/json";
import type { Terminal } from "./terminal/terminal";
import { readOptions, type Verb } from "./verb";
import { count } from "./text";

/** `thinkgeo sweep`: delete the clients that nobody owns any more. */
export const sweep: Verb = {
  summary: "delete clients that were left behind, after a question",
  help: {
    usage:
      "sweep --prefix TEXT --older-than 7d (--stack NAME… | --all-stacks | --file FILE… | --no-stacks) [options]",
    about:
      "Deletes the clients whose names begin with a prefix, that no given stack owns, that are known to be older than a period, and that were " +
      "not used in it. Begin with --dry-run. Never deletes the client that it signs in with, or the samples. docs/sweep.md explains how age is known.",
    options: OPTIONS,
    examples: [
      "thinkgeo sweep --prefix pr- --older-than 7d --all-stacks --dry-run",
      "thinkgeo sweep --prefix pr- --older-than 7d --all-stacks --yes --json",
      "thinkgeo sweep --prefix tmp- --older-than 2w --stack dev --stack prod --seen .thinkgeo-sweep.json --deactivate",
    ],
    exitCodes:
      "0 nothing to delete, or all of it deleted; 1 something would be deleted (--dry-run), or was not; 2 if it could not be told",
  },
  run: async (args, terminal) => {
    const options = readOptions(args, OPTIONS, sweepOptions);
    requireSomebody(options, terminal);
    const configuration = await signIn({ stack: options.stack[0], cwd: options.cwd }, terminal);
    const report = await withAccount(configuration, terminal, (access) =>
      sweepAccount(access, options, terminal),
    );
    return exitCode(report);
  },
};

async function sweepAccount(
  access: AccountAccess,
  options: SweepOptions,
  terminal: Terminal,
): Promise<SweepReport> {
  const look = (): Promise<Survey> =>
    terminal.waitingFor("Reading the account and its stacks…", () => lookAround(access, options, terminal));
  const end = async (report: SweepReport): Promise<SweepReport> => {
    const lines = endLines(report, terminal.columns);
    if (await terminal.isRead()) {
      if (options.json) terminal.write(json(report));
      else terminal.print(...lines);
    }
    // Whoever does not read the result any more should see in the log what was done.
    if (!(await terminal.isRead())) terminal.tell(...lines);
    return report;
  };
  const found = await look();
  const shown = reportOf(found, options, endOf(found, options));
  const asks = shown.ended === "swept" && !options.yes;
  const lines = clientLines(shown, terminal.columns);
  if (!options.json) terminal.print(...lines);
  else if (asks) terminal.tell(...lines);
  if (shown.ended !== "swept") return end(shown);
  if (asks && !(await confirm(shown, terminal))) return end(reportOf(found, options, "declined"));
  // A person may have taken an hour to answer: only what was shown, and still is so, goes.
  const agreed = new Set(old(found).map(({ id }) => id));
  const again = asks ? await look() : found;
  const doomed = old(again).filter(({ id }) => agreed.has(id));
  terminal.ending.lastWords = () => {
    terminal.tell("What was under way may have been done all the same: look with --dry-run.");
  };
  return terminal.ending.shielded(async () => {
    const doing = `${shown.action === "delete" ? "Deleting" : "Switching off"} ${count(doomed.length, "client")}…`;
    const outcomes = await terminal.waitingFor(doing, () =>
      removeAll(access, doomed, shown.action, terminal.ending.signal),
    );
    const ended = outcomes.size < doomed.length ? "interrupted" : "swept";
    const spared = new Set([...agreed].filter((id) => !doomed.some((client) => client.id === id)));
    return end(
      reportOf(found, options, ended, (id) => outcomes.get(id) ?? (spared.has(id) ? SPARED : undefined)),
    );
  });
}

const SPARED = { outcome: "spared", error: null } as const;

async function lookAround(access: AccountAccess, options: SweepOptions, terminal: Terminal): Promise<Survey> {
  const { seen: file } = options;
  const text = file === undefined ? undefined : readTextIfThere(file, terminal);
  const seen = readSeen(file ?? "", text);
  const found = await survey(access, () => readOwners(options, terminal), seen, options);
  const record = seenText(found.seen, found.clients);
  if (file !== undefined && record !== text) writeText(file, record, terminal);
  return found;
}

function endOf(found: Survey, options: SweepOptions): SweepReport["ended"] {
  const many = old(found).length;
  if (many === 0) return "nothing-to-do";
  if (options["dry-run"]) return "dry-run";
  return many > options.most ? "too-many" : "swept";
}

const old = ({ judged }: Survey): Survey["clients"] =>
  judged.filter(({ reason }) => reason === "old").map(({ client }) => client);

function exitCode({ ended, clients, summary }: SweepReport): number {
  if (clients.some(({ outcome }) => outcome === "unverified")) return EXIT.failed;
  const fine = ended === "nothing-to-do" || (ended === "swept" && summary.failed === 0);
  return fine ? EXIT.fine : EXIT.found;
}
