import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { doctorReport } from "../../../cli/doctor/report";

const file = join(__dirname, "../../../docs/schemas/doctor.schema.json");

// WRITE_SCHEMAS=1 npm test -- schema: after a change of the report.
test("docs/schemas/doctor.schema.json is what the report's schema says", () => {
  const current = `${JSON.stringify(z.toJSONSchema(doctorReport), null, 2)}\n`;
  if (process.env["WRITE_SCHEMAS"] !== undefined) writeFileSync(file, current);
  expect(JSON.parse(readFileSync(file, "utf8"))).toEqual(JSON.parse(current));
});
