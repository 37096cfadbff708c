import type { Connection } from "../../../provider/client/connection";
import { ThinkGeoError } from "../../../provider/cloud/failure";
import { DEFAULT_API_URL } from "../../../provider/configuration";
import { IdSet } from "../../../provider/model/ids";
import type { RemoteClient } from "../../../provider/model/wire";
import { printable, sortedJson } from "../../../provider/text";
import { VERSION } from "../../../provider/versions";
import { UsageError } from "../../command";
import { isoDay } from "../../days";
import type { Terminal } from "../../terminal/terminal";
import { quoted } from "../../text";
import type { Context } from "../context";
import type { DoctorReport } from "../report";
import type { Facts } from "../step";
import { cleanUp, leftoverText } from "./clean-up";
import { keys } from "./experiments/keys";
import { createBoth, deleting } from "./experiments/lifecycle";
import { grantedRoles } from "./experiments/roles";
import { addressForms, bothLists, originForms, withoutAddresses } from "./experiments/whitelists";
import {
  activity,
  firstUpdate,
  idempotency,
  listing,
  names,
  refusal,
  staleEtag,
  typeChange,
  unknownFields,
  updateMode,
} from "./experiments/writes";
import { Answers, probeReport, type ProbeReport } from "./report";
import { type Leftover, ProbeRequests, ProbeStopped } from "./requests";
import type { Experiment } from "./throwaway-client";

/** More requests than the probe makes against a service that works; a test checks that. */
export const MOST_REQUESTS = 180;

const PLAN =
  "The probe makes two clients in the account, and perhaps a third, changes, deactivates and deletes them, and touches no " +
  "other client. They are named thinkgeo-doctor-<time>, and are deactivated or confined to 192.0.2.1, 192.0.2.2 and " +
  "thinkgeo-doctor.example, which nobody has: of no use to anybody, should they be left behind. With the key of one of " +
  `them it asks the elevation service about 10 times. It makes about 75 requests, at most ${MOST_REQUESTS}, not counting repeats.`;

export interface ProbeResult {
  /** Whether the probe was complete, and left nothing active behind. */
  readonly ok: boolean;
  readonly report: DoctorReport;
}

/** Runs the probe, if the steps before it found that it can work and a person confirms it; `show` prints the result. */
export async function probeAfter(
  report: DoctorReport,
  { api, identity }: Partial<Facts>,
  context: Context,
  confirmed: string | undefined,
  show: (result: ProbeResult) => ProbeResult,
): Promise<ProbeResult> {
  const rights = report.steps.find(({ name }) => name === "rights");
  const mayManage = rights?.result === "pass" || rights?.result === "warn";
  if (api === undefined || !mayManage) {
    context.log("The probe was not made: the client cannot manage clients (see above).");
    return show({ ok: false, report });
  }
  if (identity?.accountName === undefined) {
    context.log("The probe was not made: the account's name is not known, so it cannot be confirmed.");
    return show({ ok: false, report });
  }
  context.log(PLAN);
  await confirm(identity.accountName, context.terminal, confirmed);
  const { probe, left, stoppedBy } = await runProbe(context, api);
  if (stoppedBy !== undefined) context.log(`The probe stopped: ${stoppedBy.message}`);
  const leftovers = leftoverText(left, api.configuration.apiUrl);
  if (leftovers !== "") context.log(leftovers);
  const isKnown = stoppedBy instanceof ProbeStopped || stoppedBy instanceof ThinkGeoError;
  if (stoppedBy !== undefined && !isKnown) throw stoppedBy;
  return show({
    ok: probe.ended === "complete" && probe.cleaned !== "no",
    report: { ...report, requests: context.recorder.requests.length, probe },
  });
}

/** Throws unless the account's name was given or is typed, as it is or as it is printed. */
async function confirm(account: string, terminal: Terminal, confirmed: string | undefined): Promise<void> {
  const question = `To do this to the account ${quoted(account)}, type its name:`;
  const typed = (confirmed ?? (await terminal.ask?.(question)) ?? "").trim();
  if (typed === account.trim() || typed === printable(account).trim()) return;
  throw new UsageError(`Nothing was changed: ${quoted(typed)} is not the account's name.`);
}

