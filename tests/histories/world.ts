import type { Emulator, EmulatorAccount, Switches } from "../../emulator/index";
import type { HostName } from "../engine/engine-stack";
import type { Configuration } from "../../provider/configuration";
import { ownClients } from "../own-clients";
import { clientsOf, keptName } from "./account-view";
import { goalOf, type Declaration } from "./declaration";
import { EngineRun } from "./engine";
import { randomFrom } from "./clock";
import { Hands } from "./hands";
import { Ledger } from "./ledger";
import { ProviderProcess } from "./provider-process";
import type { Moment, RunOptions, RunRecord, Verb } from "./run-record";
import type { Service } from "./service";
import { StackState, type Properties } from "./stack-state";
import { Weather } from "./weather";
import { Witness } from "./witness";

const SHORT_PATIENCE_MS = 60;
const PATIENCE_MS = 30_000;
/** Between two runs: time enough for all that lags. */
const A_MINUTE_MS = 60_000;
const A_SECOND_MS = 1_000;

/** One history's world: two accounts at one service, a program, the engine's state, and what goes wrong. */
export class World {
  readonly own: EmulatorAccount;
  readonly other: EmulatorAccount;
  readonly state = new StackState();
  readonly program = new Map<string, Declaration>();
  readonly ledger = new Ledger();
  readonly weather: Weather;
  readonly hands: Hands;
  readonly runs: RunRecord[] = [];
  /** Every secret that must never be seen. */
  readonly secrets = new Set<string>();
  /** The next run believes that all clients are gone: a person has looked, and they are. */
  acceptsVanished = false;
  readonly emulator: Emulator;
  readonly #random: () => number;

  constructor(
    private readonly service: Service,
    /** How this service is at all times. */
    readonly personality: Partial<Switches>,
    seed: number,
    /** Which host runs the provider. */
    private readonly host: HostName = "dynamic",
  ) {
    const { emulator } = service;
    this.emulator = emulator;
    this.own = emulator.addAccount({ name: "Own" });
    this.other = emulator.addAccount({ name: "Other" });
    this.#random = randomFrom(seed);
    this.hands = new Hands(this.own, this.state, this.ledger, (name) => keptName(name, personality));
    this.weather = new Weather(emulator, this.own, this.hands, personality, this.#random);
  }

  async run(verb: Verb, options: RunOptions): Promise<RunRecord> {
    const { emulator, own, other, hands, weather } = this;
    const before = this.#now();
    weather.begin(options.weather, {
      beStale: verb.kind !== "up" && !options.astray,
      beBlind: this.#knowsAll(),
    });
    const replace = verb.kind === "up" ? verb.replace : undefined;
    // The engine need not show what it replaces: a list that shows it late would show it as new.
    const isUnseen = replace !== undefined || this.#replacesByName();
    const isSoon = options.atOnce && !this.#mustWait() && !(isUnseen && weather.lags);
    this.service.clock.pass(isSoon ? A_SECOND_MS : A_MINUTE_MS);
    const { incidents } = options;
    const seesThePast = isSoon && weather.lags;
    hands.beginRun(isSoon, seesThePast);
    // A token that is revoked once is renewed, and nothing comes of it.
    const isQuiet = incidents.length <= 1 && incidents.every(({ event }) => event.kind === "revoke");
    const calm = weather.isFair && isQuiet && !seesThePast;
    const process = this.#startProcess(options);
    const witness = new Witness(emulator, [own, other], process, hands, incidents, {
      known: before.entries,
      service: this.personality,
      triggered: replace?.by === "trigger" ? replace.resource : undefined,
    });
    const engine = new EngineRun(this.state, process, options.parallel, () => process.dead);
    if (verb.kind === "up") await engine.up(this.#goals(), verb);
    else await engine[verb.kind]();
    witness.stop();
    const requests = emulator.requests().length;
    const { createSecret, laterSecret, visibleClients, ignoreFields, listLag, getLag } = emulator.switches;
    const { listIsStale } = weather;
    await weather.end();
    const record: RunRecord = {
      number: this.runs.length + 1,
      verb,
      options,
      service: this.personality,
      declared: new Set(this.program.keys()),
      calm,
      failures: engine.failures,
      begun: engine.begun,
      process,
      births: witness.births,
      problems: witness.problems,
      touched: new Set(hands.touched),
      rivals: witness.rivals,
      before,
      after: this.#now(),
      requests,
      secretsShown: createSecret === "shown" && laterSecret === "shown",
      blind: visibleClients === "own",
      listIsStale,
      sawThePast: seesThePast && listLag > 0 && getLag > 0,
      obeyed: ignoreFields.length === 0,
    };
    this.runs.push(record);
    this.acceptsVanished = false;
    this.#book(record);
    return record;
  }

  /** Whether the program gives the name of a resource that it has dropped to another one: the engine shows that one alone. */
  #replacesByName(): boolean {
    const names = [...this.program.values()].map(({ name }) => name);
    return this.state.entries.some(
      ({ resource, inputs }) =>
        !this.program.has(resource) && names.some((name) => name !== undefined && name === inputs["name"]),
    );
  }

  #goals(): Map<string, Properties> {
    return new Map(
      [...this.program].map(([name, declaration]) => [name, goalOf(name, declaration, this.host)]),
    );
  }

