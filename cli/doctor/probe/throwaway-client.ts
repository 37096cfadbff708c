import type { WireAnswer } from "../../../provider/cloud/transport";
import type { RemoteClient } from "../../../provider/model/wire";
import { rolesIn, sameText, type Raw } from "./reading";
import type { Answers } from "./report";
import { ProbeStopped, type ProbeRequests, type Refused } from "./requests";

/** What all experiments use. */
export interface Setup {
  readonly requests: ProbeRequests;
  readonly answers: Answers;
  /** Of the type NativeConfidential. */
  readonly native: ThrowawayClient;
  /** Of the type JavaScript, with the same name if the server allows that. */
  readonly script: ThrowawayClient;
  /** The account's roles; empty if the server does not list them. */
  readonly roles: readonly { readonly id: string; readonly name: string }[];
  /** The create request of `native`, to be sent again. */
  readonly first: { readonly body: Raw; readonly key: string };
  /** The ETag of the first response to a read, unless it is weak. */
  readonly firstEtag: string | undefined;
}

export type Experiment = (setup: Setup) => Promise<void>;

/** The result of one update: the client before and after it. */
export type Changed =
  | Refused
  | { readonly refused: false; readonly answer: WireAnswer; readonly before: Raw; readonly after: Raw };

/** Roles are compared, and sent back, as texts. */
const withTexts = (raw: Raw): Raw =>
  Array.isArray(raw["grantedRoles"]) ? { ...raw, grantedRoles: rolesIn(raw["grantedRoles"]) } : raw;

/** A client that the probe created: what the server stores, and the whole body of its updates. */
export class ThrowawayClient {
  /** The client as the server was last seen to store it. */
  stored: Raw;

  constructor(
    private readonly requests: ProbeRequests,
    readonly id: string,
    /** The body on which each change is based. */
    public body: Raw,
    client: RemoteClient,
  ) {
    this.body = withTexts(body);
    this.stored = withTexts(client.raw);
  }

  /** Sends the whole body, with some fields set and some left out. */
  async change(set: Raw, leftOut: readonly string[] = [], etag?: string): Promise<Changed> {
    const whole = { ...this.body, id: this.id, ...set };
    const body = Object.fromEntries(Object.entries(whole).filter(([key]) => !leftOut.includes(key)));
    const before = this.stored;
    const decided = await this.requests.update(this.id, body, etag);
    if (decided.refused) return decided;
    const after = await this.#storedAfter(decided.value, decided.answer.status === 204);
    this.stored = withTexts(after);
    return { refused: false, answer: decided.answer, before, after };
  }

  /** Sends the whole body again if a field is not stored as in it; whether it is then. */
  async restore(field: string): Promise<boolean> {
    const isSame = (): boolean => sameText(this.stored[field], this.body[field]);
    if (!isSame()) await this.change({});
    return isSame();
  }

  /** @param isRead whether `updated` was read with a request of its own, because the update had an empty response */
  async #storedAfter(updated: RemoteClient | undefined, isRead: boolean): Promise<Raw> {
    const { showsStored, lagMs } = this.requests;
    if (updated !== undefined && (isRead ? lagMs === 0 : showsStored)) return updated.raw;
    const read = await this.requests.read(this.id);
    if (read.refused || read.value === undefined)
      throw new ProbeStopped("The client cannot be read after an update.");
    return read.value.raw;
  }
}
