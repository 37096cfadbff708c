import type { RemoteClient } from "../../../provider/model/wire";
import type { WireAnswer } from "../../../provider/cloud/transport";
import type { Answers } from "./answers";
import { ProbeStopped, type Bench, type Refused } from "./bench";
import { sameText, type Raw } from "./reading";

/** What the experiments share. */
export interface Laboratory {
  readonly bench: Bench;
  readonly answers: Answers;
  /** NativeConfidential. */
  readonly native: Subject;
  /** JavaScript; of the same name, if the server allows that. */
  readonly script: Subject;
  /** The account's roles, by id and name; none where the server does not tell. */
  readonly roles: readonly { readonly id: string; readonly name: string }[];
  /** The create of `native`, to be sent again. */
  readonly first: { readonly body: Raw; readonly key: string };
  /** The ETag of the first reading, unless it is weak. */
  readonly firstEtag: string | undefined;
}

export type Experiment = (laboratory: Laboratory) => Promise<void>;

/** One update: what the client was, and what it is now. */
export type Changed =
  | Refused
  | { readonly refused: false; readonly answer: WireAnswer; readonly before: Raw; readonly after: Raw };

/** A throw-away client under experiment: what it is, and the whole body that a careful program would send. */
export class Subject {
  #now: Raw;

  constructor(
    private readonly bench: Bench,
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
    this.#now = await this.#stored(decided.value, decided.answer.status === 204);
    return { refused: false, answer: decided.answer, before, after: this.#now };
  }

  /** Makes the whole body true again, if it is not; whether it is then. */
  async restore(field: string): Promise<boolean> {
    const same = (): boolean => sameText(this.#now[field], this.body[field]);
    if (!same()) await this.change({});
    return same();
  }

  /** What the server has now, as it was seen. */
  saw(now: Raw): void {
    this.#now = now;
  }

  /** @param isRead whether it was read for us, because the update had no answer */
  async #stored(answered: RemoteClient | undefined, isRead: boolean): Promise<Raw> {
    const { answersAreTrue, lagMs } = this.bench;
    if (answered !== undefined && (isRead ? lagMs === 0 : answersAreTrue)) return answered.raw;
    const read = await this.bench.read(this.id);
    if (read.refused || read.value === undefined)
      throw new ProbeStopped("The client cannot be read after an update.");
    return read.value.raw;
  }
}
