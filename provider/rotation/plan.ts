/** Where a rotation stands: what the last run has decided, and what the account is to become. */
export interface Rotation {
  /** Which client is current, counted from 1. */
  readonly generation: number;
  /** When it became current. ISO 8601, as all times here. */
  readonly rotatedAt: string;
  /** What `rotateWhenChanged` was then, as a digest. */
  readonly rotatedFor?: string | undefined;
  /** What becomes of the client before it. */
  readonly previous: "none" | "valid" | "inactive";
  /** When that one was switched off. */
  readonly retiredAt?: string | undefined;
}

/** When to do what, as the program declares it. */
export interface Schedule {
  readonly rotateAfterDays?: number | undefined;
  readonly overlapDays: number;
  readonly retire: "deactivate" | "delete";
  /** `rotateWhenChanged` as a digest; undefined asks for nothing. */
  readonly trigger?: string | undefined;
  /** Whether `emergency` has just been set. */
  readonly emergency: boolean;
}

/** What the next `up` after `at` will do. */
export interface NextStep {
  readonly action: "rotate" | "deactivate" | "delete";
  readonly at: string;
}

const DAY_MS = 86_400_000;

/** A whole second, in the form that people read. */
const iso = (time: number): string => new Date(time).toISOString().replace(/\.\d{3}Z$/, "Z");

const after = (start: string, days: number): number => Date.parse(start) + days * DAY_MS;

const EARLY_PART = 0.05;
const MOST_EARLY_MS = DAY_MS / 2;

/**
 * Whether what is due some days after `start` may be done now: up to a twentieth of that time early, and half a day at
 * most. Pipelines that run each night or week never run at the same second, and would be a whole turn late.
 */
const isDue = (start: string, days: number, now: number): boolean =>
  now >= after(start, days) - Math.min(days * DAY_MS * EARLY_PART, MOST_EARLY_MS);

/**
 * The next state of a rotation: at most one step a run, so that each can be looked at, and undone, before the next.
 * Only room is made in the same step: a client that is switched off goes before a third is made.
 */
export function plan(before: Rotation | undefined, schedule: Schedule, now: number): Rotation {
  const { trigger: rotatedFor } = schedule;
  if (before === undefined) return { generation: 1, rotatedAt: iso(now), rotatedFor, previous: "none" };
  const successor = { generation: before.generation + 1, rotatedAt: iso(now), rotatedFor };
  if (schedule.emergency) return { ...successor, previous: "none" };
  if (before.previous === "valid" && isDue(before.rotatedAt, schedule.overlapDays, now))
    return schedule.retire === "delete"
      ? gone(before)
      : { ...before, previous: "inactive", retiredAt: iso(now) };
  if (before.previous === "inactive" && hasGrown(before, schedule, now))
    return { ...before, previous: "valid", retiredAt: undefined };
  if (before.previous !== "valid" && rotationDue(before, schedule, now))
    return { ...successor, previous: "valid" };
  if (
    before.previous === "inactive" &&
    isDue(before.retiredAt ?? before.rotatedAt, schedule.overlapDays, now)
  )
    return gone(before);
  return before;
}

/** What will be done next if the program stays as it is, and when; nothing, if nothing will. */
export function nextStep(rotation: Rotation, schedule: Schedule): NextStep | undefined {
  const steps: { action: NextStep["action"]; time: number }[] = [];
  // No rotation before the overlap is over.
  const earliest = rotation.previous === "valid" ? overlapEnd(rotation, schedule) : 0;
  if (rotation.previous === "valid") steps.push({ action: schedule.retire, time: earliest });
  if (rotation.previous === "inactive")
    steps.push({ action: "delete", time: deletionTime(rotation, schedule) });
  if (isTriggered(rotation, schedule))
    steps.push({ action: "rotate", time: Math.max(earliest, Date.parse(rotation.rotatedAt)) });
  else if (schedule.rotateAfterDays !== undefined)
    steps.push({
      action: "rotate",
      time: Math.max(earliest, after(rotation.rotatedAt, schedule.rotateAfterDays)),
    });
  const [first] = steps.sort((left, right) => left.time - right.time);
  return first && { action: first.action, at: iso(first.time) };
}

/** Whether `rotateWhenChanged` has changed since the last rotation. During a grace period the change waits, as a third client is never made. */
const isTriggered = ({ rotatedFor }: Rotation, { trigger }: Schedule): boolean =>
  trigger !== undefined && trigger !== rotatedFor;

const rotationDue = (rotation: Rotation, schedule: Schedule, now: number): boolean =>
  isTriggered(rotation, schedule) ||
  (schedule.rotateAfterDays !== undefined && isDue(rotation.rotatedAt, schedule.rotateAfterDays, now));

const overlapEnd = ({ rotatedAt }: Rotation, { overlapDays }: Schedule): number =>
  after(rotatedAt, overlapDays);

/** Whether `overlapDays` has grown, so that the overlap is not over now and was not over at `retiredAt` either: a clock that was set back must not activate the client again. */
const hasGrown = ({ rotatedAt, retiredAt }: Rotation, { overlapDays }: Schedule, now: number): boolean =>
  [now, Date.parse(retiredAt ?? rotatedAt)].every((time) => !isDue(rotatedAt, overlapDays, time));

/** A client that is switched off can be switched on again for as long as the overlap was. */
const deletionTime = ({ retiredAt, rotatedAt }: Rotation, { overlapDays }: Schedule): number =>
  after(retiredAt ?? rotatedAt, overlapDays);

const gone = (rotation: Rotation): Rotation => ({ ...rotation, previous: "none", retiredAt: undefined });
