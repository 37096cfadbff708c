import type { RunRecord } from "./run-record";
import type { World } from "./world";

/**
 * What the histories were about. Random histories may come to avoid, by an innocent change to their making, what they
 * are there to test; so the test asks that each of these has happened.
 */
export class Census {
  readonly counts: Record<string, number> = {
    runs: 0,
    requests: 0,
    "clients made": 0,
    "updates that succeeded": 0,
    "replacements cut off before their deletes": 0,
    "runs killed": 0,
    "runs with the other account's credentials": 0,
    "creates settled by looking": 0,
    "creates that failed and left a client": 0,
    "lost clients reported": 0,
    "clients adopted": 0,
    "lost clients taken over": 0,
    "partial failures": 0,
    "deletes that were held back": 0,
    "resources that a refresh dropped": 0,
    "creates that stayed open": 0,
    "clients made by rivals": 0,
    "new clients that were named and not taken": 0,
    "runs that saw nobody": 0,
    "names that were kept in another form": 0,
    "secrets that were not shown": 0,
    "items of a list that could not be read": 0,
    "stops because all clients are missing": 0,
  };

  count({ runs }: World): void {
    for (const run of runs) this.#countRun(run);
  }

  #countRun(run: RunRecord): void {
    this.#countMore(run);
    const { process, births, failures, before, after } = run;
    const creates = process.operations.filter(({ kind }) => kind === "create");
    const messages = failures.map(({ error }) => error.message);
    const bornOf = (operation: (typeof creates)[number]): boolean =>
      births.some((birth) => birth.operation === operation);
    this.#add("runs", 1);
    this.#add("requests", run.requests);
    this.#add("clients made", births.length);
    this.#add(
      "updates that succeeded",
      process.operations.filter((op) => op.kind === "update" && op.outcome === "done").length,
    );
    this.#add(
      "replacements cut off before their deletes",
      Number(after.entries.length > new Set(after.entries.map((entry) => entry.resource)).size),
    );
    this.#add("runs killed", Number(process.dead));
    this.#add("runs with the other account's credentials", Number(run.options.astray));
    this.#add(
      "creates settled by looking",
      creates.filter((op) => op.outcome === "done" && op.told === undefined && bornOf(op)).length,
    );
    this.#add(
      "creates that failed and left a client",
      creates.filter((op) => op.outcome === "failed" && op.id === undefined && bornOf(op)).length,
    );
    this.#add(
      "lost clients reported",
      messages.filter((text) => text.includes("that this stack does not know")).length,
    );
    this.#add(
      "clients adopted",
      creates.filter((op) => op.outcome === "done" && op.properties["adopt"] !== undefined).length,
    );
    this.#add(
      "lost clients taken over",
      creates.filter((op) => op.outcome === "done" && op.properties["adopt"] === undefined && !bornOf(op))
        .length,
    );
    this.#add("partial failures", failures.filter(({ error }) => error.name === "PartialFailure").length);
    this.#add(
      "deletes that were held back",
      process.said.filter((line) => line.includes("was not deleted")).length,
    );
    const refreshed = process.operations.filter(({ kind, outcome }) => kind === "read" && outcome === "done");
    this.#add(
      "resources that a refresh dropped",
      run.verb.kind === "refresh" && refreshed.length > 0 ? before.entries.length - after.entries.length : 0,
    );
  }

  #countMore({ process, failures, rivals, blind, begun }: RunRecord): void {
    const said = (...words: string[]): number =>
      failures.filter(({ error }) => words.some((word) => error.message.includes(word))).length;
    this.#add("creates that stayed open", said("may exist"));
    this.#add("clients made by rivals", rivals.length);
    this.#add("new clients that were named and not taken", said("new in the account"));
    this.#add("runs that saw nobody", Number(blind && begun.length > 0));
    this.#add("names that were kept in another form", said("ThinkGeo accepted name"));
    this.#add("secrets that were not shown", said("No response of ThinkGeo has the client's secret"));
    const unreadable = process.said.filter((line) => line.includes("cannot be read"));
    this.#add("items of a list that could not be read", unreadable.length);
    this.#add("stops because all clients are missing", said("THINKGEO_ON_VANISHED=accept"));
  }

  #add(what: string, times: number): void {
    this.counts[what] = (this.counts[what] ?? 0) + times;
  }
}
