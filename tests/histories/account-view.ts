import type { Client, EmulatorAccount, Switches } from "../../emulator/index";
import type { Properties } from "./stack-state";

/** The clients of an account as the emulator's own record has them, by GUID. */
type Clients = ReadonlyMap<string, Client>;

export const clientsOf = (account: EmulatorAccount): Clients =>
  new Map(account.clients().map((client) => [client.id, client]));

/** What a service with these habits makes of a name; written apart from the emulator. */
export function keptName(name: unknown, { nameForm, nameLimit = 0 }: Partial<Switches>): string {
  const text = String(name);
  if (nameForm === "shortened") return text.slice(0, nameLimit);
  if (nameForm === "lower") return text.toLowerCase();
  if (nameForm === "normalised") return text.normalize("NFC").split(/\s+/).join(" ");
  return nameForm === "escaped" ? text.split("&").join("&#38;").split("'").join("&#39;") : text;
}

/** Both accounts at one moment. */
export interface Accounts {
  readonly own: Clients;
  readonly other: Clients;
}

/**
 * The server kept the beginning of a name that the program declares, which could be anybody's: "web" is no part of
 * "web 2". So no later run can know it again.
 */
export const isUnknowable = ({ name, autoName }: Properties, kept: string): boolean =>
  autoName === undefined && kept !== name && String(name).startsWith(kept);

/**
 * Clients that a create of these inputs may have left behind, as far as can be told by looking: those of the name, or of
 * what the service makes of it, but a switched-off one only where a switched-off one is wanted
 * (contributing/decisions/005-inactive-namesakes.md).
 */
export function lookalikes(clients: Clients, inputs: Properties, service: Partial<Switches>): Client[] {
  const kept = keptName(inputs["name"], service);
  const names = isUnknowable(inputs, kept) ? [inputs["name"]] : [inputs["name"], kept];
  return [...clients.values()].filter(
    (client) => names.includes(client.name) && (client.isActive || inputs["active"] === false),
  );
}
