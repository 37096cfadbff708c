import { generateName, Known } from "../client/known";
import { ACCOUNT_PROPERTIES, OUTPUTS, readState, type ClientState, type PropertyName } from "../model/client";
import { sameId } from "../model/ids";
import { ignoredIn, withIgnored } from "../model/ignored";
import { toProperties } from "../model/outputs";
import { parseMembers, type Member, split } from "../model/rotation";
import { pick, withoutUndefined, type Properties } from "../model/values";
import { scheduleOf } from "./decide";
import { nextStep, type NextStep, type Rotation } from "./plan";

/** The two clients of a rotation, as far as a run has brought them. */
export interface Pair {
  /** The state of the current client, as a Client has it; says nothing before the first is made. */
  readonly client: ClientState;
  /** None before the first is made, or if somebody deleted it. */
  readonly current?: Member | undefined;
  readonly previous?: Member | undefined;
  readonly previousClientSecret?: string | undefined;
  /** The GUID that an adopt line gave and that has been taken over. */
  readonly adopted?: string | undefined;
}

/** What a rotation shows of its current client. */
const CLIENT_OUTPUTS = [...ACCOUNT_PROPERTIES, ...OUTPUTS];

/** What is declared of a rotation and stands in its outputs as it was declared. */
export const DECLARED = [
  "deletionPolicy",
  "rotateWhenChanged",
  "rotateAfterDays",
  "overlapDays",
  "retire",
  "emergency",
  "secretInputs",
];

export const pairOf = (outputs: Properties): Pair => ({
  ...parseMembers(outputs),
  client: readState(pick(outputs, CLIENT_OUTPUTS)),
});

/** Whether an adopt line has been carried out: it names what the rotation has, or what it has adopted before. */
export const hasAdopted = ({ adopted, current, previous }: Pair, adopt: string | undefined): boolean =>
  [adopted, current?.id, previous?.id].some((id) => sameId(id, adopt));

/** What state would hold of the client before the current one if it were a Client. */
export const stateOfPrevious = ({ client, previousClientSecret }: Pair, previous: Member): ClientState => ({
  ...client,
  name: previous.name,
  active: previous.active,
  clientId: previous.clientId,
  clientSecret: previousClientSecret,
});

/** A client that has just been made or read, as a member of the rotation. */
export function memberOf(
  id: string,
  generation: number,
  client: ClientState,
  drifted: readonly string[] = [],
): Member {
  const { name, clientId, active } = client;
  return { id, generation, name, clientId, active, keptOff: false, drifted: [...drifted] };
}

/** A key that somebody has switched off, such as one that leaked, is not switched on because its turn is over. */
export const keptAsItWas = (current: Member, inputs: Properties): Member => ({
  ...current,
  keptOff: !current.active && inputs["active"] !== false,
});

/** The outputs of a rotation: those of its current client, and where it stands. */
export function outputsOfPair(pair: Pair, inputs: Properties, rotation: Rotation): Record<string, unknown> {
  const next = nextOf(pair.previous, inputs, rotation);
  return {
    ...pick(inputs, DECLARED),
    ...membersIn(pair),
    rotatedAt: rotation.rotatedAt,
    rotation: withoutUndefined(rotation),
    ...(next === undefined ? {} : { nextAction: next.action, nextActionAt: next.at }),
  };
}

/** What comes next; of a client before the current one that somebody deleted, nothing does. */
export const nextOf = (
  previous: Member | undefined,
  inputs: Properties,
  rotation: Rotation,
): NextStep | undefined =>
  nextStep(previous === undefined ? { ...rotation, previous: "none" } : rotation, scheduleOf(inputs));

/** The outputs that a pair alone decides. */
const membersIn = ({ client, current, previous, previousClientSecret, adopted }: Pair): Properties =>
  toProperties({
    ...pick(client, CLIENT_OUTPUTS),
    current: current && shown(current),
    previous: previous && {
      ...shown(previous),
      active: previous.active,
      ...(previous.keptOff && { keptOff: true }),
      ...(previous.drifted.length > 0 && { drifted: previous.drifted }),
    },
    previousClientSecret: previous && previousClientSecret,
    adopted,
  });

const shown = ({ id, name, clientId, generation }: Member): Properties =>
  withoutUndefined({ id, name, clientId, generation });

/** Outputs that a refresh has looked up anew, with everything else as it was. */
export function refreshed(outputs: Properties, pair: Pair): Record<string, unknown> {
  const isMoot = pair.previous === undefined && outputs["nextAction"] !== "rotate";
  const next = isMoot ? [] : ["nextAction", "nextActionAt"];
  return {
    ...pick(outputs, [...DECLARED, "__provider", "rotatedAt", "rotation", ...next]),
    ...membersIn(pair),
  };
}

/** The inputs of one client of a rotation, as those of a Client. */
export function clientInputs(inputs: Properties, generation: number): Record<string, unknown> {
  const { client } = split(inputs);
  // The rotation decides what is deleted; the declared policy is for the day when the resource goes.
  return withoutUndefined({
    ...client,
    name: nameOf(client, generation),
    // Only a client whose name is ours alone may be taken over unasked.
    autoName: client["name"] === undefined ? client["autoName"] : undefined,
    adopt: undefined,
    deletionPolicy: "delete",
    __provider: inputs["__provider"],
  });
}

/** What `ignoreChanges` can keep in one client of the two: the other has a value of its own. */
const OF_EACH: readonly PropertyName[] = ["name", "active"];

/** Inputs in which what both clients have in common, and the option `ignoreChanges` names, is as state has it. */
export const withIgnoredOfBoth = (inputs: Properties, outputs: Properties): Properties =>
  withIgnored(
    inputs,
    outputs,
    ignoredIn(inputs).filter((name) => !OF_EACH.includes(name)),
  );

/** The inputs of a client of the two that is there: its own name and state are left where the option names them. */
export function memberInputs(
  inputs: Properties,
  { generation, ...has }: Pick<Member, "generation" | "name" | "active">,
): Record<string, unknown> {
  const own = OF_EACH.filter((name) => ignoredIn(inputs).includes(name));
  return { ...clientInputs(inputs, generation), ...pick(has, own) };
}

/** A name that is the same in every run, so that what an interrupted run left behind is recognised. */
function nameOf({ name, autoName, type }: Properties, generation: number): unknown {
  if (typeof name === "string") return generation === 1 ? name : `${name} (${generation})`;
  if (typeof autoName !== "string") return undefined;
  // Nothing that this process knows may change it.
  return generateName({ autoName, type, replaceWhenChanged: { generation } }, new Known());
}

const GENERATIONS_BACK = 5;

/** Names of earlier generations: if somebody deleted the current client, an interrupted run may have made it again under one of these. */
export const namesBefore = (inputs: Properties, generation: number): string[] =>
  Array.from({ length: Math.min(GENERATIONS_BACK, generation - 1) }, (_, index) =>
    String(clientInputs(inputs, generation - 1 - index)["name"]),
  );
