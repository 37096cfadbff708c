import type { Emulator, EmulatorAccount, Switches } from "../../emulator/index";
import type { Transport } from "../../provider/cloud/transport";
import type { Configuration } from "../../provider/configuration";
import { clientsOf } from "./account-view";
import { goalOf, type Declaration } from "./declaration";
import { EngineRun } from "./engine";
import { randomFrom } from "./fake-time";
import { Hands } from "./hands";
import { Ledger } from "./ledger";
import { ProviderProcess } from "./provider-process";
import type { Moment, RunOptions, RunRecord, Verb } from "./run-record";
import { StackState, type Properties } from "./stack-state";
import { Weather } from "./weather";
import { Witness } from "./witness";

const SHORT_PATIENCE_MS = 60;
const PATIENCE_MS = 30_000;

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
  readonly #random: () => number;

  constructor(
    readonly emulator: Emulator,
    private readonly transport: Transport,
    personality: Partial<Switches>,
    seed: number,
  ) {
    this.own = emulator.addAccount({ name: "Own" });
    this.other = emulator.addAccount({ name: "Other" });
    this.#random = randomFrom(seed);
    this.weather = new Weather(emulator, this.own, personality, this.#random);
    this.hands = new Hands(this.own, this.state, this.ledger);
  }

  async run(verb: Verb, options: RunOptions): Promise<RunRecord> {
    const { emulator, own, other, hands, weather } = this;
    const before = this.#now();
    hands.touched.clear();
    weather.begin(options.weather, verb.kind !== "up" && !options.astray);
    const { incidents } = options;
    // A token that is revoked once is renewed, and nothing comes of it.
    const calm =
      weather.isFair && incidents.length <= 1 && incidents.every(({ event }) => event.kind === "revoke");
    const process = this.#startProcess(options);
    const witness = new Witness(emulator, [own, other], process, hands, incidents);
    const engine = new EngineRun(this.state, process, options.parallel, () => process.dead);
    if (verb.kind === "up") await engine.up(this.#goals(), verb);
    else await engine[verb.kind]();
    witness.stop();
    const requests = emulator.requests().length;
    const secretsShown = emulator.switches.laterSecret === "shown";
    await weather.end();
    const record: RunRecord = {
      number: this.runs.length + 1,
      verb,
      options,
      declared: new Set(this.program.keys()),
      calm,
      failures: engine.failures,
      begun: engine.begun,
      process,
      births: witness.births,
      problems: witness.problems,
      touched: new Set(hands.touched),
      before,
      after: this.#now(),
      requests,
      secretsShown,
    };
    this.runs.push(record);
    this.#book(record);
    return record;
  }

  #goals(): Map<string, Properties> {
    return new Map([...this.program].map(([name, declaration]) => [name, goalOf(name, declaration)]));
  }

  #startProcess({ astray, maxConcurrency, onLostClient }: RunOptions): ProviderProcess {
    const { clientId, clientSecret } = astray ? this.other : this.own;
    const configuration: Configuration = {
      clientId,
      clientSecret,
      apiUrl: this.emulator.url,
      tokenUrl: `${this.emulator.url}/identity/connect/token`,
      requestTimeoutMs: 90_000,
      maxConcurrency,
      onLostClient,
      onVanished: "stop",
      allowSelfLockout: false,
    };
    const patienceMs = this.weather.isSilent ? SHORT_PATIENCE_MS : PATIENCE_MS;
    return new ProviderProcess({
      configuration,
      transport: this.transport,
      patienceMs,
      random: this.#random,
      // Not always, because hiding the secrets of all histories in every line takes longer than everything else.
      debug: this.#random() < 0.1,
    });
  }

  #book({ number, births, process, before, after }: RunRecord): void {
    for (const { client, operation } of births)
      if (operation !== undefined) this.ledger.made(client.id, operation, number);
    for (const { kind, id, outcome } of process.operations)
      if (kind === "delete" && outcome === "done" && id !== undefined && !this.state.knows(id))
        this.ledger.letGo(id);
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
