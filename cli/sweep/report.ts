import * as z from "zod";

/** Why a client is swept or kept; the order in which they are told. */
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
  sweep: z.boolean().describe("Whether it is one of those to be deleted or switched off."),
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
      "What became of it: gone from the account, there but switched off, left alone because it changed before the question was answered, still active, or not known; null where nothing was to be done, or the run was interrupted before.",
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
      signedInAs: z.string().describe("GUID of the client that this run signed in with."),
    }),
    stacks: z.array(z.strictObject({ name: z.string(), clients: z.number() })),
    summary: z.strictObject({
      clients: z.number().describe("Clients in the account."),
      matching: z.number().describe("Those whose names begin with the prefix."),
      sweep: z.number().describe("Those of them to be deleted or switched off."),
      done: z.number().describe("Those of them that are gone or switched off now."),
      failed: z.number().describe("Those of them that are still active, or not known to be."),
    }),
    clients: z.array(client).describe("Every client whose name begins with the prefix."),
    notes: z.array(z.string()),
  })
  .describe("What thinkgeo sweep found, and did.");

export type SweepReport = z.infer<typeof sweepReport>;
export type SweptClient = SweepReport["clients"][number];
export type Reason = (typeof REASONS)[number];
