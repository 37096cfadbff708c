import { startEmulator, type Client, type Emulator, type EmulatorOptions } from "../../emulator";
import { connect } from "../../provider/client/connection";
import { ClientLife } from "../../provider/client/life";
import type { Properties } from "../../provider/model/values";
import { Transport, type WireRequest, type WireResult } from "../../provider/cloud/transport";
import { readConfiguration } from "../../provider/configuration";
import { Known } from "../../provider/client/known";
import { ENGINE_GONE } from "../../provider/engine";
import { PartialFailure } from "../../provider/errors";
import { checkRotation } from "../../provider/rotation/check";
import { diffRotation } from "../../provider/rotation/diff";
import { RotationLife } from "../../provider/rotation/life";
import { ROTATING_SHELL } from "../../provider/shell";
import { FakeTime } from "../cloud/fake-time";
import { ownClients } from "../own-clients";

const START = Date.parse("2026-01-01T00:00:00Z");
const DAY = 86_400_000;
/** Other work gets its turn, as it would in a real wait. */
const TURN_MS = 5;

/** Where a run is cut off: its process dies before or after this one of its requests, and state learns nothing. */
export interface Cut {
  readonly request: number;
  readonly moment: "before" | "after";
}

interface Outcome {
  readonly failure?: Error;
  readonly cut: boolean;
  /** Nothing was to be done. */
  readonly quiet: boolean;
}

/** A stack with one RotatingClient, driven as the engine drives it, each run in a process of its own. */
export class RotationWorld {
  declared: Properties = { type: "NativeConfidential", autoName: "tiles-1234abcd", overlapDays: 7 };
  state: { readonly id: string; readonly inputs: Properties; readonly outputs: Properties } | undefined;
  /** Days since the beginning. */
  day = 0;
  onLostClient: "stop" | "adopt" = "stop";
  /** The most clients of ours that existed at once, and the fewest that worked once there was one. */
  most = 0;
  fewestWorking = Number.POSITIVE_INFINITY;
  /** What the runs have said without an error: warnings, and the steps that they do. */
  readonly said: string[] = [];
  readonly #transports: Transport[] = [];

  constructor(
    readonly emulator: Emulator,
    readonly account: Emulator["accounts"][0],
    /** Lets the emulator's time pass; waits of the runs do that. */
    readonly pass: (ms: number) => void,
  ) {
    emulator.onRequest(() => {
      this.#watch();
    });
  }

  static async with(
    work: (world: RotationWorld) => Promise<void>,
    options: EmulatorOptions = {},
  ): Promise<void> {
    let now = Date.now();
    const emulator = await startEmulator({ ...options, now: () => now });
    const world = new RotationWorld(emulator, emulator.accounts[0], (ms) => (now += ms));
    try {
      await work(world);
    } finally {
      await emulator.close();
      for (const transport of world.#transports) transport.close();
    }
  }

  own(): Client[] {
    return ownClients(this.account);
  }

  /** The names of our clients, those that do not work in brackets. */
  seen(): string[] {
    return this.own().map(({ name, isActive }) => (isActive ? name : `(${name})`));
  }

  output(key: string): unknown {
    return this.state?.outputs[key];
  }

  currentId(): string | undefined {
    return (this.output("current") as { id: string } | undefined)?.id;
  }

  previousId(): string | undefined {
    return (this.output("previous") as { id: string } | undefined)?.id;
  }

  #watch(): void {
    const own = this.own();
    this.most = Math.max(this.most, own.length);
    if (own.length > 0)
      this.fewestWorking = Math.min(this.fewestWorking, own.filter(({ isActive }) => isActive).length);
  }

