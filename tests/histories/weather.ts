import type { Emulator, EmulatorAccount, FaultRule, Switches } from "../../emulator/index";
import { Api } from "../emulator/support";
import type { Hands } from "./hands";

/** Stands in a fault's message for a secret, as a server may quote one. */
export const QUOTED_SECRET = "client_secret=SECRET";

/** Stands in a fault's `client` for a client of the account by any number, as hands pick one. */
export const clientByNumber = (nth: number): string => `client ${nth}`;

/** What is wrong with the service. */
export interface Conditions {
  readonly faults: readonly FaultRule[];
  readonly switches: Partial<Switches>;
}

export const FAIR: Conditions = { faults: [], switches: {} };

/** Another service with the same API answers in ThinkGeo's place, and knows nobody. */
export const emptyAccount: Conditions = {
  faults: [
    {
      kind: "reply",
      method: "GET",
      path: "/api/v1/clients",
      text: JSON.stringify({ data: [], returningCount: 0, totalCount: 0, status: "success" }),
    },
    { kind: "status", status: 404, path: "/api/**" },
  ],
  switches: {},
};

/** What goes wrong with the service, for one run or until it clears up. Nothing of it is at work between runs. */
export class Weather {
  #lasting = FAIR;
  #now = FAIR;
  #staleList: string | undefined;

  constructor(
    private readonly emulator: Emulator,
    private readonly account: EmulatorAccount,
    private readonly hands: Hands,
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

  /** Whether the list is one of some time ago, whoever may see whom. */
  get listIsStale(): boolean {
    return this.#staleList !== undefined;
  }

  clearUp(): void {
    this.#lasting = FAIR;
    this.#staleList = undefined;
    this.emulator.clearFaults();
    this.#set(FAIR.switches);
  }

  /** @param may whether the list may be an old one, and whether it may show nobody but ourselves */
  begin(
    { faults, switches }: Conditions,
    may: { readonly beStale: boolean; readonly beBlind: boolean },
  ): void {
    const lasting = this.#lasting;
    const staleList = may.beStale ? this.#staleList : undefined;
    const all = [...lasting.faults, ...faults];
    const turned: Partial<Switches> = { ...lasting.switches, ...switches };
    if (!may.beBlind) delete turned.visibleClients;
    const { listLag = 0, getLag = 0 } = { ...this.personality, ...turned };
    // Two witnesses are asked whether a client is gone. If both lie, nothing can be known.
    const isOld = staleList !== undefined || (listLag + getLag > 0 && lasting !== emptyAccount);
    // A create's response that names another client is believed unless the list, state or the client itself says otherwise.
    const isBlind = turned.visibleClients === "own";
    this.#now = {
      faults: all.filter(
        (rule) =>
          !(isOld && "status" in rule && rule.status === 404) && !(isBlind && rule.kind === "other-client"),
      ),
      switches: turned,
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

  /** Whether reads may show what was before the latest writes. */
  get lags(): boolean {
    const { listLag, getLag } = this.emulator.switches;
    return listLag > 0 || getLag > 0;
  }

  /** Whether some requests are never answered: then nobody should wait for long in real time. */
  get isSilent(): boolean {
    return this.#now.faults.some(({ kind }) => kind === "stall-headers" || kind === "stall-body");
  }

  /** The next run begins seconds later at the earliest: what was slow to be seen is seen by then. */
  async end(): Promise<void> {
    this.emulator.clearFaults();
    const reads = this.#now.switches.slowApply ?? 0;
    if (reads > 0) {
      // A list of some seconds ago is no reading of what is new.
      this.#set({ listLag: 0 });
      const api = await Api.for(this.emulator, this.account);
      for (let read = 0; read < reads; read++) await api.list();
    }
    this.#set(FAIR.switches);
  }

  #set(switches: Partial<Switches>): void {
    this.emulator.resetSwitches();
    this.emulator.setSwitches({ ...this.personality, ...switches });
  }

  #fault(rule: FaultRule): void {
    const seed = Math.floor(this.random() * 2 ** 31);
    this.emulator.fault({ ...this.#filledIn(rule), seed });
  }

  #filledIn(rule: FaultRule): FaultRule {
    if (rule.kind === "status" && rule.message !== undefined)
      return { ...rule, message: rule.message.replace("SECRET", this.account.clientSecret) };
    if (rule.kind !== "other-client" && rule.kind !== "broken-client") return rule;
    const [, nth] = /^client (\d+)$/.exec(rule.client) ?? [];
    return nth === undefined ? rule : { ...rule, client: this.hands.pick(Number(nth))?.id ?? "" };
  }
}
