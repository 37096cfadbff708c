import { Refusal, type Call } from "./call";
import { invalid, refuse } from "./envelope";
import type { FieldReader } from "./field-reader";
import type { Account, Client } from "./store";
import type { Switches } from "./switches";

/** The name that a body asks for, as the service keeps it. */
export function readName(reader: FieldReader, switches: Switches, base: Client | undefined): string {
  const name = kept(reader.text("name") ?? base?.name ?? "", switches);
  if (name.trim() === "" && reader.problems["name"] === undefined) reader.problem("name", "is required");
  if (switches.nameLimit > 0 && name.length > switches.nameLimit) {
    reader.problem("name", `must not be longer than ${switches.nameLimit} characters`);
  }
  return name;
}

function kept(name: string, { nameForm, nameLimit }: Switches): string {
  switch (nameForm) {
    case "kept":
      return name;
    case "shortened":
      return nameLimit > 0 ? name.slice(0, nameLimit) : name;
    case "lower":
      return name.toLowerCase();
    case "normalised":
      return name.normalize("NFC").replaceAll(/\s+/gu, " ").trim();
    case "escaped":
      return name.replaceAll(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
  }
}

/** Throws a refusal where names are unique and another client of the account has this one. */
export function refuseTakenName(call: Call, account: Account, name: string, self?: Client): void {
  const { uniqueNames, conflictStatus } = call.cloud.switches;
  if (!uniqueNames) return;
  const isTaken = [...account.clients.values()].some((other) => other.name === name && other.id !== self?.id);
  if (!isTaken) return;
  const message = "A client with this name already exists.";
  throw conflictStatus === 400 ? new Refusal(invalid(call, { name: [message] })) : refuse(call, 409, message);
}
