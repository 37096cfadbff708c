import { styled, wrapped, type Line, type Span } from "../terminal/lines";
import type { DoctorReport, StepReport } from "./report";
import { count } from "../text";

const COLOURS = { pass: "green", warn: "yellow", fail: "red", skipped: "dim", info: "dim" } as const;
const MARKS = { pass: " ", info: " ", warn: "!", fail: "x" } as const;
const INDENT = "        ";

/**
 * One step for a person: its result, what was found, and what to do. What to do about one cause is said once: `said` has
 * each advice with the step that gave it first.
 */
export function stepLines(
  { title, result, findings, skipped }: StepReport,
  said: Map<string, string>,
  columns: number,
): Line[] {
  const room = columns - INDENT.length;
  const below = (first: Span, text: string): Line[] =>
    wrapped(text, room).map((line, index) => [index === 0 ? first : INDENT, line]);
  const advice = (todo: string): string => {
    const before = said.get(todo);
    said.set(todo, before ?? title);
    if (before === undefined) return `Do: ${todo}`;
    return before === title ? "Do: the same." : `Do: the same as for "${before}".`;
  };
  const word = result === "skipped" ? "skip" : result;
  return [
    [styled(COLOURS[result], word), "  ", styled("bold", title)],
    ...(skipped === undefined ? [] : below(INDENT, skipped)),
    ...findings.flatMap(({ level, text, todo }) => [
      ...below(styled(level === "pass" ? "dim" : COLOURS[level], `      ${MARKS[level]} `), text),
      ...(todo === undefined ? [] : below(INDENT, advice(todo))),
    ]),
  ];
}

export function summaryLines({ steps, requests }: DoctorReport): Line[] {
  const having = (wanted: StepReport["result"]): number =>
    steps.filter(({ result }) => result === wanted).length;
  const parts = [
    `${having("pass")} passed`,
    ...(having("warn") > 0 ? [count(having("warn"), "warning")] : []),
    ...(having("fail") > 0 ? [`${having("fail")} failed`] : []),
    ...(having("skipped") > 0 ? [`${having("skipped")} skipped`] : []),
  ];
  return ["", `${count(steps.length, "check")}: ${parts.join(", ")}. ${count(requests, "request")}.`];
}
