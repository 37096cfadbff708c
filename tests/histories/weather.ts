import type { Emulator, EmulatorAccount, FaultRule, Switches } from "../../emulator/index";
import { Api } from "../emulator/support";

/** Stands in a fault's message for a secret, as a server may quote one. */
export const QUOTED_SECRET = "client_secret=SECRET";

/** What goes wrong with the service, for a while. Nothing of it is at work between runs. */
export class Weather {
  #faults: readonly FaultRule[] = [];
  #adversity: Partial<Switches> = {};
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

  get isCalm(): boolean {
    return (
      this.#faults.length === 0 && Object.keys(this.#adversity).length === 0 && this.#staleList === undefined
    );
  }

  /** Whether some requests are never answered: then nobody should wait for long in real time. */
  get isSilent(): boolean {
    return this.#faults.some(({ kind }) => kind === "stall-headers" || kind === "stall-body");
  }

  setFaults(faults: readonly FaultRule[]): void {
    this.#faults = faults;
  }

  setAdversity(switches: Partial<Switches>): void {
    this.#adversity = switches;
    this.emulator.resetSwitches();
    this.emulator.setSwitches({ ...this.personality, ...switches });
  }

  /** From now on the list is as it is at this moment. */
  async stopTheList(): Promise<void> {
    const api = await Api.for(this.emulator, this.account);
    this.#staleList = (await api.call("GET", "/api/v1/clients")).text;
  }

  clearUp(): void {
    this.#faults = [];
    this.#staleList = undefined;
    this.setAdversity({});
  }

  /** `reads`: the run only reads or deletes, in this account. A list that hides a lost client from a create cannot be dealt with. */
  begin(reads: boolean): void {
    for (const rule of this.#faults) {
      const seed = Math.floor(this.random() * 2 ** 31);
      const quoted =
        rule.kind === "status" && rule.message !== undefined
          ? { message: rule.message.replace("SECRET", this.account.clientSecret) }
          : {};
      this.emulator.fault({ ...rule, ...quoted, seed });
    }
    if (reads && this.#staleList !== undefined)
      this.emulator.fault({ kind: "reply", method: "GET", path: "/api/v1/clients", text: this.#staleList });
  }

  /** The next run begins seconds later at the earliest: what was slow to be seen is seen by then. */
  async end(): Promise<void> {
    this.emulator.clearFaults();
    const reads = this.#adversity.slowApply ?? 0;
    if (reads === 0) return;
    const api = await Api.for(this.emulator, this.account);
    for (let read = 0; read < reads; read++) await api.list();
  }
}
