import { amount, count } from "../text";
import { styled, table, wrapped, type Line } from "../terminal/lines";
import type { SweepReport, SweptClient } from "./report";

/** Of those that are kept: who wants all asks for --json. */
const MOST_KEPT = 50;

/** What is to be swept and what is kept, each with its reason. */
export function clientLines({ clients, action }: SweepReport, columns: number): Line[] {
  const swept = clients.filter(({ sweep }) => sweep);
  const kept = clients.filter(({ sweep }) => !sweep);
  const rows = [...swept, ...kept.slice(0, MOST_KEPT)].map((client) => ({
    cells: [client.sweep ? styled("red", action) : styled("dim", "keep"), client.name, client.id],
    texts: [client.message],
  }));
  const more = kept.length - MOST_KEPT;
  return [
    ...table(rows, columns),
    ...(more > 0 ? [`and ${amount(more)} more are kept; --json has all of them.`] : []),
    ...(rows.length === 0 ? [] : [""]),
  ];
}

/** How the run ended, in a sentence, with what went wrong. */
export function endLines(report: SweepReport, columns: number): Line[] {
  const wrong = report.clients.filter(({ outcome }) => outcome === "failed" || outcome === "unverified");
  const isBad = wrong.length > 0 || report.ended === "too-many" || report.ended === "interrupted";
  return [
    ...wrong.map((client) =>
      styled("red", `${client.outcome ?? ""}  ${quoted(client)}: ${client.error ?? ""}`),
    ),
    ...wrapped(sentence(report), columns).map((line) => styled(isBad ? "red" : "bold", line)),
    ...report.notes.flatMap((note) => wrapped(`Note: ${note}`, columns)),
  ];
}

function sentence({ ended, summary, action, prefix, clients }: SweepReport): string {
  const { matching, sweep, done, failed } = summary;
  const off = clients.filter(({ outcome }) => outcome === "switched-off").length;
  const participle = action === "delete" ? "deleted" : "switched off";
  const whose = `${count(matching, "client")} whose names begin with ${JSON.stringify(prefix)}`;
  const of = `of ${whose}`;
  if (ended === "nothing-to-do") return `Nothing to sweep among ${whose}.`;
  if (ended === "dry-run") return `${amount(sweep)} ${of} would be ${participle}. Nothing was changed.`;
  if (ended === "declined")
    return `Nothing was changed: ${amount(sweep)} ${of} would have been ${participle}.`;
  if (ended === "too-many")
    return `Nothing was changed: ${amount(sweep)} ${of} would be ${participle}, and that is more than --most allows. If it is right, raise --most.`;
  if (ended === "interrupted")
    return `Interrupted: ${amount(done)} of ${amount(sweep)} ${participle}, ${amount(failed)} failed, and ${amount(sweep - done - failed)} were not tried.`;
  const soft = action === "delete" && off > 0 ? ` ThinkGeo keeps ${amount(off)} of them, switched off.` : "";
  return failed === 0
    ? `${amount(done)} ${of} ${done === 1 ? "was" : "were"} ${participle}.${soft}`
    : `${amount(done)} of ${amount(sweep)} ${participle}; ${amount(failed)} not.${soft}`;
}

const quoted = ({ name, id }: SweptClient): string => `${JSON.stringify(name)} (${id})`;
