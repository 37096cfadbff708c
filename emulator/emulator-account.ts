import type { Cloud } from "./call";
import {
  findClient,
  type Account,
  type Client,
  type ClientInput,
  type Role,
  type RoleInput,
} from "./entities";

/** One account as it really is, and what a person could do to it behind a provider's back. */
export class EmulatorAccount {
  readonly #cloud: Cloud;
  readonly #account: Account;

  constructor(cloud: Cloud, account: Account) {
    this.#cloud = cloud;
    this.#account = account;
  }

  /** The account's GUID. */
  get id(): string {
    return this.#account.id;
  }

  /** The account's name. */
  get name(): string {
    return this.#account.name;
  }

  /** For `THINKGEO_CLIENT_ID`: the public key of the client "Emulator operator". */
  get clientId(): string {
    return this.#account.operator.clientId;
  }

  /** For `THINKGEO_CLIENT_SECRET`. */
  get clientSecret(): string {
    return this.#account.operator.clientSecret;
  }

  /** What to set for a program that is to use this account. */
  get environment(): Record<string, string> {
    return {
      THINKGEO_API_URL: this.#cloud.url,
      THINKGEO_CLIENT_ID: this.clientId,
      THINKGEO_CLIENT_SECRET: this.clientSecret,
    };
  }

  /** GUID of the client "Emulator operator". */
  get operatorId(): string {
    return this.#account.operator.id;
  }

  /** Copies of all clients, in the order in which they were made. */
  clients(): Client[] {
    return [...this.#account.clients.values()].map((client) => structuredClone(client));
  }

  /** A copy of the client with this GUID, or else the first with this name. */
  client(idOrName: string): Client | undefined {
    return structuredClone(findClient(this.#account, idOrName));
  }

  /** Makes a client out of band; unset fields are those of an unrestricted NativeConfidential one. */
  addClient(input: ClientInput): Client {
    const client = this.#cloud.store.addClient(this.#account, structuredClone(input));
    this.#cloud.store.save();
    return structuredClone(client);
  }

  /** Changes a client out of band, by GUID or name, without any of the service's rules. */
  editClient(idOrName: string, changes: Partial<Omit<Client, "id" | "ownerId" | "apiKey">>): Client {
    const client = { ...this.#existing(idOrName), ...structuredClone(changes) };
    this.#cloud.store.put(client);
    this.#cloud.store.save();
    return structuredClone(client);
  }

  /** Deletes a client out of band, by GUID or name. */
  deleteClient(idOrName: string): void {
    const client = this.#existing(idOrName);
    this.#cloud.store.remove(client);
    this.#cloud.hidden.delete(client.id);
    this.#cloud.store.save();
  }

  /** Copies of the account's roles. */
  roles(): Role[] {
    return structuredClone(this.#account.roles);
  }

  /** Changes the account's roles. A client that held a role which is gone takes up those that are new. */
  setRoles(roles: readonly RoleInput[]): void {
    this.#cloud.store.setRoles(this.#account, roles);
    this.#cloud.store.save();
  }

  #existing(idOrName: string): Client {
    const client = this.client(idOrName);
    if (client === undefined) throw new Error(`The account ${this.name} has no client "${idOrName}".`);
    return client;
  }
}
