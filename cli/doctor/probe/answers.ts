import { QUESTION_NAMES, type AnswerTo, type QuestionName } from "./questions";

export const NOT_SETTLED = "not settled";

/** What has been found out so far. What could not be is "not settled", perhaps with the reason. */
export class Answers {
  readonly #found = new Map<QuestionName, string>();
  readonly #reasons = new Map<QuestionName, string>();

  /** Undefined: it could not be told. */
  settle<Name extends QuestionName>(name: Name, answer: AnswerTo<Name> | undefined): void {
    if (answer === undefined) return;
    this.#found.set(name, answer);
    this.#reasons.delete(name);
  }

  /** @param reason in our own words: reports are sent on, and a server's words may name clients */
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
