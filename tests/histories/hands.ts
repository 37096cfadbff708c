import type { Client, EmulatorAccount } from "../../emulator/index";
import type { HandEdit } from "./incidents";
import type { Ledger } from "./ledger";
import type { StackState } from "./stack-state";

/** Somebody in the console. Keeps its hands off the client that the provider signs in with: that is another test. */
export class Hands {
  /** Clients that were touched since the set was last cleared. */
  readonly touched = new Set<string>();

  constructor(
    private readonly account: EmulatorAccount,
    private readonly state: StackState,
    private readonly ledger: Ledger,
  ) {}

  /** A client of the account by any number. */
  pick(nth: number): Client | undefined {
    const clients = this.account.clients().filter(({ id }) => id !== this.account.operatorId);
    return clients[nth % Math.max(1, clients.length)];
  }

  edit(nth: number, change: HandEdit): string {
    const client = this.pick(nth);
    if (client === undefined) return "nothing";
    this.touched.add(client.id);
    const revives = change.isActive === true && !client.isActive;
    // What a hand has revived or renamed is no longer what a run left behind.
    if (!this.state.knows(client.id) && (revives || change.name !== undefined)) this.ledger.letGo(client.id);
    const type = change.clientType ?? client.clientType;
    const mode = type === "NativeConfidential" ? "IpAddress" : (change.sharedMode ?? client.sharedMode);
    const lists = mode === "IpAddress" ? { allowedOrigins: [] } : { allowedIpAddresses: [] };
    this.account.editClient(client.id, { ...change, sharedMode: mode, ...lists });
    return client.id;
  }

  delete(nth: number): string {
    const client = this.pick(nth);
    if (client === undefined) return "nothing";
    this.touched.add(client.id);
    this.account.deleteClient(client.id);
    return client.id;
  }

  add(name: string, clientType: Client["clientType"], isActive: boolean): string {
    return this.account.addClient({ name, clientType, isActive }).id;
  }
}
