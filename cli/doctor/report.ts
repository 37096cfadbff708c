import * as z from "zod";
import { DIFFERENCE_KINDS } from "./swagger/difference";
import { probeReport } from "./probe/probe-report";
import { STEP_NAMES } from "./step";

const finding = z.strictObject({
  level: z.enum(["pass", "warn", "fail", "info"]),
  text: z.string().describe("a sentence, without secrets"),
  todo: z.string().optional().describe("what to do about it"),
});

const step = z.strictObject({
  name: z.enum(STEP_NAMES),
  title: z.string(),
  result: z.enum(["pass", "warn", "fail", "skipped"]).describe("the worst of its findings"),
  findings: z.array(finding),
  skipped: z.string().optional().describe("why it could not be done"),
});

const difference = z.strictObject({
  kind: z.enum(DIFFERENCE_KINDS),
  level: z.enum(["warn", "fail", "info"]),
  operation: z.string().describe("method and path"),
  field: z.string().optional(),
  expected: z.string().optional(),
  found: z.string().optional(),
});

/** What `thinkgeo doctor --json` prints. */
export const doctorReport = z.strictObject({
  command: z.literal("thinkgeo doctor"),
  version: z.literal(1),
  packageVersion: z.string().describe("of pulumi-thinkgeo"),
  apiUrl: z.string().nullable().describe("null where no usable address is configured"),
  result: z.enum(["pass", "warn", "fail"]),
  requests: z.int().nonnegative().describe("made in all, repeats included"),
  steps: z.array(step),
  differences: z.array(difference).describe("between the server's description and what is expected"),
  probe: probeReport
    .optional()
    .describe("with --probe; this part can be sent to the makers of pulumi-thinkgeo"),
});

export type DoctorReport = z.infer<typeof doctorReport>;
export type StepReport = z.infer<typeof step>;
