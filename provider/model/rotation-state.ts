import * as z from "zod";

const member = z.looseObject({
  id: z.string(),
  name: z.string().catch(""),
  generation: z.number().catch(0),
  clientId: z.string().optional().catch(undefined),
  active: z.boolean().catch(true),
  /** Somebody switched it off, when it was current or in its overlap: no step switches it on. */
  keptOff: z.boolean().default(false).catch(false),
  /** A refresh saw that somebody has changed it. */
  drifted: z.boolean().default(false).catch(false),
});

/** One of the two clients of a rotation, as state has it; its secret stands beside it. */
export type Member = z.infer<typeof member>;

const fields = z.looseObject({
  current: member.optional().catch(undefined),
  previous: member.optional().catch(undefined),
  previousClientSecret: z.string().optional().catch(undefined),
  adopted: z.string().optional().catch(undefined),
});

const anyObject = z.record(z.string(), z.unknown()).catch({});

/** What state holds of a rotation's clients. Lenient, as all reading of state. */
export const parseMembers = (outputs: unknown): z.infer<typeof fields> =>
  fields.parse(anyObject.parse(outputs));
