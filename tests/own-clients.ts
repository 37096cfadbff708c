import type { Client, EmulatorAccount } from "../emulator";

/** The clients of every new account: two samples, and the one that signs in. */
export const BORN_WITH: readonly string[] = [
  "Sample Browser Client",
  "Sample Native Client",
  "Emulator operator",
];

/** The clients that the account was not born with. */
export const ownClients = (account: EmulatorAccount): Client[] =>
  account.clients().filter(({ name }) => !BORN_WITH.includes(name));
