import * as z from "zod";

/** The kinds of finding, in the order in which they are printed. `fails`: whether they make the exit code 1 by default. */
export const KINDS = {
  changed: { fails: true, about: "what the account has is not what the stack declared" },
  missing: { fails: true, about: "the stack declares it, and the account has no such client" },
  deactivated: { fails: true, about: "declared active, and deactivated in the account" },
  "owned-twice": { fails: true, about: "more than one resource manages the same client" },
  "secret-changed": { fails: true, about: "the client's secret is not the one that the stack knows" },
  "evaluation-ending": { fails: false, about: "a role of the account ends, and with it its keys" },
  unmanaged: { fails: false, about: "in the account, and in none of the stacks" },
  unrestricted: { fails: false, about: "active, and usable from everywhere" },
  "too-wide": { fails: false, about: "one range of its whitelist is wider than /16" },
  "duplicate-name": { fails: false, about: "active clients that cannot be told apart by their name" },
  "sample-client": { fails: false, about: "a client that the account was born with is still active" },
} as const;

export type FindingKind = keyof typeof KINDS;

export const ALL_KINDS = Object.keys(KINDS) as readonly FindingKind[];

export const DEFAULT_FAIL_ON: readonly FindingKind[] = ALL_KINDS.filter((kind) => KINDS[kind].fails);

export const isKindOfFinding = (text: string): text is FindingKind => Object.hasOwn(KINDS, text);

const kind = z.enum(ALL_KINDS as [FindingKind, ...FindingKind[]]);

const access = z.strictObject({
  everything: z.boolean().describe("Every caller, from everywhere; in closes, all but the entries."),
  entries: z.array(z.string()).describe("Hosts, addresses and ranges, each in one spelling."),
  addresses: z.number().describe("How many IPv4 addresses the entries stand for."),
});

const change = z.strictObject({
  property: z.string(),
  secret: z.boolean().describe("The stack keeps this property secret, so no value is shown."),
  declared: z.unknown().describe("What the stack declared; null where it is secret."),
  actual: z.unknown().describe("What the account has; null where it is secret."),
  opens: access.nullable().describe("Whitelists only: who can use the key now and should not."),
  closes: access.nullable().describe("Whitelists only: who should be able to use the key and cannot."),
});

const finding = z.strictObject({
  kind,
  fails: z.boolean().describe("Whether this kind is in --fail-on."),
  key: z.string().describe("Stays the same while the finding does; what a baseline remembers."),
  id: z.string().nullable().describe("GUID of the client; null where the finding is about the account."),
  name: z.string().describe("The client's name in the account, or else in the stack; as it is, not escaped."),
  type: z.string().nullable(),
  resources: z
    .array(
      z.strictObject({
        stack: z.string(),
        resource: z.string(),
        urn: z.string(),
        source: z
          .strictObject({ file: z.string(), line: z.number() })
          .nullable()
          .describe("Where the program declares it, from the project's folder, where Pulumi knows."),
      }),
    )
    .describe("The resources that manage the client."),
  message: z.string().describe("A sentence without anybody else's words in it."),
  details: z.array(z.string()).describe("More, one line each, without control characters."),
  changes: z.array(change),
});

const counts = z.strictObject({
  clients: z.number().describe("Clients in the account."),
  managed: z.number().describe("Clients that the stacks declare and the account has."),
  missing: z.number().describe("Clients that the stacks declare and the account lacks."),
  unmanaged: z
    .number()
    .describe(
      "Clients that no stack declares; not the samples, and not the one that this run authenticates with.",
    ),
  coverage: z.number().describe("managed / (managed + unmanaged), in percent; 100 where there are none."),
  findings: z.number(),
  failing: z.number().describe("Findings of the kinds in --fail-on: with none of them, the exit code is 0."),
  ignored: z.number().describe("Findings that .thinkgeoignore left out."),
  accepted: z.number().describe("Findings that the baseline left out."),
});

/** What `thinkgeo drift --json` prints; docs/schemas/drift.schema.json is made from it. */
export const driftReport = z
  .strictObject({
    version: z.literal(1),
    at: z.string().describe("When, as ISO text in UTC."),
    inSync: z.boolean(),
    complete: z
      .boolean()
      .describe("Whether all that the stacks declare was compared; if not, the notes say what was not."),
    account: z.strictObject({
      ownerId: z.string().nullable(),
      signedInAs: z.string().describe("GUID of the client that this run authenticated with."),
    }),
    stacks: z.array(z.strictObject({ name: z.string(), clients: z.number() })),
    failOn: z.array(kind),
    summary: counts,
    findings: z.array(finding),
    notes: z.array(z.string()).describe("What could not be looked at, and what else a person should know."),
  })
  .describe("What thinkgeo drift found.");

export type Report = z.infer<typeof driftReport>;
export type Finding = Report["findings"][number];
export type Change = Finding["changes"][number];
export type Access = z.infer<typeof access>;
