import { QUESTION_NAMES, type AnswerTo, type QuestionName } from "./questions";

export const NOT_SETTLED = "not settled";

/** What has been found out so far; what has not is "not settled". */
export class Answers {
  readonly #found = new Map<QuestionName, string>();

  /** Undefined: it could not be told. */
  settle<Name extends QuestionName>(name: Name, answer: AnswerTo<Name> | undefined): void {
    if (answer !== undefined) this.#found.set(name, answer);
  }

  get(name: QuestionName): string {
    return this.#found.get(name) ?? NOT_SETTLED;
  }

  all(): Record<string, string> {
    return Object.fromEntries(QUESTION_NAMES.map((name) => [name, this.get(name)]));
  }
}