  /** Who was cut off, or told to wait, waits until what lags can be seen; and who was told a lie has to. */
  #mustWait(): boolean {
    const last = this.runs.at(-1);
    if (last === undefined || last.process.dead) return true;
    return (
      last.failures.some(({ error }) => error.message.includes("in a minute")) ||
      last.births.some(({ operation }) => operation?.refused)
    );
  }

  /** A list that hides from a create a client that state does not know cannot be dealt with. */
  #knowsAll(): boolean {
    const { own, state } = this;
    return ownClients(own).every(({ id }) => state.knows(id));
  }

  #startProcess({ astray, maxConcurrency, onLostClient, requestTimeoutMs }: RunOptions): ProviderProcess {
    const { clientId, clientSecret } = astray ? this.other : this.own;
    const configuration: Configuration = {
      clientId,
      clientSecret,
      apiUrl: this.emulator.url,
      tokenUrl: `${this.emulator.url}/identity/connect/token`,
      requestTimeoutMs,
      maxConcurrency,
      onLostClient,
      onVanished: this.acceptsVanished ? "accept" : "stop",
      allowSelfLockout: false,
    };
    const patienceMs = this.weather.isSilent ? SHORT_PATIENCE_MS : PATIENCE_MS;
    return new ProviderProcess({
      configuration,
      host: this.host,
      transport: this.service.transport,
      clock: this.service.clock,
      patienceMs,
      random: this.#random,
      // Not always, because hiding the secrets of all histories in every line takes longer than everything else.
      debug: this.#random() < 0.1,
    });
  }

  #book({ number, births, process, before, after, blind, rivals }: RunRecord): void {
    for (const { client, operation } of births)
      if (operation !== undefined) this.ledger.made(client, operation, number);
    for (const { kind, id, outcome } of process.operations)
      if (kind === "delete" && outcome === "done" && id !== undefined && !this.state.knows(id))
        this.ledger.letGo(id);
    // What an adopt line has renamed is another resource's, also where the run was killed before state knew it.
    for (const { properties } of process.operations) {
      const id = String(properties["adopt"]);
      if (before.own.get(id)?.name !== after.own.get(id)?.name) this.ledger.letGo(id);
    }
    // What was left to itself a moment ago, or made by others, may not be listed yet.
    for (const { id } of rivals) this.hands.touched.add(id);
    for (const { id } of before.entries) if (!this.state.knows(id)) this.hands.touched.add(id);
    // With only one or two clients, one that cannot see them believes that they are gone.
    if (blind) for (const { id } of before.entries) if (!this.state.knows(id)) this.ledger.letGo(id);
    for (const clients of [before.own, before.other, after.own, after.other])
      for (const { apiSecret } of clients.values()) this.secrets.add(apiSecret);
  }

  #now(): Moment {
    return {
      own: clientsOf(this.own),
      other: clientsOf(this.other),
      entries: this.state.entries,
      resources: [...this.state.resources.values()],
    };
  }
}
