import { styled, table, wrapped, type Line } from "../terminal/lines";
import type { ExplainReport, Subject } from "./report";

const WORDS = {
  allowed: ["green", "Allowed"],
  refused: ["red", "Refused"],
  "not-documented": ["yellow", "Not documented"],
} as const;
const MOST_MISSES = 10;

/** The answer for a person. */
export function answerLines(report: ExplainReport, columns: number): Line[] {
  const { client, caller, verdict, reason, nearMisses } = report;
  const [colour, word] = WORDS[verdict];
  const from = [caller.origin, caller.referer, caller.address].filter((text) => text !== null).join(" and ");
  const rows = nearMisses
    .slice(0, MOST_MISSES)
    .map(({ entry, why }) => ({ cells: [`  ${entry}`], texts: [why] }));
  const more = nearMisses.length - rows.length;
  return [
    [styled(colour, word), `: ${who(client)}, from ${from}.`],
    ...wrapped(reason, columns),
    ...table(rows, columns),
    ...(more > 0 ? [`  and ${more} more: --json has them`] : []),
  ];
}

function who({ from, type, name, resource, stack }: Subject): string {
  if (from === "options") return `a ${type} client`;
  const title = from === "stack" ? `${resource ?? ""} in ${stack ?? ""}` : `client "${name ?? ""}"`;
  return `${title} (${type})`;
}
