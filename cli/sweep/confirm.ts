import { count } from "../text";
import { wrapped } from "../terminal/lines";
import type { Terminal } from "../terminal/terminal";
import { UsageError } from "../verb";
import type { SweepOptions } from "./options";
import type { SweepReport } from "./report";

/** Refuses before anything is asked of anybody, where nobody could say yes. */
export function requireSomebody(options: SweepOptions, terminal: Terminal): void {
  if (options["dry-run"] || options.yes || terminal.ask !== undefined) return;
  throw new UsageError(
    "Nobody can be asked here: look with --dry-run, then add --yes to delete without a question.",
  );
}

/** Whether a person agrees; the number must be typed, so that it is read. */
export async function confirm(
  { summary, action, account }: SweepReport,
  terminal: Terminal,
): Promise<boolean> {
  const { sweep } = summary;
  const deed =
    action === "delete"
      ? `This deletes ${count(sweep, "client")} for good: their keys stop working, and nothing brings them back.`
      : `This switches off ${count(sweep, "client")}: their keys stop working until they are switched on again.`;
  const of = account.ownerId === null ? "" : ` to account ${account.ownerId}`;
  terminal.tell(...wrapped(deed, terminal.columns));
  const answer = await terminal.ask?.(`To do this${of}, type their number, ${sweep}:`);
  return answer?.trim() === String(sweep);
}
