import * as z from "zod";
import { type Line, type Row, table, wrapped } from "../../terminal/lines";
import { type AnswerTo, NOT_ASKED, QUESTION_NAMES, type QuestionName, QUESTIONS, TOPICS } from "./questions";

export const NOT_SETTLED = "not settled";

/** The answers found so far. A question without one is "not settled", perhaps with a reason. */
export class Answers {
  readonly #found = new Map<QuestionName, string>();
  readonly #reasons = new Map<QuestionName, string>();

  /** @param answer undefined if it could not be determined */
  settle<Name extends QuestionName>(name: Name, answer: AnswerTo<Name> | undefined): void {
    if (answer === undefined) return;
    this.#found.set(name, answer);
    this.#reasons.delete(name);
  }

  /** @param reason without a server's words: they may name clients, and reports are sent to others */
  leaveOpen(names: readonly QuestionName[], reason: string): void {
    for (const name of names) if (!this.#found.has(name)) this.#reasons.set(name, reason);
  }

  get(name: QuestionName): string {
    return this.#found.get(name) ?? NOT_SETTLED;
  }

  all(): Record<string, string> {
    return Object.fromEntries(QUESTION_NAMES.map((name) => [name, this.get(name)]));
  }

  reasons(): Partial<Record<QuestionName, string>> {
    return Object.fromEntries(this.#reasons);
  }
}

/** A list of names of fields, and nothing else. */
const fieldNames = z.string().regex(/^[A-Za-z]+(?:, [A-Za-z]+)*$/);

const answers = z.strictObject(
  Object.fromEntries(
    QUESTION_NAMES.map((name) => {
      const question = QUESTIONS[name];
      const known = z.enum([...question.answers, NOT_SETTLED]);
      const answer = "orFields" in question ? known.or(fieldNames) : known;
      return [name, answer.describe(question.ask)];
    }),
  ),
);

/** What the probe found. It has no key, id or name of the account, so that it can be sent to others. */
export const probeReport = z.strictObject({
  version: z.literal(1),
  packageVersion: z.string().describe("of pulumi-thinkgeo"),
  day: z.iso.date().describe("UTC"),
  host: z.enum(["default", "another"]).describe("whether thinkgeo:apiUrl was the default"),
  ended: z
    .enum(["complete", "interrupted", "stopped"])
    .describe("stopped: something failed, and the rest was not tried"),
  requests: z.int().nonnegative().describe("of the probe alone, cleaning up included"),
  cleaned: z
    .enum(["yes", "nothing made", "probably", "deactivated", "no"])
    .describe(
      "probably: the response to a create was lost, and no such client was seen; deactivated: clients are left, deactivated",
    ),
  others: z
    .enum(["unchanged", "changed", "not known"])
    .describe("the account's other clients, before and after; others may have changed them meanwhile"),
  answers,
  reasons: z
    .partialRecord(z.enum(QUESTION_NAMES), z.string())
    .describe("why a question is not settled, where that is known"),
});

export type ProbeReport = z.infer<typeof probeReport>;

const ENDED = {
  complete: "The probe came to its end",
  interrupted: "The probe was interrupted",
  stopped: "The probe stopped before its end",
} as const;
const CLEANED = {
  yes: "its clients are deleted",
  "nothing made": "it made no client",
  probably: "its clients are deleted, but for one that was perhaps made and has not been seen",
  deactivated: "what is left of its clients is deactivated",
  no: "not all of its clients are gone",
} as const;

/** The answers as a table, and as JSON to be sent to others. */
export function probeLines(report: ProbeReport, columns: number): Line[] {
  const rows = (questions: Readonly<Record<string, { readonly ask: string }>>): Row[] =>
    Object.entries(questions).map(([name, { ask }]) => ({
      cells: [`  ${ask}`],
      texts: [answerIn(report, name)],
    }));
  const settled = QUESTION_NAMES.filter((name) => report.answers[name] !== NOT_SETTLED).length;
  const ended = `${ENDED[report.ended]}: ${settled} of ${QUESTION_NAMES.length} questions are settled, by ${report.requests} requests; ${CLEANED[report.cleaned]}.`;
  return [
    "",
    ...wrapped(ended, columns),
    `The account's other clients: ${report.others}.`,
    "",
    ...Object.entries(TOPICS).flatMap(([topic, questions]) => [
      `${topic.slice(0, 1).toUpperCase()}${topic.slice(1)}`,
      ...table(rows(questions), columns),
    ]),
    "",
    ...wrapped(`Not asked: ${NOT_ASKED.map(({ what }) => what).join("; ")}.`, columns),
    "",
    ...wrapped("This is what you can send us. It holds no key, no id and no name of the account:", columns),
    "",
    ...JSON.stringify(report, null, 2).split("\n"),
  ];
}

function answerIn({ answers: found, reasons }: ProbeReport, name: string): string {
  const answer = found[name] ?? NOT_SETTLED;
  const reason = Object.entries(reasons).find(([asked]) => asked === name)?.[1];
  return reason === undefined ? answer : `${answer} (${reason})`;
}