  #process(cut: Cut | undefined): { known: Known; life: RotationLife; isCut: () => boolean } {
    const environment = { ...this.account.environment, THINKGEO_ON_LOST_CLIENT: this.onLostClient };
    const configuration = readConfiguration(() => undefined, environment);
    const transport = new Transport();
    this.#transports.push(transport);
    let sent = 0;
    let dead = false;
    const nothing = (): WireResult => ({
      kind: "not-sent",
      reason: "this process is dead",
      cause: undefined,
    });
    const send = async (request: WireRequest, timeoutMs: number): Promise<WireResult> => {
      sent++;
      if (sent === cut?.request && cut.moment === "before") dead = true;
      if (dead) return nothing();
      const result = await transport.send(request, timeoutMs);
      if (sent === cut?.request) dead = true;
      return dead ? nothing() : result;
    };
    const known = new Known();
    const time = new FakeTime(this.pass, TURN_MS);
    const abandoned = (): Promise<string | undefined> => Promise.resolve(dead ? ENGINE_GONE : undefined);
    const warn = (text: string): void => void this.said.push(text);
    const connection = connect(configuration, { transport, sender: { send }, time, abandoned, warn });
    const clients = new ClientLife(connection, known, time, warn);
    return { known, life: new RotationLife(clients, known, () => this.#now()), isCut: () => dead };
  }

  #now(): number {
    return START + this.day * DAY;
  }

  #check(known = new Known()): Properties {
    const { inputs, failures } = checkRotation(this.state?.inputs ?? {}, this.declared, known);
    if (failures.length > 0) throw new Error(failures.map(({ reason }) => reason).join(" "));
    return { ...inputs, __provider: ROTATING_SHELL };
  }

  /** Whether a preview would show a change. */
  due(): boolean {
    const known = new Known();
    const inputs = this.#check(known);
    return this.state === undefined || diffRotation(this.state.outputs, inputs, this.#now(), known).changes;
  }

  /** One `pulumi up`. */
  async up(cut?: Cut): Promise<Outcome> {
    const { known, life, isCut } = this.#process(cut);
    const inputs = this.#check(known);
    const { state } = this;
    if (state !== undefined) {
      const { changes, step, replaces } = diffRotation(state.outputs, inputs, this.#now(), known);
      if (step !== undefined) this.said.push(step);
      if (replaces.length > 0) return this.#replace(state, known, life);
      if (!changes) {
        this.state = { ...state, inputs };
        return { cut: false, quiet: true };
      }
    }
    try {
      const done =
        state === undefined
          ? await life.create(inputs)
          : { id: state.id, ...(await life.update(state.id, state.outputs, inputs)) };
      if (!isCut()) this.state = { id: done.id, inputs, outputs: done.outs };
      return { cut: isCut(), quiet: false };
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      if (isCut()) return { cut: true, quiet: false };
      if (error instanceof PartialFailure) this.state = { id: error.id, inputs, outputs: error.properties };
      return { failure: error, cut: false, quiet: false };
    }
  }

  /** The engine makes a resource anew before it deletes the one that was. */
  async #replace(
    before: NonNullable<RotationWorld["state"]>,
    known: Known,
    life: RotationLife,
  ): Promise<Outcome> {
    this.state = undefined;
    const inputs = this.#check(known);
    const { id, outs } = await life.create(inputs);
    this.state = { id, inputs, outputs: outs };
    await life.delete(before.outputs);
    return { cut: false, quiet: false };
  }

  /** An `up` that must succeed. */
  async expectUp(): Promise<void> {
    const { failure } = await this.up();
    if (failure !== undefined) throw failure;
  }

  /** One `pulumi refresh`. */
  async refresh(): Promise<void> {
    const { life } = this.#process(undefined);
    if (this.state === undefined) return;
    const { props } = await life.read(this.state.id, this.state.outputs);
    this.state = { ...this.state, outputs: props };
  }

  async destroy(): Promise<void> {
    if (this.state !== undefined) await this.#process(undefined).life.delete(this.state.outputs);
    this.state = undefined;
  }

  declare(more: Properties): void {
    this.declared = { ...this.declared, ...more };
  }
}
