import { type Line, type Row, styled, table, wrapped } from "../../terminal/lines";
import { formatNumber } from "../../text";
import type { Finding, Report } from "../report";
import { byKind, linesOf, numbers, resourcesText, verdict } from "./text";

/** The most findings of one kind; other formats have all of them. */
const MOST_OF_A_KIND = 50;

/** The report for a person, in lines of at most so many columns. */
export function tableLines(report: Report, columns: number): Line[] {
  const rows = [...byKind(report.findings).values()].flatMap((group) => [
    ...group.slice(0, MOST_OF_A_KIND).map(rowOf),
    ...(group.length > MOST_OF_A_KIND ? [moreRow(group)] : []),
  ]);
  return [
    ...table(rows, columns),
    ...(rows.length === 0 ? [] : [""]),
    styled(report.inSync ? "green" : "red", verdict(report)),
    ...wrapped(numbers(report), columns),
    ...report.notes.flatMap((note) => wrapped(`Note: ${note}`, columns)),
  ];
}

function rowOf(finding: Finding): Row {
  const { own, quoting } = linesOf(finding);
  const [first = "", ...details] = [...own, ...quoting];
  return {
    cells: [styled(finding.fails ? "red" : "yellow", finding.kind), finding.name, resourcesText(finding)],
    texts: [first, ...details.map((detail) => styled("dim", detail))],
  };
}

const moreRow = (group: readonly Finding[]): Row => ({
  cells: [
    styled(group[0]?.fails === true ? "red" : "yellow", group[0]?.kind ?? ""),
    `and ${formatNumber(group.length - MOST_OF_A_KIND)} more`,
    "",
  ],
  texts: ["--json has all of them."],
});
