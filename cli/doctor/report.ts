import * as z from "zod";
import { styled, wrapped, type Line, type Span } from "../terminal/lines";
import { count } from "../text";
import { probeReport } from "./probe/report";
import { STEP_NAMES } from "./step";
import { DIFFERENCE_KINDS } from "./swagger/difference";

const finding = z.strictObject({
  level: z.enum(["pass", "warn", "fail", "info"]),
  text: z.string().describe("a sentence, without secrets"),
  todo: z.string().optional().describe("what to do about it"),
});

const step = z.strictObject({
  name: z.enum(STEP_NAMES),
  title: z.string(),
  result: z.enum(["pass", "warn", "fail", "skipped"]).describe("the worst of its findings"),
  findings: z.array(finding),
  skipped: z.string().optional().describe("why it could not be done"),
});

const difference = z.strictObject({
  kind: z.enum(DIFFERENCE_KINDS),
  level: z.enum(["warn", "fail", "info"]),
  operation: z.string().describe("method and path"),
  field: z.string().optional(),
  expected: z.string().optional(),
  found: z.string().optional(),
});

/** What `thinkgeo doctor --json` prints; docs/schemas/doctor.schema.json is made from it. */
export const doctorReport = z.strictObject({
  command: z.literal("thinkgeo doctor"),
  version: z.literal(1),
  packageVersion: z.string().describe("of pulumi-thinkgeo"),
  apiUrl: z.string().nullable().describe("null where no usable address is configured"),
  result: z.enum(["pass", "warn", "fail"]),
  requests: z.int().nonnegative().describe("made in all, repeats included"),
  steps: z.array(step),
  differences: z.array(difference).describe("between the server's description and what is expected"),
  probe: probeReport
    .optional()
    .describe("with --probe; this part can be sent to the makers of pulumi-thinkgeo"),
});

export type DoctorReport = z.infer<typeof doctorReport>;
export type StepReport = z.infer<typeof step>;

const COLOURS = { pass: "green", warn: "yellow", fail: "red", skipped: "dim", info: "dim" } as const;
const MARKS = { pass: " ", info: " ", warn: "!", fail: "x" } as const;
const INDENT = "        ";

/**
 * One step for a person: its result, the findings, and what to do. The same advice is printed once: `given` has each advice
 * and the title of the step that gave it first.
 */
export function stepLines(
  { title, result, findings, skipped }: StepReport,
  given: Map<string, string>,
  columns: number,
): Line[] {
  const room = columns - INDENT.length;
  const below = (first: Span, text: string): Line[] =>
    wrapped(text, room).map((line, index) => [index === 0 ? first : INDENT, line]);
  const advice = (todo: string): string => {
    const before = given.get(todo);
    given.set(todo, before ?? title);
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
