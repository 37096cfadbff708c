import * as z from "zod";
import { CLIENT_TYPES } from "../../provider/model/wire";
import { VERDICTS } from "../../provider/whitelist/allows";
import { NEAR_MISSES } from "../../provider/whitelist/match";
import { type Line, styled, table, wrapped } from "../terminal/lines";

const text = z.string().nullable();

/** What `thinkgeo explain --json` prints; docs/schemas/explain.schema.json is made from it. */
export const explainReport = z
  .strictObject({
    version: z.literal(1),
    client: z.strictObject({
      from: z.enum(["options", "account", "stack"]).describe("Where the whitelist was read."),
      id: text.describe("GUID; null where the client was described by options."),
      name: text,
      stack: text,
      resource: text,
      type: z.enum(CLIENT_TYPES),
      active: z.boolean(),
      allowedOrigins: z.array(z.string()),
      allowedIpAddresses: z.array(z.string()),
      inForce: z
        .enum(["origins", "addresses"])
        .nullable()
        .describe("Which list counts, as the account says; null: the one that is filled."),
    }),
    caller: z.strictObject({ origin: text, referer: text, address: text }),
    verdict: z.enum(VERDICTS).describe("Exit code 0 for allowed, 1 for the others."),
    entry: text.describe("The entry that lets the caller in, or that may."),
    reason: z.string(),
    nearMisses: z.array(z.strictObject({ entry: z.string(), kind: z.enum(NEAR_MISSES), why: z.string() })),
  })
  .describe("What thinkgeo explain found.");

export type ExplainReport = z.infer<typeof explainReport>;
export type ExplainedClient = ExplainReport["client"];

const LABELS = {
  allowed: ["green", "Allowed"],
  refused: ["red", "Refused"],
  "not-documented": ["yellow", "Not documented"],
} as const;
const MOST_MISSES = 10;

/** The report for a person. */
export function reportLines(report: ExplainReport, columns: number): Line[] {
  const { client, caller, verdict, reason, nearMisses } = report;
  const [colour, word] = LABELS[verdict];
  const from = [caller.origin, caller.referer, caller.address].filter((text) => text !== null).join(" and ");
  const rows = nearMisses
    .slice(0, MOST_MISSES)
    .map(({ entry, why }) => ({ cells: [`  ${entry}`], texts: [why] }));
  const more = nearMisses.length - rows.length;
  return [
    [styled(colour, word), `: ${clientText(client)}, from ${from}.`],
    ...wrapped(reason, columns),
    ...table(rows, columns),
    ...(more > 0 ? [`  and ${more} more: --json has them`] : []),
  ];
}

function clientText({ from, type, name, resource, stack }: ExplainedClient): string {
  if (from === "options") return `a ${type} client`;
  const title = from === "stack" ? `${resource ?? ""} in ${stack ?? ""}` : `client "${name ?? ""}"`;
  return `${title} (${type})`;
}
