import { printable } from "../../../provider/model/printable";
import { amount } from "../amount";
import type { Finding, Report } from "../report";
import { byKind, numbers, placesOf, saying, verdict } from "./summary";

/** Gives a text a colour, or leaves it as it is. */
export type Paint = (kind: "bold" | "dim" | "red" | "green" | "yellow", text: string) => string;

/** Of each kind: who wants all ten thousand asks for another format. */
const MOST_OF_A_KIND = 50;
const WIDEST_NAME = 40;

/** The report for a person at a terminal. */
export function table(report: Report, paint: Paint): string {
  const rows = [...byKind(report.findings).values()].flatMap((group) => [
    ...group.slice(0, MOST_OF_A_KIND).map(rowOf),
    ...(group.length > MOST_OF_A_KIND ? [moreRow(group)] : []),
  ]);
  const widths = [0, 1, 2].map((column) =>
    Math.max(0, ...rows.map(({ cells }) => cells[column]?.length ?? 0)),
  );
  const lines = rows.flatMap(({ cells, details, fails }) => {
    const [kind = "", name = "", place = "", message = ""] = cells;
    const padded = [kind, name, place].map((cell, column) => cell.padEnd(widths[column] ?? 0));
    const [first = "", ...others] = padded;
    const line = [paint(fails ? "red" : "yellow", first), ...others, message].join("  ").trimEnd();
    const indent = " ".repeat(widths.reduce((sum, width) => sum + width + 2, 0));
    return [line, ...details.map((detail) => indent + paint("dim", detail))];
  });
  return [
    ...lines,
    ...(lines.length === 0 ? [] : [""]),
    paint(report.inSync ? "green" : "red", verdict(report)),
    numbers(report),
    ...report.notes.map((note) => `Note: ${printable(note)}`),
    "",
  ].join("\n");
}

interface Row {
  readonly cells: readonly string[];
  readonly details: readonly string[];
  readonly fails: boolean;
}

function rowOf(finding: Finding): Row {
  const { own, quoting } = saying(finding);
  const [first = "", ...details] = [...own, ...quoting];
  return {
    cells: [finding.kind, short(printable(finding.name)), short(printable(placesOf(finding))), first],
    details,
    fails: finding.fails,
  };
}

const moreRow = (group: readonly Finding[]): Row => ({
  cells: [
    group[0]?.kind ?? "",
    `and ${amount(group.length - MOST_OF_A_KIND)} more`,
    "",
    "--json has all of them.",
  ],
  details: [],
  fails: group[0]?.fails === true,
});

const short = (text: string): string =>
  text.length > WIDEST_NAME ? `${text.slice(0, WIDEST_NAME - 1)}…` : text;
