import { amount, count } from "../text";
import { DAY_MS } from "./dates";
import type { Judged } from "./judge";
import type { SweepOptions } from "./options";
import type { Outcome } from "./removal";
import type { SweepReport, SweptClient } from "./report";
import type { Survey } from "./survey";

/** The report of a survey, and of what was done after it. */
export function reportOf(
  { now, self, clients, stacks, judged }: Survey,
  options: SweepOptions,
  ended: SweepReport["ended"],
  outcomeOf: (id: string) => Outcome | undefined = () => undefined,
): SweepReport {
  const reported = judged.map((one) => clientOf(one, outcomeOf(one.client.id)));
  const tally = (wanted: (client: SweptClient) => boolean): number => reported.filter(wanted).length;
  const unknown = tally(({ reason }) => reason === "age-unknown");
  const spared = tally(({ outcome }) => outcome === "spared");
  const swept = tally(({ sweep }) => sweep);
  const notes = [
    ...(unknown > 0 && options.seen === undefined
      ? ["A client without a date is never old. --seen FILE remembers when it was first seen."]
      : []),
    ...(ended === "dry-run" && swept > options.most
      ? [
          `That is more than --most allows (${amount(options.most)}), so that without --dry-run none would go.`,
        ]
      : []),
    ...(spared > 0
      ? [`Left alone, because they were no longer the same after the question: ${count(spared, "client")}.`]
      : []),
  ];
  return {
    version: 1,
    at: new Date(now).toISOString(),
    prefix: options.prefix,
    olderThanDays: options["older-than"] / DAY_MS,
    action: options.deactivate ? "deactivate" : "delete",
    ended,
    account: { ownerId: self.ownerId ?? null, signedInAs: self.id },
    stacks: stacks.map((stack) => ({ name: stack.name, clients: stack.clients.length })),
    summary: {
      clients: clients.length,
      matching: reported.length,
      sweep: swept,
      done: tally(({ outcome }) => outcome === "deleted" || outcome === "switched-off"),
      failed: tally(({ outcome }) => outcome === "failed" || outcome === "unverified"),
    },
    clients: reported,
    notes,
  };
}

function clientOf(
  { client, reason, message, age, use, managed }: Judged,
  outcome: Outcome = { outcome: null, error: null },
): SweptClient {
  return {
    id: client.id,
    name: client.name,
    type: client.clientType ?? null,
    active: client.isActive,
    sweep: reason === "old",
    reason,
    message,
    since: age?.day ?? null,
    sinceFrom: age?.from ?? null,
    lastUsed: use === "unknown" ? null : (use?.day ?? null),
    resources: managed.map(({ stack, resource }) => ({ stack, resource })),
    ...outcome,
  };
}
