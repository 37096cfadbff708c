import type { Client, EmulatorAccount } from "../../emulator/index";
import { OTHER_NAME, type HandEdit, type Rival } from "./incidents";
import type { Ledger } from "./ledger";
import type { Properties, StackState } from "./stack-state";

/** Somebody in the console. Keeps its hands off the client that the provider signs in with: that is another test. */
export class Hands {
  /** Clients that were touched in this run, or so shortly before that it may not see it. */
  readonly touched = new Set<string>();
  /** Clients that were touched since there was last time enough for all that lags. */
  readonly #lately = new Set<string>();

  constructor(
    private readonly account: EmulatorAccount,
    private readonly state: StackState,
    private readonly ledger: Ledger,
    /** What the service keeps of a name, whoever gives it. */
    private readonly kept: (name: string) => string,
  ) {}

  /**
   * A run begins.
   * @param isSoon too soon for all that lags to be seen
   * @param seesThePast and it may not see what was done meanwhile
   */
  beginRun(isSoon: boolean, seesThePast: boolean): void {
    if (isSoon) for (const id of this.touched) this.#lately.add(id);
    else this.#lately.clear();
    this.touched.clear();
    if (seesThePast) for (const id of this.#lately) this.touched.add(id);
  }

  /** A client of the account by any number. */
  pick(nth: number): Client | undefined {
    const clients = this.account.clients().filter(({ id }) => id !== this.account.operatorId);
    return clients[nth % Math.max(1, clients.length)];
  }

  isOurs(id: string): boolean {
    return this.ledger.isOurs(id);
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
    const name = change.name === undefined ? {} : { name: this.kept(change.name) };
    this.account.editClient(client.id, { ...change, ...name, sharedMode: mode, ...lists });
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
    const sharedMode = clientType === "JavaScript" ? "Origin" : "IpAddress";
    const { id } = this.account.addClient({ name: this.kept(name), clientType, sharedMode, isActive });
    this.touched.add(id);
    return id;
  }

  /** Does to a create of these inputs what a rival does; answers the client that was made, if one was. */
  rival(as: Rival, inputs: Properties, justMade: ReadonlySet<string>): Client | undefined {
    const name = this.kept(String(inputs["name"]));
    if (as === "renamed") {
      const strangers = this.account.clients().filter(
        ({ id }) =>
          id !== this.account.operatorId &&
          !this.state.knows(id) &&
          !this.ledger.isOurs(id) &&
          // Whose answer is lost, and whose name is no more, nobody can know again.
          !justMade.has(id),
      );
      const [stranger] = strangers;
      if (stranger === undefined) return undefined;
      this.touched.add(stranger.id);
      this.account.editClient(stranger.id, { name });
      return undefined;
    }
    const declared = { type: String(inputs["type"]), active: inputs["active"] !== false };
    const isNative = (declared.type === "NativeConfidential") !== (as === "of-other-type");
    const addresses = as === "restricted" ? ["192.0.2.9"] : texts(inputs["allowedIpAddresses"]);
    return this.account.addClient({
      name: as === "under-other-name" ? OTHER_NAME : name,
      clientType: isNative ? "NativeConfidential" : "JavaScript",
      isActive: declared.active !== (as === "inactive"),
      sharedMode: isNative || addresses.length > 0 ? "IpAddress" : "Origin",
      allowedIpAddresses: addresses,
      allowedOrigins: isNative || addresses.length > 0 ? [] : texts(inputs["allowedOrigins"]),
      ...(inputs["grantedRoles"] === undefined ? {} : { grantedRoles: texts(inputs["grantedRoles"]) }),
    });
  }
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : []);
