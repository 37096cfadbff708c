import type { Emulator, EmulatorAccount, FaultRule, Switches } from "../../emulator/index";
import { Api } from "../emulator/support";

/** Stands in a fault's message for a secret, as a server may quote one. */
export const QUOTED_SECRET = "client_secret=SECRET";

/** What is wrong with the service. */
export interface Conditions {
  readonly faults: readonly FaultRule[];
  readonly switches: Partial<Switches>;
}

export const FAIR: Conditions = { faults: [], switches: {} };

/** What goes wrong with the service, for one run or until it clears up. Nothing of it is at work between runs. */
export class Weather {
  #lasting = FAIR;
  #now = FAIR;
  #staleList: string | undefined;

  constructor(
    private readonly emulator: Emulator,
    private readonly account: EmulatorAccount,
    /** How this service is at all times. */
    private readonly personality: Partial<Switches>,
    private readonly random: () => number,
  ) {
    this.clearUp();
  }

  /** Until it clears up. */
  turn(conditions: Conditions): void {
    this.#lasting = conditions;
  }

  /** From now on the list is as it is at this moment. */
  async stopTheList(): Promise<void> {
    const api = await Api.for(this.emulator, this.account);
    this.#staleList = (await api.call("GET", "/api/v1/clients")).text;
  }

  clearUp(): void {
    this.#lasting = FAIR;
    this.#staleList = undefined;
    this.emulator.clearFaults();
    this.#set(FAIR.switches);
  }

  /** `mayBeStale`: a list that hides a lost client from a create cannot be dealt with. */
  begin({ faults, switches }: Conditions, mayBeStale: boolean): void {
    const lasting = this.#lasting;
    const staleList = mayBeStale ? this.#staleList : undefined;
    const all = [...lasting.faults, ...faults];
    this.#now = {
      // Two witnesses are asked whether a client is gone. If both lie, nothing can be known.
      faults:
        staleList === undefined ? all : all.filter((rule) => !("status" in rule) || rule.status !== 404),
      switches: { ...lasting.switches, ...switches },
    };
    this.#set(this.#now.switches);
    for (const rule of this.#now.faults) this.#fault(rule);
    if (staleList !== undefined)
      this.emulator.fault({ kind: "reply", method: "GET", path: "/api/v1/clients", text: staleList });
  }

  /** Whether nothing is wrong in the run that has begun. */
  get isFair(): boolean {
    const { faults, switches } = this.#now;
    return faults.length === 0 && Object.keys(switches).length === 0 && this.emulator.faults.length === 0;
  }

  /** Whether some requests are never answered: then nobody should wait for long in real time. */
  get isSilent(): boolean {
    return this.#now.faults.some(({ kind }) => kind === "stall-headers" || kind === "stall-body");
  }

  /** The next run begins seconds later at the earliest: what was slow to be seen is seen by then. */
  async end(): Promise<void> {
    this.emulator.clearFaults();
    const reads = this.#now.switches.slowApply ?? 0;
    if (reads === 0) return;
    const api = await Api.for(this.emulator, this.account);
    for (let read = 0; read < reads; read++) await api.list();
  }

  #set(switches: Partial<Switches>): void {
    this.emulator.resetSwitches();
    this.emulator.setSwitches({ ...this.personality, ...switches });
  }

  #fault(rule: FaultRule): void {
    const seed = Math.floor(this.random() * 2 ** 31);
    const quoted =
      rule.kind === "status" && rule.message !== undefined
        ? { message: rule.message.replace("SECRET", this.account.clientSecret) }
        : {};
    this.emulator.fault({ ...rule, ...quoted, seed });
  }
}
