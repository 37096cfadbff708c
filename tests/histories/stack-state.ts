/** Properties as they cross the engine's wire. */
export type Properties = Readonly<Record<string, unknown>>;

/** One resource in the engine's state. */
export interface Entry {
  readonly resource: string;
  readonly id: string;
  readonly inputs: Properties;
  readonly outputs: Properties;
  /** The last operation ended in a partial failure: the next `up` updates it whatever diff says. */
  readonly failed: boolean;
}

/** What the engine keeps between runs: the resources, and replaced ones whose delete has not succeeded yet. */
export class StackState {
  readonly resources = new Map<string, Entry>();
  readonly pendingDeletes = new Set<Entry>();

  get entries(): readonly Entry[] {
    return [...this.resources.values(), ...this.pendingDeletes];
  }

  /** Whether the state knows a client, and as what does not matter. */
  knows(id: string): boolean {
    return this.entries.some((entry) => entry.id === id);
  }
}
