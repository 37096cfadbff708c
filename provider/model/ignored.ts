import {
  ACCOUNT_PROPERTIES,
  readIgnoreChanges,
  readState,
  type LiveClient,
  type PropertyName,
} from "./client";
import { WHITELISTS } from "./client-body";
import { isComparable } from "./outputs";
import { hasEntries, namesProperty, UNKNOWN, withoutUndefined, type Properties } from "./values";

/*
 * The option `ignoreChanges`. The engine replaces what it names by what the inputs in state have, and that is too little:
 * a client has one whitelist in two properties, and the inputs of a rotation are not what a refresh has read.
 */

/** Whether the option names this property as a whole. */
const isIgnored = (name: string, option: readonly string[]): boolean =>
  option.some((path) => path === "*" || path === name);

/** The properties of the account that the option names. */
export const ignoredIn = (inputs: Properties): PropertyName[] => {
  const option = readIgnoreChanges(inputs);
  return ACCOUNT_PROPERTIES.filter((name) => name !== "type" && isIgnored(name, option));
};

/**
 * Inputs in which everything that the option names is as state has it. Where it names one of the whitelists, the one in
 * force stays, whichever it is: what is not declared would open the client, and a second list has no place beside it.
 *
 * @param state outputs
 * @param names the properties that are taken from state; by default all that the option names
 */
export function withIgnored(
  inputs: Properties,
  state: Properties,
  names?: readonly PropertyName[],
): Properties {
  const option = readIgnoreChanges(inputs);
  if (option.length === 0 || !isComparable(readState(state))) return inputs;
  const kept = { ...inputs, ...fromState(names ?? ignoredIn(inputs), state) };
  const touched = WHITELISTS.filter((name) => namesProperty(option, name));
  const [first, second] = WHITELISTS.filter((name) => isFilled(kept[name]));
  if (touched.length === 0 || (first !== undefined && second === undefined)) return withoutUndefined(kept);
  if (first === undefined) return withoutUndefined({ ...kept, ...fromState(WHITELISTS, state) });
  const isKept = touched.some((name) => isFilled(state[name]));
  return withoutUndefined({ ...kept, ...(isKept && fromState(WHITELISTS, state)) });
}

/** The declared whitelist that has no effect, because the option keeps the other kind. */
export const displacedList = (inputs: Properties, kept: Properties): PropertyName | undefined =>
  WHITELISTS.every((name) => isFilled(inputs[name]))
    ? WHITELISTS.find((name) => !isFilled(kept[name]))
    : undefined;

/**
 * Whether a whitelist that the option names is one that somebody has put into force since state was written: then no
 * other takes its place.
 */
export const keepsEditedList = (
  option: readonly string[],
  edited: readonly PropertyName[],
  live: Pick<LiveClient, "allowedOrigins" | "allowedIpAddresses">,
): boolean =>
  WHITELISTS.some(
    (name) => namesProperty(option, name) && edited.includes(name) && live[name]?.restrictsNobody === false,
  );

const fromState = (names: readonly PropertyName[], state: Properties): Properties =>
  Object.fromEntries(names.map((name) => [name, state[name]]));

const isFilled = (list: unknown): boolean => list === UNKNOWN || hasEntries(list);
