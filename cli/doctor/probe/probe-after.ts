import type { DoctorReport } from "../report";
import type { Visit } from "../visit";
import { confirm, PLAN } from "./confirm";
import { howToDelete } from "./leftovers";
import { probe } from "./probe";

/** The probe, if the checks before it allow it and somebody confirms it. */
export async function probeAfter(
  report: DoctorReport,
  visit: Visit,
  confirmed: string | undefined,
): Promise<{ readonly ok: boolean; readonly report: DoctorReport }> {
  const { terminal, cloud, accountName } = visit;
  const rights = report.steps.find(({ name }) => name === "rights");
  if (
    cloud === undefined ||
    rights === undefined ||
    rights.result === "fail" ||
    rights.result === "skipped"
  ) {
    terminal.err("The probe was not made: the client cannot manage clients (see above).\n");
    return { ok: false, report };
  }
  if (accountName === undefined) {
    terminal.err("The probe was not made: the account's name is not known, so it cannot be confirmed.\n");
    return { ok: false, report };
  }
  terminal.err(`${PLAN}\n`);
  await confirm(accountName, terminal, confirmed);
  const probed = await probe(visit, cloud);
  if (probed.reason !== undefined) terminal.err(`The probe stopped: ${probed.reason}\n`);
  terminal.err(howToDelete(probed.left, visit));
  return {
    ok: probed.report.ended === "complete" && probed.report.cleaned !== "no",
    report: { ...report, requests: visit.witness.seen.length, probe: probed.report },
  };
}
