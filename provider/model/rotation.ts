import * as z from "zod";
import { choiceText } from "../text";
import { findProblems } from "./args";
import { ACCOUNT_PROPERTIES, readSecretInputs } from "./client";
import { problemsOf, type LocatedObjection, type Problem } from "./problems";
import { UNKNOWN, type Properties } from "./values";

/** What becomes of the client before the current one when the overlap is over. */
const RETIREMENTS = ["deactivate", "delete"] as const;

/** What holds where the program says nothing. */
export const SCHEDULE_DEFAULTS = { overlapDays: 7, retire: "deactivate" } as const;

const MOST_DAYS = 36_500;
const NUMBER_OF_DAYS = `must be a number of days from 0 to ${MOST_DAYS}`;
const days = z
  .number({ error: NUMBER_OF_DAYS })
  .min(0, { error: NUMBER_OF_DAYS })
  .max(MOST_DAYS, { error: NUMBER_OF_DAYS });

const shape = z.object({
  rotateWhenChanged: z.record(z.string(), z.unknown(), { error: "must be a map" }).optional(),
  rotateAfterDays: days.optional(),
  overlapDays: days.optional(),
  retire: z.enum(RETIREMENTS, { error: `must be ${choiceText(RETIREMENTS)}` }).optional(),
  emergency: z.boolean({ error: "must be true or false" }).optional(),
  now: z.iso.datetime({ offset: true, error: "must be a time such as 2026-01-31T12:00:00Z" }).optional(),
});

/** The properties that a RotatingClient has beside those of a Client. */
const ROTATION_PROPERTIES = Object.keys(shape.shape);

/** Everything that is wrong with the declared properties of a RotatingClient, at once. */
export function findRotationProblems(declared: Properties, held: Properties = {}): Problem[] {
  const { client, rotation } = split(declared);
  const known = Object.fromEntries(Object.entries(rotation).filter(([, value]) => value !== UNKNOWN));
  const issues = shape.safeParse(known).error?.issues ?? [];
  const replaced = client["replaceWhenChanged"] !== undefined;
  const kind = { name: "RotatingClient", properties: ROTATION_PROPERTIES };
  return [
    ...findProblems(replaced ? { ...client, replaceWhenChanged: undefined } : client, kind, held),
    ...problemsOf(
      [
        ...(replaced ? [REPLACED] : []),
        ...issues.map(({ path, message }) => ({ path, reason: message })),
        ...findConflicts(known),
      ],
      readSecretInputs(declared),
    ),
  ];
}

const REPLACED: LocatedObjection = {
  path: ["replaceWhenChanged"],
  reason: "is for a Client: use rotateWhenChanged, which keeps the old key alive",
};

function findConflicts({ rotateAfterDays, overlapDays }: Properties): LocatedObjection[] {
  if (typeof rotateAfterDays !== "number" || typeof overlapDays !== "number" || rotateAfterDays > overlapDays)
    return [];
  const reason = `must be more than overlapDays (${overlapDays}): the old key must have gone before the next is made`;
  return [{ path: ["rotateAfterDays"], reason }];
}

/** The properties of the client, and those of its rotation. */
export function split(inputs: Properties): {
  client: Record<string, unknown>;
  rotation: Record<string, unknown>;
} {
  const entries = Object.entries(inputs).filter(([key]) => key !== "__provider" && key !== "rotation");
  const isRotation = ([key]: [string, unknown]): boolean => ROTATION_PROPERTIES.includes(key);
  return {
    client: Object.fromEntries(entries.filter((entry) => !isRotation(entry))),
    rotation: Object.fromEntries(entries.filter(isRotation)),
  };
}

const standing = z.object({
  generation: z.number().int().min(1),
  rotatedAt: z.string(),
  rotatedFor: z.string().optional(),
  previous: z.enum(["none", "valid", "inactive"]),
  retiredAt: z.string().optional(),
});

/** Where the rotation stands, by its outputs, or by its inputs, where version 0.1.0 put it; undefined if neither tells. */
export const parseRotation = (
  outputs: Properties,
  inputs: Properties,
): z.infer<typeof standing> | undefined =>
  standing.safeParse(outputs["rotation"]).data ?? standing.safeParse(inputs["rotation"]).data;

const scheduled = z.object({
  rotateWhenChanged: z.record(z.string(), z.unknown()).optional(),
  rotateAfterDays: z.number().optional(),
  overlapDays: z.number().catch(SCHEDULE_DEFAULTS.overlapDays),
  retire: z.enum(RETIREMENTS).catch(SCHEDULE_DEFAULTS.retire),
  emergency: z.boolean().catch(false),
});

/** What was declared of the rotation, complete. */
export const parseSchedule = (inputs: Properties): z.infer<typeof scheduled> => scheduled.parse(inputs);

const member = z.object({
  id: z.string(),
  name: z.string().catch(""),
  generation: z.number().catch(0),
  clientId: z.string().optional().catch(undefined),
  active: z.boolean().catch(true),
  /** Somebody switched it off, when it was current or in its overlap: no step switches it on. */
  keptOff: z.boolean().default(false).catch(false),
  /** The properties in which a refresh saw that somebody has changed it, or an update did not reach it; `true` in older state. */
  drifted: z
    .union([z.array(z.string()), z.literal(true).transform(() => [...ACCOUNT_PROPERTIES])])
    .default([])
    .catch([]),
});

/** One of the two clients of a rotation, as state has it; its secret stands beside it. */
export type Member = z.infer<typeof member>;

const members = z.object({
  current: member.optional().catch(undefined),
  previous: member.optional().catch(undefined),
  previousClientSecret: z.string().optional().catch(undefined),
  adopted: z.string().optional().catch(undefined),
});

/** What state holds of a rotation's clients. Lenient, as all reading of state. */
export const parseMembers = (outputs: Properties): z.infer<typeof members> => members.parse(outputs);
