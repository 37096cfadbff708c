import type { Client } from "../../emulator/index";
import { isUnknowable } from "./account-view";
import type { Operation } from "./provider-process";

/** Why a client exists: the create that made it. */
interface Origin {
  readonly resource: string;
  readonly name: string;
  readonly run: number;
  /** No later run can know it again. */
  readonly isUnknowable: boolean;
}

/** Who made which client, over a whole history. Clients that are not in it were made by hand, or by the service. */
export class Ledger {
  readonly #made = new Map<string, Origin>();
  readonly #letGo = new Set<string>();

  made({ id, name: kept }: Client, { resource, properties }: Operation, run: number): void {
    const name = String(properties["name"]);
    this.#made.set(id, { resource, name, run, isUnknowable: isUnknowable(properties, kept) });
  }

  /** From now on the client is nobody's: its resource was deleted (it may have stayed), or a hand has revived or renamed it. */
  letGo(id: string): void {
    this.#letGo.add(id);
  }

  /** Whether one of our creates made it, whatever became of it. */
  isOurs(id: string): boolean {
    return this.#made.has(id);
  }

  /** The create that made a client which nobody has let go since. */
  originOf(id: string): Origin | undefined {
    return this.#letGo.has(id) ? undefined : this.#made.get(id);
  }
}