/** In this order: the first finds out how the others can see their results, and a key is used while its client is active. */
const EXPERIMENTS: readonly Experiment[] = [
  firstUpdate,
  keys,
  activity,
  grantedRoles,
  withoutAddresses,
  addressForms,
  originForms,
  bothLists,
  unknownFields,
  refusal,
  names,
  staleEtag,
  listing,
  idempotency,
  updateMode,
  typeChange,
  deleting,
];

interface Probed {
  readonly probe: ProbeReport;
  readonly left: readonly Leftover[];
  /** Why it is not complete: an error of the API, or a fault of this program. */
  readonly stoppedBy: Error | undefined;
}

/** Runs all experiments with throw-away clients, and deletes these whatever happens. */
async function runProbe(context: Context, api: Connection): Promise<Probed> {
  const { recorder, time, terminal } = context;
  const { apiUrl } = api.configuration;
  const answers = new Answers();
  const first = recorder.requests.length;
  let requests: ProbeRequests | undefined;
  const stop = (): void => {
    context.isStopped = true;
  };
  terminal.ending.beforeForcedExit = () => {
    context.log(leftoverText(requests?.perhapsLeft() ?? [], apiUrl));
  };
  terminal.ending.signal.addEventListener("abort", stop);
  try {
    const { clients, unreadable } = await api.cloud.listClients(api.budget());
    const existing = new IdSet([...clients, ...unreadable].map(({ id }) => id));
    requests = new ProbeRequests(context, api, existing);
    const stoppedBy = await experiment(requests, answers, time.wall());
    const ended = context.isStopped ? "interrupted" : stoppedBy === undefined ? "complete" : "stopped";
    context.isStopped = false;
    const { left, list } = await cleanUp(context, api, requests);
    answerRateLimit(context, first, answers);
    const probe = probeReport.parse({
      version: 1,
      packageVersion: VERSION,
      day: isoDay(time.wall()),
      host: apiUrl === DEFAULT_API_URL ? "default" : "another",
      ended,
      requests: recorder.requests.length - first,
      cleaned: cleanedOf(left, requests),
      others: othersBetween(clients, list, requests),
      answers: answers.all(),
      reasons: answers.reasons(),
    });
    return { probe, left, stoppedBy };
  } finally {
    terminal.ending.signal.removeEventListener("abort", stop);
  }
}

/** Runs one experiment after the other; returns the error that stopped them, so that clean-up follows in any case. */
async function experiment(
  requests: ProbeRequests,
  answers: Answers,
  now: number,
): Promise<Error | undefined> {
  try {
    const setup = await createBoth(requests, answers, `thinkgeo-doctor-${now}`);
    for (const run of EXPERIMENTS) await run(setup);
    return undefined;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

function cleanedOf(left: readonly Leftover[], { created }: ProbeRequests): ProbeReport["cleaned"] {
  const seen = left.filter(({ id }) => id !== undefined);
  if (seen.some(({ state }) => state === "active" || state === "not known")) return "no";
  if (seen.length > 0) return "deactivated";
  if (left.length > 0) return "probably";
  return created.size === 0 ? "nothing made" : "yes";
}

const RATE_HEADER = /^(?:x-)?rate-?limit|^retry-after$/;

function answerRateLimit({ recorder }: Context, first: number, answers: Answers): void {
  const names = recorder.requests
    .slice(first)
    .flatMap(({ result }) => (result.kind === "answer" ? Object.keys(result.headers) : []));
  if (names.length === 0) return;
  answers.settle("rateLimitHeaders", names.some((name) => RATE_HEADER.test(name)) ? "present" : "absent");
}

/** Whether the clients that are not the probe's were changed meanwhile. */
function othersBetween(
  before: readonly RemoteClient[],
  after: readonly RemoteClient[] | undefined,
  { created }: ProbeRequests,
): ProbeReport["others"] {
  if (after === undefined) return "not known";
  const text = (list: readonly RemoteClient[]): string =>
    list
      .filter(({ id }) => !created.has(id))
      .map(({ raw }) => sortedJson(raw))
      .sort()
      .join("\n");
  return text(before) === text(after) ? "unchanged" : "changed";
}
