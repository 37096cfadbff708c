import type { Terminal } from "../../terminal";
import { UsageError } from "../../verb";
import { quoted } from "../words";

/** More requests than the probe makes against a service that is well; a test holds it to that. */
export const MOST_REQUESTS = 80;

export const PLAN = [
  "The probe makes two clients in the account, changes, deactivates and deletes them, and touches no other client.",
  "They are named thinkgeo-doctor-<time>, and are switched off or confined to 192.0.2.1 and thinkgeo-doctor.example,",
  "which nobody has: of no use to anybody, should they be left behind.",
  `It makes at most ${MOST_REQUESTS} requests, not counting repeats.`,
].join("\n");

/** Refuses before anything is asked of anybody, where nobody could say yes. */
export function requireSomebody(terminal: Terminal, confirmed: string | undefined): void {
  if (terminal.ask !== undefined || confirmed !== undefined) return;
  throw new UsageError("--probe changes the account and must be confirmed: add --yes-change-account NAME.");
}

/** Goes on only if the account's name was given. */
export async function confirm(
  account: string,
  terminal: Terminal,
  confirmed: string | undefined,
): Promise<void> {
  const question = `To do this to the account ${quoted(account)}, type its name: `;
  const typed = confirmed ?? (await terminal.ask?.(question)) ?? "";
  if (typed.trim() === account.trim()) return;
  throw new UsageError(`Nothing was changed: ${quoted(typed.trim())} is not the account's name.`);
}
