import { NOT_SETTLED } from "./answers";
import type { ProbeReport } from "./probe-report";
import { QUESTION_NAMES, QUESTIONS } from "./questions";

const ENDED = {
  complete: "The probe came to its end",
  interrupted: "The probe was interrupted",
  stopped: "The probe stopped before its end",
} as const;
const CLEANED = {
  yes: "its clients are deleted",
  probably: "its clients are deleted, but for one that was perhaps made and has not been seen",
  deactivated: "what is left of its clients is switched off",
  no: "not all of its clients are gone",
} as const;

/** The answers as a table, and as JSON that can be sent on. */
export function renderProbe(report: ProbeReport): string {
  const width = Math.max(...QUESTION_NAMES.map((name) => QUESTIONS[name].ask.length));
  const rows = QUESTION_NAMES.map(
    (name) => `  ${QUESTIONS[name].ask.padEnd(width)}  ${report.answers[name] ?? NOT_SETTLED}`,
  );
  const settled = QUESTION_NAMES.filter((name) => report.answers[name] !== NOT_SETTLED).length;
  return [
    "",
    `${ENDED[report.ended]}: ${settled} of ${QUESTION_NAMES.length} questions are settled, by ${report.requests} requests; ${CLEANED[report.cleaned]}.`,
    `The account's other clients: ${report.others}.`,
    "",
    ...rows,
    "",
    "This is what you can send us. It holds no key, no id and no name of the account:",
    "",
    JSON.stringify(report, null, 2),
    "",
  ].join("\n");
}
