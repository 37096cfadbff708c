import { DEFAULT_API_URL } from "../../../provider/configuration";
import { ThinkGeoError } from "../../../provider/cloud/failure";
import { printable } from "../../../provider/text";
import type { Terminal } from "../../terminal/terminal";
import { UsageError } from "../../verb";
import type { DoctorReport } from "../report";
import type { Visit } from "../visit";
import { ProbeStopped } from "./bench";
import { leftoverText } from "./cleaning";
import { probe } from "./probe";
import { quoted } from "../../text";

/** More requests than the probe makes against a service that is well; a test holds it to that. */
export const MOST_REQUESTS = 180;

const PLAN =
  "The probe makes two clients in the account, and perhaps a third, changes, deactivates and deletes them, and touches no " +
  "other client. They are named thinkgeo-doctor-<time>, and are switched off or confined to 192.0.2.1, 192.0.2.2 and " +
  "thinkgeo-doctor.example, which nobody has: of no use to anybody, should they be left behind. With the key of one of " +
  `them it asks the elevation service about 10 times. It makes about 75 requests, at most ${MOST_REQUESTS}, not counting repeats.`;

/** Refuses before anything is asked of anybody, where nobody could say yes. */
export function requireSomebody(terminal: Terminal, confirmed: string | undefined): void {
  if (terminal.ask !== undefined || confirmed !== undefined) return;
  throw new UsageError("--probe changes the account and must be confirmed: add --yes-change-account NAME.");
}

/** What the whole run found, and whether the probe came to its end. */
export interface Probed {
  readonly ok: boolean;
  readonly report: DoctorReport;
}

/** The probe, if the checks before it allow it and somebody confirms it; `show` tells what came of it. */
export async function probeAfter(
  report: DoctorReport,
  visit: Visit,
  confirmed: string | undefined,
  show: (probed: Probed) => Probed,
): Promise<Probed> {
  const { cloud, accountName } = visit;
  const rights = report.steps.find(({ name }) => name === "rights");
  const mayManage = rights?.result === "pass" || rights?.result === "warn";
  if (cloud === undefined || !mayManage) {
    visit.say("The probe was not made: the client cannot manage clients (see above).");
    return show({ ok: false, report });
  }
  if (accountName === undefined) {
    visit.say("The probe was not made: the account's name is not known, so it cannot be confirmed.");
    return show({ ok: false, report });
  }
  visit.say(PLAN);
  await confirm(accountName, visit.terminal, confirmed);
  const probed = await probe(visit, cloud);
  const { stoppedBy } = probed;
  if (stoppedBy !== undefined) visit.say(`The probe stopped: ${stoppedBy.message}`);
  const left = leftoverText(probed.left, visit.configuration?.apiUrl ?? DEFAULT_API_URL);
  if (left !== "") visit.say(left);
  const isKnown = stoppedBy instanceof ProbeStopped || stoppedBy instanceof ThinkGeoError;
  if (stoppedBy !== undefined && !isKnown) throw stoppedBy;
  return show({
    ok: probed.report.ended === "complete" && probed.report.cleaned !== "no",
    report: { ...report, requests: visit.witness.seen.length, probe: probed.report },
  });
}

/** Goes on only if the account's name was given, as it is or as it is shown. */
async function confirm(account: string, terminal: Terminal, confirmed: string | undefined): Promise<void> {
  const question = `To do this to the account ${quoted(account)}, type its name:`;
  const typed = (confirmed ?? (await terminal.ask?.(question)) ?? "").trim();
  if (typed === account.trim() || typed === printable(account).trim()) return;
  throw new UsageError(`Nothing was changed: ${quoted(typed)} is not the account's name.`);
}
