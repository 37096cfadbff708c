import { printable } from "../../../provider/text";
import { amount } from "../../text";
import type { Finding, Report } from "../report";
import { byKind, numbers, placesOf, saying, verdict } from "./summary";

/** A comment on GitHub has at most 65,536 characters. */
const MOST_CHARACTERS = 60_000;
const MOST_OF_A_KIND = 20;
const LONGEST_TEXT = 200;

/** The report as a comment on a pull request. Other people's words are in code spans: no link, mention or HTML comes to life. */
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
        rows.push(`| ${finding.kind} | and ${amount(group.length - index)} more | | |`);
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
  const { own, quoting } = saying(finding);
  const what = [...own, ...quoting.map(code)].join("<br>");
  return `| ${fails ? `**${kind}**` : kind} | ${code(name)} | ${code(placesOf(finding))} | ${what} |`;
}

/** A code span that holds any text: its fence is longer than every row of backticks in it. */
function code(text: string): string {
  if (text === "") return "";
  const shown = printable(text);
  const short = shown.length > LONGEST_TEXT ? `${shown.slice(0, LONGEST_TEXT)}…` : shown;
  const rows = short.match(/`+/g) ?? [];
  const fence = "`".repeat(1 + Math.max(0, ...rows.map((row) => row.length)));
  const pad = short.startsWith("`") || short.endsWith("`") || short.trim() === "" ? " " : "";
  return fence + pad + short.replaceAll("|", "\\|") + pad + fence;
}
