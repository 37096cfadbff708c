import { isFlag, isText, isTextList } from "./json";

/** Reads the fields of a request body and gathers everything that is wrong with them. null counts as absent. */
export class FieldReader {
  readonly problems: Record<string, string[]> = {};

  constructor(readonly body: Readonly<Record<string, unknown>>) {}

  has(field: string): boolean {
    return Object.hasOwn(this.body, field) && this.body[field] !== null;
  }

  text(field: string): string | undefined {
    const value = this.#value(field);
    if (value === undefined || isText(value)) return value;
    this.problem(field, "must be a string");
    return undefined;
  }

  flag(field: string): boolean | undefined {
    const value = this.#value(field);
    if (value === undefined || isFlag(value)) return value;
    this.problem(field, "must be true or false");
    return undefined;
  }

  /** One of several words, in any casing, as .NET reads them. */
  choice<T extends string>(field: string, known: readonly T[]): T | undefined {
    const value = this.#value(field);
    const wanted = isText(value) ? value.toLowerCase() : value;
    const choice = known.find((name) => name.toLowerCase() === wanted);
    if (value === undefined || choice !== undefined) return choice;
    this.problem(field, `must be one of ${known.join(", ")}`);
    return undefined;
  }

  list(field: string): string[] | undefined {
    const value = this.#value(field);
    if (value === undefined || isTextList(value)) return value;
    this.problem(field, "must be a list of strings");
    return undefined;
  }

  problem(field: string, text: string): void {
    const found = Object.hasOwn(this.problems, field) ? this.problems[field] : undefined;
    this.problems[field] = [...(found ?? []), `The field ${field} ${text}.`];
  }

  #value(field: string): unknown {
    return this.has(field) ? this.body[field] : undefined;
  }
}
