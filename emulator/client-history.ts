import type { Client } from "./entities";

/** What a client was until a moment; undefined where it was not there. */
interface Version {
  readonly until: number;
  readonly client: Client | undefined;
}

const remembered = 20;

/** What clients were before their latest changes, so that reads can lag behind writes; in memory only. */
export class ClientHistory {
  readonly #versions = new Map<string, readonly Version[]>();

  constructor(readonly now: () => number) {}

  /** Keeps what a client was until now. */
  keep(id: string, client: Client | undefined): void {
    const version = { until: this.now(), client };
    this.#versions.set(id, [...(this.#versions.get(id) ?? []), version].slice(-remembered));
  }

  /** The client as it was so many milliseconds ago, given what it is now. */
  ago(ms: number, id: string, present: Client | undefined): Client | undefined {
    const version = this.#since(ms, id)[0];
    return version === undefined ? present : version.client;
  }

  /** The same, but a client that was not there yet is what it was when it was made. */
  agoOrFirst(ms: number, present: Client): Client {
    return this.#since(ms, present.id).find(({ client }) => client !== undefined)?.client ?? present;
  }

  /** Every client that has been written since the start, those that are gone too. */
  ids(): Iterable<string> {
    return this.#versions.keys();
  }

  has(id: string): boolean {
    return this.#versions.has(id);
  }

  #since(ms: number, id: string): readonly Version[] {
    const moment = this.now() - ms;
    return (this.#versions.get(id) ?? []).filter(({ until }) => until > moment);
  }
}
