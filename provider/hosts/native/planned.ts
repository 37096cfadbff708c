import { DECLARED_OUTPUTS, OUTPUTS } from "../../model/client";
import { withIgnored } from "../../model/ignored";
import { inputsOf } from "../../model/outputs";
import { sameRoles } from "../../model/roles";
import { hasUnknown, pick, UNKNOWN, without, withoutUndefined, type Properties } from "../../model/values";
import { decide } from "../../rotation/decide";
import { diffPair } from "../../rotation/diff";
import { DECLARED, pairOf, withIgnoredOfBoth } from "../../rotation/pair";

/* What a preview shows of outputs: those that are known before anything is done. */

type Outputs = Record<string, unknown>;

const unknown = (keys: readonly string[]): Outputs => Object.fromEntries(keys.map((key) => [key, UNKNOWN]));

/** Outputs that a client of the other type does not have. */
const foreignOutputs = (type: unknown): string[] =>
  type === "JavaScript" ? ["clientSecret"] : type === "NativeConfidential" ? ["apiKey"] : [];

/** A client that is to be made. */
export const plannedClient = (inputs: Properties): Outputs =>
  withoutUndefined({
    ...without(unknown(OUTPUTS), foreignOutputs(inputs["type"])),
    ...inputsOf(inputs),
    effectiveRoles: inputs["grantedRoles"] ?? UNKNOWN,
  });

/** A client that is to be changed: its keys stay. */
export function plannedUpdate(olds: Properties, news: Properties): Outputs {
  const inputs = withIgnored(news, olds);
  return {
    ...without(olds, DECLARED_OUTPUTS),
    ...inputsOf(inputs),
    effectiveRoles: rolesAfter(olds, inputs),
  };
}

function rolesAfter({ effectiveRoles }: Properties, { grantedRoles }: Properties): unknown {
  if (grantedRoles === undefined) return effectiveRoles;
  if (hasUnknown(grantedRoles) || !Array.isArray(grantedRoles) || !Array.isArray(effectiveRoles))
    return UNKNOWN;
  return sameRoles(grantedRoles.map(String), effectiveRoles.map(String)) ? effectiveRoles : UNKNOWN;
}

/** What a rotation shows of its schedule. */
const STANDING = ["rotatedAt", "nextAction", "nextActionAt", "rotation"];
/** What a new current client changes. */
const OF_CURRENT = ["current", "previous", "previousClientSecret", "name", ...OUTPUTS];

export const plannedRotation = (inputs: Properties): Outputs =>
  withoutUndefined({
    ...unknown([...STANDING, "current"]),
    ...plannedClient(inputs),
    name: inputs["name"] ?? UNKNOWN,
    ...pick(inputs, DECLARED),
  });

export function plannedStep(olds: Properties, news: Properties, wallTime: number): Outputs {
  const inputs = withIgnoredOfBoth(news, olds);
  const rotation = decide(olds, inputs, wallTime);
  const difference = rotation && diffPair(pairOf(olds), olds, inputs, rotation);
  const planned = {
    ...without(plannedUpdate(olds, inputs), DECLARED),
    ...pick(inputs, DECLARED),
    ...(difference?.current.includes("name") === true ? { name: UNKNOWN } : { name: olds["name"] }),
    ...unknown(STANDING),
  };
  if (difference?.rotate === false && !difference.previous && !difference.unusable) return planned;
  const ofPrevious = [
    "previous",
    "previousClientSecret",
    ...(difference?.unusable === true ? ["clientSecret"] : []),
  ];
  const moving = difference?.rotate === false ? ofPrevious : OF_CURRENT;

  return {
    ...planned,
    ...without(unknown(moving), foreignOutputs(inputs["type"])),
    ownerId: olds["ownerId"],
  };
}
