import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { sweepReport } from "../../../cli/sweep/report";

const file = join(__dirname, "../../../docs/schemas/sweep.schema.json");

// WRITE_SCHEMAS=1 npm test -- schema: after a change of the report.
test("docs/schemas/sweep.schema.json is what the report's schema says", () => {
  const current = `${JSON.stringify(z.toJSONSchema(sweepReport), null, 2)}\n`;
  if (process.env["WRITE_SCHEMAS"] !== undefined) writeFileSync(file, current);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(JSON.parse(current));
});
