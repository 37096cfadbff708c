import { printable } from "../../provider/model/printable";
import { amount, count } from "../drift/amount";
import type { Paint } from "../drift/render/table";
import type { SweepReport, SweptClient } from "./report";

/** Of those that are kept: who wants all asks for --json. */
const MOST_KEPT = 50;
const WIDEST_NAME = 40;

/** What is to be swept and what is kept, each with its reason. */
export function renderClients({ clients, action }: SweepReport, paint: Paint): string {
  const swept = clients.filter(({ sweep }) => sweep);
  const kept = clients.filter(({ sweep }) => !sweep);
  const shown = [...swept, ...kept.slice(0, MOST_KEPT)];
  const width = Math.max(0, ...shown.map(({ name }) => short(name).length));
  const lines = shown.map((client) => {
    const word = (client.sweep ? action : "keep").padEnd(
      shown.some(({ sweep }) => sweep) ? action.length : 4,
    );
    const first = client.sweep ? paint("red", word) : paint("dim", word);
    return `${first}  ${short(client.name).padEnd(width)}  ${client.id}  ${client.message}`;
  });
  const more = kept.length - MOST_KEPT;
  if (more > 0) lines.push(`and ${amount(more)} more are kept; --json has all of them.`);
  return lines.length === 0 ? "" : `${lines.join("\n")}\n\n`;
}

/** How the run ended, in a sentence, with what went wrong. */
export function renderEnd(report: SweepReport, paint: Paint): string {
  const wrong = report.clients.filter(({ outcome }) => outcome === "failed" || outcome === "unverified");
  return [
    ...wrong.map((client) =>
      paint("red", `${client.outcome ?? ""}  ${quoted(client)}: ${printable(client.error ?? "")}`),
    ),
    paint(wrong.length > 0 || report.ended === "too-many" ? "red" : "bold", sentence(report)),
    ...report.notes.map((note) => `Note: ${printable(note)}`),
    "",
  ].join("\n");
}

function sentence({ ended, summary, action, prefix, clients }: SweepReport): string {
  const { matching, sweep, done, failed } = summary;
  const off = clients.filter(({ outcome }) => outcome === "switched-off").length;
  const participle = action === "delete" ? "deleted" : "switched off";
  const whose = `${count(matching, "client")} whose names begin with ${printable(JSON.stringify(prefix))}`;
  const of = `of ${whose}`;
  if (ended === "nothing-to-do") return `Nothing to sweep among ${whose}.`;
  if (ended === "dry-run") return `${amount(sweep)} ${of} would be ${participle}. Nothing was changed.`;
  if (ended === "declined")
    return `Nothing was changed: ${amount(sweep)} ${of} would have been ${participle}.`;
  if (ended === "too-many")
    return `Nothing was changed: ${amount(sweep)} ${of} would be ${participle}, and that is more than --most allows. If it is right, raise --most.`;
  const soft = action === "delete" && off > 0 ? ` ThinkGeo keeps ${amount(off)} of them, switched off.` : "";
  return failed === 0
    ? `${amount(done)} ${of} ${done === 1 ? "was" : "were"} ${participle}.${soft}`
    : `${amount(done)} of ${amount(sweep)} ${participle}; ${amount(failed)} not.${soft}`;
}

const quoted = ({ name, id }: SweptClient): string => `${printable(JSON.stringify(name))} (${id})`;

function short(name: string): string {
  const text = printable(name);
  return text.length > WIDEST_NAME ? `${text.slice(0, WIDEST_NAME - 1)}…` : text;
}
