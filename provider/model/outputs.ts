import { declareAddresses, declareOrigins, EntryList } from "../whitelist";
import {
  DECLARED_OUTPUTS,
  existingIn,
  PROPERTIES,
  PROPERTY_NAMES,
  type ClientPlan,
  type ClientState,
  type Existing,
  type LiveClient,
  type PropertyName,
} from "./client";
import { diffClient } from "./diff";
import { withoutUndefined, type Properties } from "./values";
import { knownType, type RemoteClient } from "./wire";

/**
 * The outputs of a client: what the account has, in the spelling that was declared where the two mean the same. A
 * declared property is there exactly if it was declared, or if the account has a restriction that nobody declared.
 *
 * @param known what the program declares, or the state of the last run
 */
export function outputsOf(client: RemoteClient, live: LiveClient, known: Existing): ClientState {
  const has: Existing = live;
  const valueOf = (name: PropertyName): unknown => {
    const property = PROPERTIES[name];
    if (property.output !== undefined) return property.output(client, live, known);
    if (!DECLARED_OUTPUTS.includes(name)) return undefined;
    if (property.field === undefined) return known[name];
    return property.shown === undefined ? has[name] : property.shown(known[name], has[name]);
  };
  const values: Partial<Record<PropertyName, unknown>> = Object.fromEntries(
    PROPERTY_NAMES.map((name) => [name, valueOf(name)]),
  );
  return values as ClientState;
}

/** Outputs as the engine takes them: lists as they are spelled, and nothing where there is nothing. */
export const toProperties = (outputs: object): Record<string, unknown> =>
  withoutUndefined(
    Object.fromEntries(
      Object.entries(outputs).map(([key, value]: [string, unknown]) => [
        key,
        value instanceof EntryList ? value.entries : value,
      ]),
    ),
  );

/** The inputs that would declare what these outputs show. */
export const inputsOf = (outputs: Properties): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(outputs).filter(([key]) => DECLARED_OUTPUTS.some((name) => name === key)),
  );

/** The inputs that declare a client as it was read for the first time, in a notation that `check` accepts. */
export const importedInputs = (client: ClientState): Record<string, unknown> =>
  inputsOf(
    toProperties({
      ...client,
      allowedOrigins: declareOrigins(client.allowedOrigins),
      allowedIpAddresses: declareAddresses(client.allowedIpAddresses),
    }),
  );

/** What arguments or state declare, for a comparison. */
export const planOf = (declared: Existing): ClientPlan =>
  Object.fromEntries(DECLARED_OUTPUTS.map((name) => [name, declared[name]]));

/** What somebody has changed in a client since state saw it. State that another version or an import wrote may say too little. */
export const editedIn = (id: string, now: Existing, state: ClientState): readonly PropertyName[] =>
  isComparable(state) ? diffClient(id, now, planOf(existingIn(state))).changed : [];

/** Whether state says enough of a client to tell what somebody has changed since. */
export const isComparable = ({ clientId, type }: ClientState): boolean =>
  clientId !== undefined && knownType(type) !== undefined;

/** Whether there is nothing of the client in state: it is read for the first time, by its id alone. */
export const isLookUp = ({ type, clientId }: ClientState): boolean => type === "" && clientId === undefined;
