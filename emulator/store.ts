import { randomUUID } from "node:crypto";
import { ClientHistory } from "./client-history";
import { DataFile } from "./data-file";
import {
  carryRoles,
  makeRole,
  newApiKey,
  newApiSecret,
  type Account,
  type Client,
  type ClientInput,
  type RoleInput,
} from "./entities";

/** All that the service knows: in memory, and in a file when it has one. */
export class Store {
  readonly accounts: Account[] = [];
  #signingKey: string | undefined;
  readonly #keys = new Map<string, Client>();
  readonly #history: ClientHistory;
  readonly #file: DataFile | undefined;
  #isChanged = true;

  constructor(
    /** Milliseconds since 1970, as the service sees them. */
    readonly now: () => number,
    file?: string,
  ) {
    this.#history = new ClientHistory(now);
    this.#file = file === undefined ? undefined : new DataFile(file);
    this.#load();
  }

  addAccount(name: string, operator?: { readonly clientId: string; readonly clientSecret: string }): Account {
    const keys = operator ?? { clientId: newApiKey(), clientSecret: newApiSecret() };
    const account: Account = {
      id: randomUUID(),
      name,
      email: `${name.toLowerCase().replaceAll(/[^a-z0-9]+/g, ".")}@example.com`,
      operator: { id: randomUUID(), ...keys },
      roles: [makeRole("User", this.now()), makeRole("Evaluator", this.now())],
      clients: new Map(),
      usage: new Map(),
    };
    this.accounts.push(account);
    this.addClient(account, { name: "Sample Browser Client", clientType: "JavaScript" });
    this.addClient(account, { name: "Sample Native Client" });
    const { id, clientId: apiKey, clientSecret: apiSecret } = account.operator;
    this.addClient(account, { id, name: "Emulator operator", apiKey, apiSecret });
    return account;
  }

  addClient(account: Account, input: ClientInput): Client {
    const clientType = input.clientType ?? "NativeConfidential";
    const client: Client = {
      id: randomUUID(),
      apiKey: newApiKey(),
      apiSecret: newApiSecret(),
      clientType,
      sharedMode: clientType === "JavaScript" ? "Origin" : "IpAddress",
      allowedOrigins: [],
      allowedIpAddresses: [],
      grantedRoles: account.roles.map((role) => role.name),
      isActive: true,
      extra: {},
      ...input,
      ownerId: account.id,
    };
    this.put(client);
    return client;
  }

  /** Keeps a client, new or changed. */
  put(client: Client): void {
    this.#history.keep(client.id, this.account(client.ownerId)?.clients.get(client.id));
    this.#index(client);
    this.#isChanged = true;
  }

  /** The clients of an account as they were so many milliseconds ago. */
  clientsAgo(ms: number, account: Account): Client[] {
    if (ms === 0) return [...account.clients.values()];
    const ids = new Set([...account.clients.keys(), ...this.#history.ids()]);
    return [...ids].map((id) => this.clientAgo(ms, account, id)).filter((client) => client !== undefined);
  }

  clientAgo(ms: number, account: Account, id: string): Client | undefined {
    const client = this.#history.ago(ms, id, account.clients.get(id));
    return client?.ownerId === account.id ? client : undefined;
  }

  /** The client whose whitelist counts while a change takes so many milliseconds to be in effect. */
  inForce(client: Client, ms: number): Client {
    return this.#history.agoOrFirst(ms, client);
  }

  /** Whether there is no such client any more, as far as this process knows. */
  isDeleted(account: Account, id: string): boolean {
    return !account.clients.has(id) && this.#history.has(id);
  }

  remove(client: Client): void {
    this.#history.keep(client.id, client);
    this.account(client.ownerId)?.clients.delete(client.id);
    this.#keys.delete(client.apiKey);
    this.#isChanged = true;
  }

  setRoles(account: Account, inputs: readonly RoleInput[]): void {
    const before = account.roles;
    account.roles = inputs.map((input) => makeRole(input, this.now()));
    for (const client of account.clients.values()) {
      client.grantedRoles = carryRoles(client.grantedRoles, before, account.roles);
    }
    this.#isChanged = true;
  }

  countUse(client: Client, day: string): void {
    const usage = this.account(client.ownerId)?.usage;
    const days = usage?.get(client.id) ?? new Map<string, number>();
    days.set(day, (days.get(day) ?? 0) + 1);
    usage?.set(client.id, days);
    this.#isChanged = true;
  }

  /** PEM of the key that signs tokens, kept so that tokens outlive a restart. */
  get signingKey(): string | undefined {
    return this.#signingKey;
  }

  keepSigningKey(pem: string): string {
    this.#signingKey = pem;
    this.#isChanged = true;
    return pem;
  }

  account(id: string): Account | undefined {
    return this.accounts.find((account) => account.id === id);
  }

  clientByKey(apiKey: string): Client | undefined {
    return this.#keys.get(apiKey);
  }

  /** Writes what changed. */
  save(): void {
    if (this.#file === undefined || !this.#isChanged) return;
    const accounts = this.accounts.map((account) => ({
      ...account,
      clients: [...account.clients.values()],
      usage: [...account.usage].map(([id, days]) => [id, [...days]] as const),
    }));
    this.#file.write({ signingKey: this.#signingKey, accounts });
    this.#isChanged = false;
  }

  /** Gives the file away; nothing is written any more. */
  close(): void {
    this.#file?.close();
  }

  #load(): void {
    const content = this.#file?.open();
    if (content === undefined) return;
    this.#signingKey = content.signingKey;
    for (const saved of content.accounts) {
      this.accounts.push({
        ...saved,
        clients: new Map(),
        usage: new Map(saved.usage.map(([id, days]) => [id, new Map(days)])),
      });
      for (const client of saved.clients) this.#index(client);
    }
    this.#isChanged = false;
  }

  #index(client: Client): void {
    this.account(client.ownerId)?.clients.set(client.id, client);
    this.#keys.set(client.apiKey, client);
  }
}
