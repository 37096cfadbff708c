import { printable } from "../../provider/model/printable";
import { style, type Terminal } from "../terminal";
import type { ExplainReport, Subject } from "./report";

const WORDS = {
  allowed: ["green", "Allowed"],
  refused: ["red", "Refused"],
  "not-documented": ["yellow", "Not documented"],
} as const;
const MOST_MISSES = 10;

/** The answer for a person. */
export function renderAnswer(report: ExplainReport, terminal: Terminal): string {
  const { client, caller, verdict, reason, nearMisses } = report;
  const [colour, word] = WORDS[verdict];
  const from = [caller.origin, caller.referer, caller.address].filter((text) => text !== null).join(" and ");
  const lines = [
    `${style(terminal, colour, word)}: ${who(client)}, from ${printable(from)}.`,
    printable(reason),
    ...missLines(nearMisses),
  ];
  return `${lines.join("\n")}\n`;
}

function missLines(misses: ExplainReport["nearMisses"]): string[] {
  const shown = misses.slice(0, MOST_MISSES);
  const width = Math.min(32, Math.max(0, ...shown.map(({ entry }) => printable(entry).length)));
  const more = misses.length - shown.length;
  return [
    ...shown.map(({ entry, why }) => `  ${printable(entry).padEnd(width)}  ${printable(why)}`),
    ...(more > 0 ? [`  and ${more} more: --json has them`] : []),
  ];
}

function who({ from, type, name, resource, stack }: Subject): string {
  if (from === "options") return `a ${type} client`;
  const title =
    from === "stack"
      ? `${printable(resource ?? "")} in ${printable(stack ?? "")}`
      : `client "${printable(name ?? "")}"`;
  return `${title} (${type})`;
}
