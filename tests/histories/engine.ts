import { isDeepStrictEqual } from "node:util";
import type { Entry, Properties, StackState } from "./stack-state";

/** The provider as its hosts call it. The one for dynamic providers does not pass the resource on, and here it is for the record only. */
export interface Provider {
  check(
    resource: string,
    olds: Properties,
    news: Properties,
  ): Promise<{ inputs: Properties; failures: readonly { property: string; reason: string }[] }>;
  diff(
    resource: string,
    id: string,
    olds: Properties,
    news: Properties,
  ): Promise<{ changes: boolean; replaces: string[] }>;
  create(resource: string, inputs: Properties): Promise<{ id: string; outs: Properties }>;
  read(
    resource: string,
    id: string,
    outputs: Properties,
  ): Promise<{ id?: string; props?: Properties; inputs?: Properties }>;
  update(resource: string, id: string, olds: Properties, news: Properties): Promise<{ outs: Properties }>;
  delete(resource: string, id: string, outputs: Properties): Promise<void>;
}

/** An operation that ended in an error. */
export interface Failure {
  readonly resource: string;
  readonly error: Error;
}

export interface UpOptions {
  /** `--refresh`: in the same process, before anything else. */
  readonly refresh: boolean;
  /** One resource that is replaced whatever diff says, by `replacementTrigger` or by a bare `--target-replace`. */
  readonly replace?: { readonly resource: string; readonly by: "trigger" | "target" };
}

/**
 * One run of the engine, as engine 3.259 does it (pkg/resource/deploy) and no more than that: checks and diffs one
 * after the other, operations beside each other, state kept after each of them, no new step after a failure, and
 * deletes, those left over from earlier runs among them, at the very end and only if nothing failed.
 */
export class EngineRun {
  readonly failures: Failure[] = [];
  /** Operations that were begun, for those who want to know whether there was anything to do. */
  readonly begun: string[] = [];
  #stopped = false;
  #free: number;
  readonly #waiting: (() => void)[] = [];

  constructor(
    private readonly state: StackState,
    private readonly provider: Provider,
    parallel: number,
    /** Whether this engine has been killed: then nothing that arrives reaches the state. */
    private readonly gone: () => boolean,
  ) {
    this.#free = parallel;
  }

  async up(goals: ReadonlyMap<string, Properties>, options: UpOptions): Promise<void> {
    if (options.refresh) await this.refresh();
    const before = [...this.state.resources.keys()];
    const steps: Promise<void>[] = [];
    for (const [name, goal] of goals) {
      if (this.#stopped || this.gone()) break;
      const force = options.replace?.resource === name ? options.replace.by : undefined;
      await this.#guarded(name, async () => {
        const step = await this.#plan(name, goal, force);
        if (step !== undefined && !this.#stopped) steps.push(this.#perform(name, step));
      });
    }
    await Promise.all(steps);
    await this.#deleteAll(before.filter((name) => !goals.has(name)));
  }

  async destroy(): Promise<void> {
    await this.#deleteAll([...this.state.resources.keys()]);
  }

