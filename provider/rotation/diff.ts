import { isDeepStrictEqual } from "node:util";
import { sharedClient } from "../client/claims";
import type { Known } from "../client/known";
import { requireOneKind, warningsOfDiff, type DiffResult } from "../client/resource";
import { lacksSecret } from "../client/warnings";
import { existingIn, readPlan } from "../model/client";
import { diffClient, isToReplace } from "../model/diff";
import { ignoredIn } from "../model/ignored";
import { parseRotation, type Member } from "../model/rotation";
import { hasUnknown, type Properties } from "../model/values";
import { decide } from "./decide";
import { DECLARED, hasAdopted, memberInputs, nextOf, pairOf, withIgnoredOfBoth, type Pair } from "./pair";
import type { Rotation } from "./plan";

/** What differs between the clients that state has and those that the rotation wants. */
interface RotationDifference {
  /** There is no current client, or its turn is over. */
  readonly rotate: boolean;
  /** Properties in which the current client, before a rotation, is not what is declared. */
  readonly current: readonly string[];
  /** Whether the client before it is to be changed or deleted. */
  readonly previous: boolean;
  /** Nobody can use the current client, because no answer has shown its secret, while the one before is there. */
  readonly unusable: boolean;
  /** What only state needs to learn. */
  readonly stateOnly: readonly string[];
}

/**
 * Compares state with what is declared and decided.
 * @param olds the outputs that the pair is read from
 */
export function diffPair(
  { client, current, previous }: Pair,
  olds: Properties,
  inputs: Properties,
  rotation: Rotation,
): RotationDifference {
  const rotate = current?.generation !== rotation.generation;
  // Also where a rotation is due: the key in use is changed with the next one, and a preview must show that.
  const changed =
    current === undefined
      ? []
      : diffClient(
          current.id,
          existingIn(client),
          readPlan(memberInputs(inputs, { ...client, generation: current.generation })),
        ).changed;
  return {
    rotate,
    current: changed,
    unusable: !rotate && previous !== undefined && lacksSecret(client),
    previous: previous !== undefined && !rotate && previousDiffers(previous, changed, inputs, rotation),
    stateOnly: [
      ...DECLARED.filter((key) => !isDeepStrictEqual(inputs[key], olds[key])),
      ...(nextOf(previous, inputs, rotation)?.at === olds["nextActionAt"] ? [] : ["nextActionAt"]),
    ],
  };
}

/** The client before the current one is kept as the current one is, but for its name and whether it works. */
function previousDiffers(
  previous: Member,
  changed: readonly string[],
  inputs: Properties,
  rotation: Rotation,
): boolean {
  if (rotation.previous === "none") return true;
  if (previous.active !== isToWork(previous, inputs, rotation) || driftToMend(previous, inputs).length > 0)
    return true;
  const { name } = memberInputs(inputs, previous);
  return changed.length > 0 || hasUnknown(name) || name !== previous.name;
}

/** The properties of the client before the current one that somebody has changed, and that are to be made as declared. */
export function driftToMend(previous: Member, inputs: Properties): string[] {
  const ignored: readonly string[] = ignoredIn(inputs);
  return previous.drifted.filter((name) => !ignored.includes(name));
}

/** Whether the client before the current one is to work. */
export const isToWork = (previous: Member, inputs: Properties, rotation: Rotation): boolean =>
  rotation.previous === "valid" && inputs["active"] !== false && !previous.keptOff;

/** Whether anything is to be done, for the engine. Makes no request. */
export function diffRotation(
  olds: Properties,
  news: Properties,
  wallTime: number,
  known: Known,
): DiffResult & { readonly step: string | undefined } {
  const pair = pairOf(olds);
  const { name, type, ownerId } = pair.client;
  const ids = [pair.current, pair.previous].flatMap((member) => member?.id ?? []);
  for (const id of ids) known.seeId(id);
  known.seeOwner(ownerId);
  const before = parseRotation(olds, news);
  const isPlanned = known.claims.isPlanned(news);
  // A refresh asks whether somebody has changed something; that a step is due is no answer to that.
  const rotation = isPlanned ? decide(olds, news, wallTime) : before;
  const inputs = withIgnoredOfBoth(news, olds);
  if (isPlanned && ids[0] !== undefined) requireOneKind(name, ids[0], inputs);
  const difference = rotation && diffPair(pair, olds, inputs, rotation);
  const plan = readPlan(inputs);
  const replaces: string[] = [
    ...(hasUnknown(news["type"]) || news["type"] !== type ? ["type"] : []),
    ...(difference?.current ?? []).filter((key) => isToReplace(key, plan.replaceOnChanges)),
  ];
  for (const id of ids)
    if (!known.claims.mayGoOn(id, news, replaces.length === 0)) throw sharedClient(name, id);
  if (hasAdopted(pair, plan.adopt)) known.seeAdopted(known.claims.keyOf(news), replaces.length > 0);
  const changes =
    difference === undefined ||
    difference.rotate ||
    difference.unusable ||
    difference.previous ||
    difference.current.length + difference.stateOnly.length > 0;
  const differing = [
    ...new Set([...(difference?.current ?? []), ...(difference?.stateOnly ?? []), ...replaces]),
  ];
  const isDrifted = pair.previous !== undefined && driftToMend(pair.previous, inputs).length > 0;
  // What is replaced begins anew, whatever was due.
  const step =
    rotation !== undefined && difference !== undefined && replaces.length === 0
      ? stepInWords(name, before, rotation, difference, isDrifted, inputs["active"] === false)
      : undefined;
  return {
    changes: changes || replaces.length > 0,
    replaces,
    deleteBeforeReplace: false,
    differing,
    step,
    warnings: isPlanned ? warningsOfDiff(pair.client, news, inputs, plan) : [],
  };
}

/** Which step is due: inputs do not show it, so a preview would be an update without a reason. */
function stepInWords(
  name: string,
  before: Rotation | undefined,
  now: Rotation,
  { rotate, previous }: RotationDifference,
  drifted: boolean,
  isInactive: boolean,
): string | undefined {
  const title = `RotatingClient ${JSON.stringify(name)}`;
  if (rotate) {
    const fate =
      now.previous !== "valid"
        ? "the key of now is deleted"
        : isInactive
          ? "both are inactive"
          : "the key of now stays valid for the overlap";
    return `${title}: a rotation is due: client ${now.generation} is made and becomes the current one, and ${fate}.`;
  }
  if (!previous) return undefined;
  if (before?.previous === now.previous)
    return drifted
      ? `${title}: the client before the current one is not what is declared, and is made so: a refresh has seen that, or an update did not reach it.`
      : undefined;
  const deed = { none: "deleted", inactive: "deactivated", valid: "made valid again" }[now.previous];
  return `${title}: a step is due: the client before the current one is ${deed}.`;
}
