import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { driftReport } from "../../../cli/drift/report";
import { hostileReport } from "./hostile-report";

const FILE = join(__dirname, "../../../docs/schemas/drift.schema.json");
const current = `${JSON.stringify(z.toJSONSchema(driftReport), null, 2)}\n`;

// WRITE_SCHEMAS=1 npm test -- schema: after a change of the report.
test("docs/schemas/drift.schema.json is the schema of the program", () => {
  if (process.env["WRITE_SCHEMAS"] !== undefined) writeFileSync(FILE, current);
  expect(JSON.parse(readFileSync(FILE, "utf8"))).toEqual(JSON.parse(current));
});

test("a schema made from that file accepts a report, and refuses one with a field too many or too few", () => {
  const published = z.fromJSONSchema(JSON.parse(readFileSync(FILE, "utf8")) as z.core.JSONSchema.JSONSchema);
  const report = JSON.parse(JSON.stringify(hostileReport())) as Record<string, unknown>;
  expect(published.safeParse(report).error).toBeUndefined();
  expect(published.safeParse({ ...report, more: 1 }).success).toBe(false);
  delete report["notes"];
  expect(published.safeParse(report).success).toBe(false);
});
