import * as z from "zod";
import { NOT_SETTLED } from "./answers";
import { QUESTION_NAMES, QUESTIONS } from "./questions";

const answers = z.strictObject(
  Object.fromEntries(
    QUESTION_NAMES.map((name) => [
      name,
      z.enum([...QUESTIONS[name].answers, NOT_SETTLED]).describe(QUESTIONS[name].ask),
    ]),
  ),
);

/** What the probe found out. It holds no key, no id and no name, so that it can be sent on. */
export const probeReport = z.strictObject({
  version: z.string().describe("of pulumi-thinkgeo"),
  day: z.iso.date().describe("UTC"),
  host: z.enum(["default", "another"]).describe("whether thinkgeo:apiUrl was the default"),
  ended: z
    .enum(["complete", "interrupted", "stopped"])
    .describe("stopped: something failed, and the rest was not tried"),
  requests: z.int().nonnegative().describe("of the probe alone, cleaning up included"),
  cleaned: z
    .enum(["yes", "probably", "deactivated", "no"])
    .describe(
      "probably: the answer of a create was lost, and no such client was seen; deactivated: clients are left, switched off",
    ),
  others: z
    .enum(["unchanged", "changed", "not known"])
    .describe("the account's other clients, before and after; others may have changed them meanwhile"),
  answers,
});

export type ProbeReport = z.infer<typeof probeReport>;
