import { printable } from "../../../provider/text";
import { formatNumber } from "../../text";
import type { Finding, Report } from "../report";
import { byKind, numbers, resourcesText, linesOf, verdict } from "./text";

/** A comment on GitHub has at most 65,536 characters. */
const MOST_CHARACTERS = 60_000;
const MOST_OF_A_KIND = 20;
const LONGEST_TEXT = 200;

/** The report as a comment on a pull request. Text from the account is in code spans, so that it makes no link, mention or HTML. */
export function markdown(report: Report): string {
  const head = [
    `### ${report.inSync ? "✅" : "❌"} thinkgeo drift`,
    "",
    `**${verdict(report)}** ${numbers(report)}`,
    "",
  ];
  const notes = report.notes.map((note) => `> ${code(note)}`);
  const rows: string[] = [];
  let left = MOST_CHARACTERS - [...head, ...notes].join("\n").length;
  for (const group of byKind(report.findings).values())
    for (const [index, finding] of group.entries()) {
      const row = rowOf(finding);
      if (index === MOST_OF_A_KIND || left < row.length) {
        rows.push(`| ${finding.kind} | and ${formatNumber(group.length - index)} more | | |`);
        break;
      }
      rows.push(row);
      left -= row.length + 1;
    }
  const list =
    rows.length === 0 ? [] : ["| kind | client | managed by | what |", "| --- | --- | --- | --- |"];
  return [...head, ...list, ...rows, ...(notes.length === 0 ? [] : ["", ...notes]), ""].join("\n");
}

function rowOf(finding: Finding): string {
  const { kind, name, fails } = finding;
  const { own, quoting } = linesOf(finding);
  const what = [...own, ...quoting.map(code)].join("<br>");
  return `| ${fails ? `**${kind}**` : kind} | ${code(name)} | ${code(resourcesText(finding))} | ${what} |`;
}

/** A code span for any text: its fence is longer than every run of backticks in the text. */
function code(text: string): string {
  if (text === "") return "";
  const shown = printable(text);
  const short = shown.length > LONGEST_TEXT ? `${shown.slice(0, LONGEST_TEXT)}…` : shown;
  const runs = short.match(/`+/g) ?? [];
  const fence = "`".repeat(1 + Math.max(0, ...runs.map((run) => run.length)));
  const pad = short.startsWith("`") || short.endsWith("`") || short.trim() === "" ? " " : "";
  return fence + pad + short.replaceAll("|", "\\|") + pad + fence;
}
