import { style, type Terminal } from "../terminal";
import type { DoctorReport, StepReport } from "./report";
import { counted } from "./words";

const COLOURS = { pass: "green", warn: "yellow", fail: "red", skipped: "dim", info: "dim" } as const;
const MARKS = { pass: " ", info: " ", warn: "!", fail: "x" } as const;

/**
 * One step for a person: its result, what was found, and what to do. What to do about one cause is said once: `said` has
 * each advice with the step that gave it first.
 */
export function renderStep(
  { title, result, findings, skipped }: StepReport,
  terminal: Terminal,
  said: Map<string, string>,
): string {
  const advice = (todo: string): string => {
    const before = said.get(todo);
    said.set(todo, before ?? title);
    if (before === undefined) return `        Do: ${todo}`;
    return before === title ? "        Do: the same." : `        Do: the same as for "${before}".`;
  };
  const lines = findings.flatMap(({ level, text, todo }) => [
    style(terminal, level === "pass" ? "dim" : COLOURS[level], `      ${MARKS[level]} `) + text,
    ...(todo === undefined ? [] : [advice(todo)]),
  ]);
  const word = result === "skipped" ? "skip" : result;
  return [
    `${style(terminal, COLOURS[result], word)}  ${style(terminal, "bold", title)}`,
    ...(skipped === undefined ? [] : [`        ${skipped}`]),
    ...lines,
    "",
  ].join("\n");
}

export function renderSummary({ steps, requests }: DoctorReport): string {
  const count = (wanted: StepReport["result"]): number =>
    steps.filter(({ result }) => result === wanted).length;
  const parts = [
    `${count("pass")} passed`,
    ...(count("warn") > 0 ? [counted(count("warn"), "warning")] : []),
    ...(count("fail") > 0 ? [`${count("fail")} failed`] : []),
    ...(count("skipped") > 0 ? [`${count("skipped")} skipped`] : []),
  ];
  return `\n${counted(steps.length, "check")}: ${parts.join(", ")}. ${counted(requests, "request")}.\n`;
}
