import type { CloudClient } from "../../../provider/cloud/client";
import { ThinkGeoError } from "../../../provider/cloud/errors";
import { DEFAULT_API_URL } from "../../../provider/configuration";
import { sortedJson } from "../../../provider/sorted-json";
import type { RemoteClient } from "../../../provider/model/wire";
import { VERSION } from "../../../provider/version";
import type { Visit } from "../visit";
import { Answers } from "./answers";
import { Bench, ProbeStopped } from "./bench";
import { clean, type Left } from "./cleaning";
import type { Experiment } from "./experiment";
import {
  activity,
  listing,
  refusal,
  staleEtag,
  typeChange,
  unknownFields,
  updateMode,
} from "./experiments/activity";
import { deleting } from "./experiments/deleting";
import { makeBoth } from "./experiments/making";
import { grantedRoles } from "./experiments/roles";
import { addressForms, bothLists, originForms, withoutAddresses } from "./experiments/whitelists";
import { interruptible } from "./interruption";
import { probeReport, type ProbeReport } from "./probe-report";
import { secretIn } from "./reading";
import { howToDelete } from "./leftovers";

const EXPERIMENTS: readonly Experiment[] = [
  activity,
  grantedRoles,
  withoutAddresses,
  addressForms,
  originForms,
  bothLists,
  unknownFields,
  refusal,
  staleEtag,
  listing,
  updateMode,
  typeChange,
  deleting,
];

export interface Probed {
  readonly report: ProbeReport;
  readonly left: readonly Left[];
  /** Why it did not come to its end. */
  readonly reason: string | undefined;
}

/** Settles what a throw-away client can settle, and cleans up whatever happens. */
export async function probe(visit: Visit, cloud: CloudClient): Promise<Probed> {
  const { terminal, witness } = visit;
  const answers = new Answers();
  const first = witness.seen.length;
  const bench = new Bench(visit, cloud, (id) => {
    terminal.err(`Made the throw-away client ${id}.\n`);
  });
  const stop = (): void => {
    visit.stopped = true;
    terminal.err("Interrupted: cleaning up. Interrupt again to leave at once.\n");
  };
  const giveUp = (): void => {
    terminal.err(
      howToDelete(
        [...bench.made].map((id) => ({ id, name: "", state: "not known" })),
        visit,
      ),
    );
    process.exit(130);
  };
  return interruptible(
    async () => {
      const before = (await cloud.listClients(visit.budget())).clients;
      const known = new Set(before.map(({ id }) => id));
      const reason = await settle(bench, answers);
      const ended = visit.stopped ? "interrupted" : reason === undefined ? "complete" : "stopped";
      visit.stopped = false;
      const { left, list } = await clean(visit, cloud, bench, known);
      readHeaders(visit, first, answers);
      const report = probeReport.parse({
        version: VERSION,
        day: new Date(visit.time.wall()).toISOString().slice(0, 10),
        host: visit.configuration?.apiUrl === DEFAULT_API_URL ? "default" : "another",
        ended,
        requests: witness.seen.length - first,
        cleaned: cleanedOf(left),
        others: others(before, list, bench),
        answers: answers.all(),
      });
      return { report, left, reason };
    },
    stop,
    giveUp,
  );
}

/** Does one experiment after the other; the reason why it stopped, if it did. */
async function settle(bench: Bench, answers: Answers): Promise<string | undefined> {
  try {
    const laboratory = await makeBoth(bench, answers, `thinkgeo-doctor-${Date.now()}`);
    const { clients } = await bench.list();
    const made = clients.find(({ id }) => id === laboratory.native.id);
    if (made !== undefined) answers.settle("secretInList", secretIn(made));
    for (const experiment of EXPERIMENTS) await experiment(laboratory);
    return undefined;
  } catch (error) {
    if (error instanceof ProbeStopped || error instanceof ThinkGeoError) return error.message;
    throw error;
  }
}

function cleanedOf(left: readonly Left[]): ProbeReport["cleaned"] {
  const seen = left.filter(({ id }) => id !== undefined);
  if (seen.some(({ state }) => state !== "inactive")) return "no";
  if (seen.length > 0) return "deactivated";
  return left.length > 0 ? "probably" : "yes";
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
  bench: Bench,
): ProbeReport["others"] {
  if (after === undefined) return "not known";
  const text = (list: readonly RemoteClient[]): string =>
    list
      .filter(({ id }) => !bench.made.has(id))
      .map(({ raw }) => sortedJson(raw))
      .sort()
      .join("\n");
  return text(before) === text(after) ? "unchanged" : "changed";
}