  /** Reads every resource, those that wait for their delete too; what is gone leaves the state. */
  async refresh(): Promise<void> {
    await Promise.all(
      this.state.entries.map((entry) =>
        this.#perform(entry.resource, async () => {
          this.begun.push(`read ${entry.resource}`);
          const { id, props, inputs } = await this.provider.read(
            entry.resource,
            entry.id,
            wire(entry.outputs),
          );
          if (this.gone()) return;
          if (id === undefined) {
            this.#drop(entry);
          } else {
            const outputs = { ...wire(props ?? {}), ...shellOf(entry.outputs) };
            const kept = inputs === undefined ? entry.inputs : { ...wire(inputs), ...shellOf(entry.outputs) };
            // What a refresh shows is found by asking how the state that is now would become what was declared.
            await this.provider.diff(entry.resource, id, outputs, wire(entry.inputs));
            if (this.gone()) return;
            this.#exchange(entry, { ...entry, id, inputs: kept, outputs, failed: false });
          }
        }),
      ),
    );
  }

  async #plan(
    name: string,
    goal: Properties,
    force: "trigger" | "target" | undefined,
  ): Promise<(() => Promise<void>) | undefined> {
    const old = this.state.resources.get(name);
    const inputs = await this.#check(name, force === "target" ? {} : (old?.inputs ?? {}), goal);
    if (old === undefined) return () => this.#create(name, inputs, undefined);
    if (force === "target") return () => this.#create(name, inputs, old);
    // The engine does not ask for a difference where a trigger has decided.
    const diff =
      force === "trigger"
        ? { changes: true, replaces: ["replacementTrigger"] }
        : await this.provider.diff(name, old.id, wire(old.outputs), wire(inputs));
    if (this.gone()) return undefined;
    if (diff.changes && diff.replaces.length > 0) {
      const fresh = await this.#check(name, {}, goal);
      return () => this.#create(name, fresh, old);
    }
    if (diff.changes || old.failed) return () => this.#update(old, inputs);
    this.#exchange(old, { ...old, inputs });
    return undefined;
  }

  async #check(name: string, olds: Properties, goal: Properties): Promise<Properties> {
    const { inputs, failures } = await this.provider.check(name, wire(olds), wire(goal));
    if (failures.length > 0)
      throw new Error(failures.map(({ property, reason }) => `${property} ${reason}`).join("; "));
    return { ...wire(inputs), ...shellOf(goal) };
  }

  async #create(name: string, inputs: Properties, replaced: Entry | undefined): Promise<void> {
    this.begun.push(`create ${name}`);
    const landed = await land(
      () => this.provider.create(name, wire(inputs)),
      ({ id, outs }) => ({ id, outputs: { ...wire(outs), ...shellOf(inputs) } }),
    );
    if (this.gone()) return;
    if (replaced !== undefined) this.state.pendingDeletes.add(replaced);
    const { id, outputs, error } = landed;
    this.state.resources.set(name, { resource: name, id, inputs, outputs, failed: error !== undefined });
    if (error !== undefined) throw error;
  }

  async #update(old: Entry, inputs: Properties): Promise<void> {
    this.begun.push(`update ${old.resource}`);
    const { outputs, error } = await land(
      () => this.provider.update(old.resource, old.id, wire(old.outputs), wire(inputs)),
      ({ outs }) => ({ id: old.id, outputs: { ...wire(outs), ...shellOf(inputs) } }),
    );
    if (this.gone()) return;
    this.#exchange(old, { ...old, inputs, outputs, failed: error !== undefined });
    if (error !== undefined) throw error;
  }

  async #deleteAll(names: readonly string[]): Promise<void> {
    if (this.#stopped || this.gone()) return;
    const removed = names.flatMap((name) => this.state.resources.get(name) ?? []);
    await Promise.all(
      [...this.state.pendingDeletes, ...removed].map((entry) =>
        this.#perform(entry.resource, async () => {
          this.begun.push(`delete ${entry.resource}`);
          await this.provider.delete(entry.resource, entry.id, wire(entry.outputs));
          if (!this.gone()) this.#drop(entry);
        }),
      ),
    );
  }

  #drop(entry: Entry): void {
    if (!this.state.pendingDeletes.delete(entry)) this.state.resources.delete(entry.resource);
  }

  #exchange(old: Entry, entry: Entry): void {
    if (this.state.pendingDeletes.delete(old)) this.state.pendingDeletes.add(entry);
    else this.state.resources.set(entry.resource, entry);
  }

  /** A step waits for a free worker, and is not begun at all after a failure. */
  async #perform(resource: string, step: () => Promise<void>): Promise<void> {
    if (this.#free > 0) this.#free--;
    else await new Promise<void>((resume) => this.#waiting.push(resume));
    if (!this.#stopped && !this.gone()) await this.#guarded(resource, step);
    const next = this.#waiting.shift();
    if (next === undefined) this.#free++;
    else next();
  }

  async #guarded(resource: string, step: () => Promise<void>): Promise<void> {
    try {
      await step();
    } catch (error) {
      if (error instanceof WireError || !(error instanceof Error)) throw error;
      if (this.gone()) return;
      this.failures.push({ resource, error });
      this.#stopped = true;
    }
  }
}

interface Landed {
  readonly id: string;
  readonly outputs: Properties;
  readonly error?: Error;
}

/** An error with an id says that the resource exists all the same; the host takes only `properties` from it. */
async function land<T>(work: () => Promise<T>, read: (answer: T) => Landed): Promise<Landed> {
  try {
    return read(await work());
  } catch (error) {
    if (!(error instanceof Error && "id" in error && "properties" in error)) throw error;
    const outputs = wire(error.properties as Properties);
    if (typeof outputs["__provider"] !== "string")
      throw new WireError("A partial failure without __provider.");
    return { id: String(error.id), outputs, error };
  }
}

/** Thrown where the real host would fail after the provider has done its work. */
class WireError extends Error {}

/** Properties cross as a copy; an undefined among them makes the real host throw, after the deed. */
function wire(properties: Properties): Properties {
  const copy: unknown = JSON.parse(JSON.stringify(properties));
  if (!isDeepStrictEqual(copy, { ...properties }))
    throw new WireError(`No such thing crosses the wire: ${JSON.stringify(properties)}`);
  return copy as Properties;
}

const shellOf = (properties: Properties): Properties => ({ __provider: properties["__provider"] });
