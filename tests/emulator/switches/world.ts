import type { Emulator, EmulatorAccount, Switches } from "../../../emulator/index";
import { Api, request, type Answer } from "../support";

/** What a proof of one switch works with. */
export class SwitchWorld {
  private constructor(
    readonly emulator: Emulator,
    readonly account: EmulatorAccount,
    readonly api: Api,
    /** Lets the emulator's time pass. */
    readonly pass: (ms: number) => void,
  ) {}

  static async for(emulator: Emulator, pass: (ms: number) => void): Promise<SwitchWorld> {
    return new SwitchWorld(emulator, emulator.accounts[0], await Api.for(emulator), pass);
  }

  set = (switches: Partial<Switches>): void => {
    this.emulator.setSwitches(switches);
  };

  createStatus = async (fields: object): Promise<number> =>
    (await this.api.call("POST", "/api/v1/clients", { name: "x", ...fields })).status;

  getStatus = async (id: string): Promise<number> =>
    (await this.api.call("GET", `/api/v1/clients/${id}`)).status;

  names = async (): Promise<string[]> => (await this.api.list()).map(({ name }) => name);

  remove = (...ids: string[]): Promise<Answer> =>
    this.api.call("DELETE", `/api/v1/clients?${ids.map((id) => `clientIds=${id}`).join("&")}`);

  elevation = (key: string, headers: Record<string, string> = {}): Promise<Answer> =>
    request(`${this.emulator.url}/api/v1/elevation/10,20?apikey=${key}`, { headers });
}

export type Proof = (world: SwitchWorld) => Promise<void>;
