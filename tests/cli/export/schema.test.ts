import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { exportSummary } from "../../../cli/export/summary";
import { withScene } from "./scene";

const FILE = join(__dirname, "../../../docs/schemas/export.schema.json");
const current = `${JSON.stringify(z.toJSONSchema(exportSummary), null, 2)}\n`;

// WRITE_SCHEMAS=1 npm test -- schema: after a change of the summary.
test("docs/schemas/export.schema.json is the schema of the program", () => {
  if (process.env["WRITE_SCHEMAS"] !== undefined) writeFileSync(FILE, current);
  expect(JSON.parse(readFileSync(FILE, "utf8"))).toEqual(JSON.parse(current));
});

test("a schema made from that file accepts what is printed, and refuses a field too many or too few", () =>
  withScene(async ({ account, run }) => {
    account.addClient({ name: "One" });
    account.addClient({ name: "Six", allowedIpAddresses: ["::1"] });
    const published = z.fromJSONSchema(
      JSON.parse(readFileSync(FILE, "utf8")) as z.core.JSONSchema.JSONSchema,
    );
    const summary = JSON.parse((await run("--json")).out) as Record<string, unknown>;
    expect(published.safeParse(summary).error).toBeUndefined();
    expect(published.safeParse({ ...summary, more: 1 }).success).toBe(false);
    delete summary["gone"];
    expect(published.safeParse(summary).success).toBe(false);
  }));
