import type { CloudClient } from "../../../provider/cloud/api";
import { DEFAULT_API_URL } from "../../../provider/configuration";
import { sortedJson } from "../../../provider/text";
import type { RemoteClient } from "../../../provider/model/wire";
import { VERSION } from "../../../provider/version";
import type { Visit } from "../visit";
import { Answers } from "./answers";
import { Bench } from "./bench";
import { clean, leftoverText, type Left } from "./cleaning";
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
import { deleting } from "./experiments/deleting";
import { keys } from "./experiments/keys";
import { makeBoth } from "./experiments/making";
import { grantedRoles } from "./experiments/roles";
import { addressForms, bothLists, originForms, withoutAddresses } from "./experiments/whitelists";
import { probeReport, type ProbeReport } from "./probe-report";
import type { Experiment } from "./subject";

/** In this order: the first says how the others can see what they did, and the key is used while it is in force. */
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

export interface Probed {
  readonly report: ProbeReport;
  readonly left: readonly Left[];
  /** Why it did not come to its end: a fault of this program's own, if it is no error of the API. */
  readonly stoppedBy: Error | undefined;
}

/** Settles what a throw-away client can settle, and cleans up whatever happens. */
export async function probe(visit: Visit, cloud: CloudClient): Promise<Probed> {
  const { witness } = visit;
  const answers = new Answers();
  const first = witness.seen.length;
  const apiUrl = visit.configuration?.apiUrl ?? DEFAULT_API_URL;
  let bench: Bench | undefined;
  const { ending } = visit.terminal;
  const stop = (): void => {
    visit.stopped = true;
  };
  ending.lastWords = () => {
    const left = [...(bench?.made ?? [])].map(([id, name]): Left => ({ id, name, state: "not known" }));
    const unresolved = [...(bench?.unresolved ?? [])].map((name): Left => ({
      id: undefined,
      name,
      state: "not known",
    }));
    visit.say(leftoverText([...left, ...unresolved], apiUrl));
  };
  const work = async (): Promise<Probed> => {
    const { clients, unreadable } = await cloud.listClients(visit.budget());
    const before = new Set([...clients, ...unreadable].flatMap(({ id }) => id?.toLowerCase() ?? []));
    bench = new Bench(visit, cloud, before);
    const stoppedBy = await settle(bench, answers, visit.time.wall());
    const ended = visit.stopped ? "interrupted" : stoppedBy === undefined ? "complete" : "stopped";
    visit.stopped = false;
    const { left, list } = await clean(visit, cloud, bench);
    readHeaders(visit, first, answers);
    const report = probeReport.parse({
      version: 1,
      packageVersion: VERSION,
      day: new Date(visit.time.wall()).toISOString().slice(0, 10),
      host: apiUrl === DEFAULT_API_URL ? "default" : "another",
      ended,
      requests: witness.seen.length - first,
      cleaned: cleanedOf(left, bench),
      others: others(clients, list, bench),
      answers: answers.all(),
      reasons: answers.reasons(),
    });
    return { report, left, stoppedBy };
  };
  ending.signal.addEventListener("abort", stop);
  try {
    return await work();
  } finally {
    ending.signal.removeEventListener("abort", stop);
  }
}

/** Does one experiment after the other; what stopped it, if anything did. Whatever that is, the account is cleaned up. */
async function settle(bench: Bench, answers: Answers, now: number): Promise<Error | undefined> {
  try {
    const laboratory = await makeBoth(bench, answers, `thinkgeo-doctor-${now}`);
    for (const experiment of EXPERIMENTS) await experiment(laboratory);
    return undefined;
  } catch (error) {
    if (error instanceof Error) return error;
    throw error;
  }
}

function cleanedOf(left: readonly Left[], { made }: Bench): ProbeReport["cleaned"] {
  const seen = left.filter(({ id }) => id !== undefined);
  if (seen.some(({ state }) => state === "active" || state === "not known")) return "no";
  if (seen.length > 0) return "deactivated";
  if (left.length > 0) return "probably";
  return made.size === 0 ? "nothing made" : "yes";
}

const RATE_HEADER = /^(?:x-)?rate-?limit|^retry-after$/;

function readHeaders(visit: Visit, first: number, answers: Answers): void {
  const names = visit.witness.seen
    .slice(first)
    .flatMap(({ result }) => (result.kind === "answer" ? Object.keys(result.headers) : []));
  if (names.length === 0) return;
  answers.settle("rateLimitHeaders", names.some((name) => RATE_HEADER.test(name)) ? "present" : "absent");
}

/** Whether the clients that are not ours are what they were. */
function others(
  before: readonly RemoteClient[],
  after: readonly RemoteClient[] | undefined,
  { made }: Bench,
): ProbeReport["others"] {
  if (after === undefined) return "not known";
  const text = (list: readonly RemoteClient[]): string =>
    list
      .filter(({ id }) => !made.has(id))
      .map(({ raw }) => sortedJson(raw))
      .sort()
      .join("\n");
  return text(before) === text(after) ? "unchanged" : "changed";
}
