import type { Client, Emulator, EmulatorAccount, RequestEvent, Switches } from "../../emulator/index";
import { lookalikes, clientsOf } from "./account-view";
import type { Hands } from "./hands";
import type { Event, Incident, Rival } from "./incidents";
import type { Operation, ProviderProcess } from "./provider-process";
import type { Entry } from "./stack-state";

/** A client that came to be during a run, and the operation that made it. */
export interface Birth {
  readonly client: Client;
  readonly operation: Operation | undefined;
}

/** What else there is to know of a run when it begins. */
interface Circumstances {
  /** What state knows. */
  readonly known: Iterable<Entry>;
  readonly service: Partial<Switches>;
  /** The resource that a trigger replaces: the engine does not show its client, and one of its name is taken for that. */
  readonly triggered: string | undefined;
}

/** Stands beside the service during one run: sees each client come to be, and makes incidents happen. */
export class Witness {
  readonly births: Birth[] = [];
  /** Clients that others made, as they made them. */
  readonly rivals: Client[] = [];
  readonly problems: string[] = [];
  #creates = 0;
  readonly #seen: Set<string>;
  readonly #known: Set<string>;
  readonly #stop: () => void;

  constructor(
    private readonly emulator: Emulator,
    private readonly accounts: readonly EmulatorAccount[],
    private readonly process: ProviderProcess,
    private readonly hands: Hands,
    private readonly incidents: readonly Incident[],
    private readonly circumstances: Circumstances,
  ) {
    this.#known = new Set([...circumstances.known].map(({ id }) => id));
    this.#seen = new Set(accounts.flatMap((account) => account.clients().map(({ id }) => id)));
    emulator.clearRequests();
    this.#stop = emulator.onRequest((event) => {
      this.#onRequest(event);
    });
  }

  stop(): void {
    this.#stop();
  }

  #onRequest({ moment, request }: RequestEvent): void {
    // What a dead process had on the wire is lost; the emulator answers 500 to nobody.
    if (moment === "before" && this.process.silent) throw new Error("cut off before it arrived");
    const isCreate = request.method === "POST" && request.path === "/api/v1/clients";
    const operation = this.process.senders.get(request.headers["idempotency-key"] ?? "");
    if (isCreate && moment === "after") this.#lookForBirths(operation);
    if (isCreate && moment === "before") this.#creates++;
    for (const { at, of, moment: when, event } of this.incidents) {
      const isHere = of === "requests" ? at === request.number : isCreate && at === this.#creates;
      if (isHere && when === moment) this.#happen(event, operation);
    }
    if (moment === "before" && this.process.silent) throw new Error("cut off before it arrived");
  }

  #lookForBirths(operation: Operation | undefined): void {
    for (const account of this.accounts) {
      for (const client of account.clients()) {
        if (this.#seen.has(client.id)) continue;
        this.#seen.add(client.id);
        this.#requireNoRival(client, operation, account);
        this.births.push({ client, operation });
      }
    }
  }

  /** No client is made while one of its name works that nobody has shown to this process: it may be our own lost one. */
  #requireNoRival(client: Client, operation: Operation | undefined, account: EmulatorAccount): void {
    const claimed = this.process.operations.map(({ properties }) => properties["adopt"]);
    const madeForOthers = this.births
      .filter((birth) => birth.operation !== operation)
      .map((birth) => birth.client.id);
    const rivals = lookalikes(
      clientsOf(account),
      operation?.properties ?? {},
      this.circumstances.service,
    ).filter(
      ({ id }) =>
        id !== client.id &&
        !this.hands.touched.has(id) &&
        !this.rivals.some((made) => made.id === id) &&
        !this.process.shown.has(id) &&
        !this.#known.has(id) &&
        (operation?.resource !== this.circumstances.triggered || this.hands.isOurs(id)) &&
        !claimed.includes(id) &&
        !madeForOthers.includes(id),
    );
    for (const rival of rivals)
      this.problems.push(`"${client.name}" was made a second time (${client.id}) beside ${rival.id}.`);
  }

  #happen(event: Event, operation: Operation | undefined): void {
    if (event.kind === "rival") this.#rival(event.as, operation);
    else if (event.kind === "death") this.process.die(event.of);
    else if (event.kind === "revoke") this.emulator.revokeTokens();
    else if (event.kind === "edit") this.hands.edit(event.nth, event.change);
    else this.hands.delete(event.nth);
  }

  #rival(as: Rival, operation: Operation | undefined): void {
    const made =
      operation &&
      this.hands.rival(as, operation.properties, new Set(this.births.map(({ client }) => client.id)));
    if (made === undefined) return;
    this.#seen.add(made.id);
    this.rivals.push(made);
  }
}
