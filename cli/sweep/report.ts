import * as z from "zod";
import { styled, table, wrapped, type Line } from "../terminal/lines";
import { formatNumber, count, quoted } from "../text";

/** Why a client is swept or kept. */
export const REASONS = [
  "old",
  "owned",
  "own",
  "sample",
  "inactive",
  "age-unknown",
  "young",
  "used",
  "use-unknown",
] as const;

const text = z.string().nullable();

const client = z.strictObject({
  id: z.string().describe("The client's GUID."),
  name: z.string().describe("As it is, not escaped."),
  type: text,
  active: z.boolean(),
  sweep: z.boolean().describe("Whether it is one of those to be deleted or deactivated."),
  reason: z.enum(REASONS).describe("Why; only old clients are swept."),
  message: z.string().describe("The same as a sentence, without control characters."),
  since: text.describe("The day from which its age counts, in UTC; null where no age is known."),
  sinceFrom: z
    .enum(["account", "name", "record"])
    .nullable()
    .describe("Who says so: a field of the account's client, the date in its name, or --seen."),
  lastUsed: text.describe("The last day on which it was used; null where none is known, or nobody asked."),
  resources: z
    .array(z.strictObject({ stack: z.string(), resource: z.string() }))
    .describe("What owns it in the stacks."),
  outcome: z
    .enum(["deleted", "switched-off", "spared", "failed", "unverified"])
    .nullable()
    .describe(
      "What became of it: gone from the account, there but deactivated, left alone because it changed before the question was answered, still active, or not known; null where nothing was to be done, or the run was interrupted before.",
    ),
  error: text,
});

/** What `thinkgeo sweep --json` prints; docs/schemas/sweep.schema.json is made from it. */
export const sweepReport = z
  .strictObject({
    version: z.literal(1),
    at: z.string().describe("When, as ISO text in UTC."),
    prefix: z.string(),
    olderThanDays: z.number(),
    action: z.enum(["delete", "deactivate"]),
    ended: z
      .enum(["nothing-to-do", "dry-run", "declined", "too-many", "swept", "interrupted"])
      .describe("Only after swept and interrupted may something have been changed."),
    account: z.strictObject({
      ownerId: text,
      signedInAs: z.string().describe("GUID of the client that this run authenticated with."),
    }),
    stacks: z.array(z.strictObject({ name: z.string(), clients: z.number() })),
    summary: z.strictObject({
      clients: z.number().describe("Clients in the account."),
      matching: z.number().describe("Those whose names begin with the prefix."),
      sweep: z.number().describe("Those of them to be deleted or deactivated."),
      done: z.number().describe("Those of them that are gone or deactivated now."),
      failed: z.number().describe("Those of them that are still active, or not known to be."),
    }),
    clients: z.array(client).describe("Every client whose name begins with the prefix."),
    notes: z.array(z.string()),
  })
  .describe("What thinkgeo sweep found, and did.");

export type SweepReport = z.infer<typeof sweepReport>;
export type SweptClient = SweepReport["clients"][number];
export type Reason = (typeof REASONS)[number];

/** The most kept clients that are printed; --json has all. */
const MOST_KEPT = 50;

/** The clients that are swept and those that are kept, each with its reason. */
export function clientLines({ clients, action }: SweepReport, columns: number): Line[] {
  const swept = clients.filter(({ sweep }) => sweep);
  const kept = clients.filter(({ sweep }) => !sweep);
  const rows = [...swept, ...kept.slice(0, MOST_KEPT)].map((client) => ({
    cells: [client.sweep ? styled("red", action) : styled("dim", "keep"), client.name, client.id],
    texts: [client.message],
  }));
  const more = kept.length - MOST_KEPT;
  return [
    ...table(rows, columns),
    ...(more > 0 ? [`and ${formatNumber(more)} more are kept; --json has all of them.`] : []),
    ...(rows.length === 0 ? [] : [""]),
  ];
}

/** How the run ended, and what went wrong. */
export function endLines(report: SweepReport, columns: number): Line[] {
  const wrong = report.clients.filter(({ outcome }) => outcome === "failed" || outcome === "unverified");
  const isBad = wrong.length > 0 || report.ended === "too-many" || report.ended === "interrupted";
  return [
    ...wrong.map((client) =>
      styled("red", `${client.outcome ?? ""}  ${quoted(client.name)} (${client.id}): ${client.error ?? ""}`),
    ),
    ...wrapped(endText(report), columns).map((line) => styled(isBad ? "red" : "bold", line)),
    ...report.notes.flatMap((note) => wrapped(`Note: ${note}`, columns)),
  ];
}

function endText({ ended, summary, action, prefix, clients }: SweepReport): string {
  const { matching, sweep, done, failed } = summary;
  const off = clients.filter(({ outcome }) => outcome === "switched-off").length;
  const participle = action === "delete" ? "deleted" : "deactivated";
  const whose = `${count(matching, "client")} whose names begin with ${quoted(prefix)}`;
  const of = `of ${whose}`;
  if (ended === "nothing-to-do") return `Nothing to sweep among ${whose}.`;
  if (ended === "dry-run") return `${formatNumber(sweep)} ${of} would be ${participle}. Nothing was changed.`;
  if (ended === "declined")
    return `Nothing was changed: ${formatNumber(sweep)} ${of} would have been ${participle}.`;
  if (ended === "too-many")
    return `Nothing was changed: ${formatNumber(sweep)} ${of} would be ${participle}, and that is more than --most allows. If it is right, raise --most.`;
  if (ended === "interrupted")
    return `Interrupted: ${formatNumber(done)} of ${formatNumber(sweep)} ${participle}, ${formatNumber(failed)} failed, and ${formatNumber(sweep - done - failed)} were not tried.`;
  const soft =
    action === "delete" && off > 0 ? ` ThinkGeo keeps ${formatNumber(off)} of them, deactivated.` : "";
  return failed === 0
    ? `${formatNumber(done)} ${of} ${done === 1 ? "was" : "were"} ${participle}.${soft}`
    : `${formatNumber(done)} of ${formatNumber(sweep)} ${participle}; ${formatNumber(failed)} not.${soft}`;
}
