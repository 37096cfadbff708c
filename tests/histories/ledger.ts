import type { Operation } from "./provider-process";

/** Why a client exists: the create that made it. */
export interface Origin {
  readonly resource: string;
  readonly name: string;
  readonly run: number;
}

/** Who made which client, over a whole history. Clients that are not in it were made by hand, or by the service. */
export class Ledger {
  readonly #made = new Map<string, Origin>();
  readonly #letGo = new Set<string>();

  made(id: string, operation: Operation, run: number): void {
    this.#made.set(id, { resource: operation.resource, name: String(operation.properties["name"]), run });
  }

  /** From now on the client is nobody's: its resource was deleted (it may have stayed), or a hand has revived or renamed it. */
  letGo(id: string): void {
    this.#letGo.add(id);
  }

  /** The create that made a client which nobody has let go since. */
  originOf(id: string): Origin | undefined {
    return this.#letGo.has(id) ? undefined : this.#made.get(id);
  }
}
