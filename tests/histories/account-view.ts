import type { Client, EmulatorAccount } from "../../emulator/index";
import type { Properties } from "./stack-state";

/** The clients of an account as the emulator's own record has them, by GUID. */
export type Clients = ReadonlyMap<string, Client>;

export const clientsOf = (account: EmulatorAccount): Clients =>
  new Map(account.clients().map((client) => [client.id, client]));

/** Both accounts at one moment. */
export interface Accounts {
  readonly own: Clients;
  readonly other: Clients;
}

/**
 * Clients that a create of these inputs may have left behind, as far as can be told by looking: those of the name, but
 * a switched-off one only where a switched-off one is wanted (docs/decisions/005-inactive-namesakes.md).
 */
export const lookalikes = (clients: Clients, inputs: Properties): Client[] =>
  [...clients.values()].filter(
    (client) => client.name === inputs["name"] && (client.isActive || inputs["active"] === false),
  );
