import type { RemoteClient } from "../../../provider/model/wire";
import type { WireAnswer } from "../../../provider/cloud/transport";
import type { Answers } from "./answers";
import { ProbeStopped, type Bench, type Raw } from "./bench";

/** One update: what the client was, and what it is now. */
export type Changed =
  | { readonly refused: true; readonly answer: WireAnswer }
  | { readonly refused: false; readonly answer: WireAnswer; readonly before: Raw; readonly after: Raw };

const WRITTEN = ["name", "clientType", "sharedMode", "allowedOrigins", "allowedIpAddresses", "grantedRoles"];

/** A throw-away client under experiment: what it is, and the whole body that a careful program would send. */
export class Subject {
  /** Whether the answer of an update can be taken for what is stored: found out with the first. */
  #answersAreTrue: boolean | undefined;
  #now: Raw;

  constructor(
    private readonly bench: Bench,
    private readonly answers: Answers,
    readonly id: string,
    /** The body that each change is made over. */
    public body: Raw,
    client: RemoteClient,
  ) {
    this.#now = client.raw;
  }

  get now(): Raw {
    return this.#now;
  }

  /** Sends the whole body with some fields set and some left out; what is refused changes nothing. */
  async change(set: Raw, leftOut: readonly string[] = [], etag?: string): Promise<Changed> {
    const whole = { ...this.body, id: this.id, ...set };
    const body = Object.fromEntries(Object.entries(whole).filter(([key]) => !leftOut.includes(key)));
    const before = this.#now;
    const decided = await this.bench.update(this.id, body, etag);
    if (decided.refused) return decided;
    this.#now = await this.#stored(decided.value);
    return { refused: false, answer: decided.answer, before, after: this.#now };
  }

  /** Makes the whole body true again, if it is not; whether it is then. */
  async restore(field: string): Promise<boolean> {
    const same = (): boolean => sameText(this.#now[field], this.body[field]);
    if (!same()) await this.change({});
    return same();
  }

  async #stored(answered: RemoteClient | undefined): Promise<Raw> {
    if (answered !== undefined && this.#answersAreTrue === true) return answered.raw;
    const read = await this.bench.read(this.id);
    if (read.refused || read.value === undefined)
      throw new ProbeStopped("The client cannot be read after an update.");
    const stored = read.value.raw;
    if (this.#answersAreTrue === undefined) {
      this.#answersAreTrue =
        answered !== undefined && WRITTEN.every((key) => sameText(answered.raw[key], stored[key]));
      const otherwise = answered === undefined ? "nothing" : "something else";
      this.answers.settle("updateAnswer", this.#answersAreTrue ? "what is stored" : otherwise);
    }
    return stored;
  }
}

export const sameText = (left: unknown, right: unknown): boolean =>
  JSON.stringify(left ?? null) === JSON.stringify(right ?? null);

export const sameSet = (left: unknown, right: unknown): boolean =>
  JSON.stringify(texts(left).toSorted()) === JSON.stringify(texts(right).toSorted());

/** The texts of a list; anything else has none. */
export const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
