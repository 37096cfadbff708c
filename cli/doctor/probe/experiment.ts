import type { Answers } from "./answers";
import type { Bench } from "./bench";
import type { Subject } from "./subject";

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
  /** The ETag of the first reading. */
  readonly firstEtag: string | undefined;
}

export type Experiment = (laboratory: Laboratory) => Promise<void>;
