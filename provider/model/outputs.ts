import { knownType, withoutUndefined, type ClientArgs } from "./args";
import { diffClient, type Existing } from "./diff";
import { sameRoles } from "./roles";
import { believedSecret } from "./secret";
import type { State } from "./state";
import type { RemoteClient } from "./wire";
import { sameAddresses, sameOrigins } from "../whitelist";

type Properties = Record<string, unknown>;

/** What was declared, by the program or by the state of the last run. */
export type Declared = Pick<
  ClientArgs,
  | "deletionPolicy"
  | "grantedRoles"
  | "allowedOrigins"
  | "allowedIpAddresses"
  | "replaceWhenChanged"
  | "secretInputs"
> & {
  readonly type: string;
  readonly clientSecret?: string | undefined;
  readonly ownerId?: string | undefined;
  readonly adopted?: string | undefined;
};

/**
 * A client as the account has it, in the terms of the comparison: only the whitelist in force counts, and a type that is
 * not known is taken for the declared one.
 */
export function existingOf(client: RemoteClient, type: string, roleNames: readonly string[]): Existing {
  return {
    name: client.name,
    type: knownType(client.clientType) ?? type,
    active: client.isActive,
    allowedOrigins: client.sharedMode === "IpAddress" ? [] : client.allowedOrigins,
    allowedIpAddresses: client.sharedMode === "Origin" ? [] : client.allowedIpAddresses,
    grantedRoles: roleNames,
  };
}

/**
 * The outputs of a client: what the account has, in the spelling that was declared where the two mean the same. A
 * property is there exactly if it was declared, or if the account has a restriction that nobody declared.
 */
export function outputsOf(
  client: RemoteClient,
  declared: Declared,
  roleNames: readonly string[],
): Properties {
  const live = existingOf(client, declared.type, roleNames);
  const native = live.type === "NativeConfidential";
  return withoutUndefined({
    name: live.name,
    type: live.type,
    active: live.active,
    deletionPolicy: declared.deletionPolicy,
    allowedOrigins: restriction(declared.allowedOrigins, live.allowedOrigins ?? [], sameOrigins),
    allowedIpAddresses: restriction(
      declared.allowedIpAddresses,
      live.allowedIpAddresses ?? [],
      sameAddresses,
    ),
    grantedRoles:
      declared.grantedRoles === undefined ? undefined : spelled(declared.grantedRoles, roleNames, sameRoles),
    replaceWhenChanged: declared.replaceWhenChanged,
    adopted: declared.adopted,
    // A refresh and a delete are shown no inputs, and must keep these secret too.
    secretInputs: declared.secretInputs,
    clientId: client.apiKey,
    apiKey: native ? undefined : client.apiKey,
    // An answer without the secret, or with something else in its place, keeps the one we have.
    clientSecret: native ? believedSecret(client.apiSecret, declared.clientSecret).secret : undefined,
    effectiveRoles: roleNames,
    ownerId: client.ownerId ?? declared.ownerId,
  });
}

function spelled(
  declared: readonly string[] | undefined,
  live: readonly string[],
  same: (left: readonly string[], right: readonly string[]) => boolean,
): readonly string[] | undefined {
  return same(declared ?? [], live) ? declared : live;
}

/** The same for a whitelist. One that restricts nothing is left out: a program may not declare it. */
function restriction(...[declared, live, same]: Parameters<typeof spelled>): ReturnType<typeof spelled> {
  const list = spelled(declared, live, same);
  return list === live && same([], live) ? undefined : list;
}

const INPUTS = [
  "name",
  "type",
  "active",
  "deletionPolicy",
  "allowedOrigins",
  "allowedIpAddresses",
  "grantedRoles",
  "replaceWhenChanged",
];

/** The inputs that would declare what these outputs show. */
export function inputsOf(outputs: Readonly<Properties>): Properties {
  return Object.fromEntries(Object.entries(outputs).filter(([key]) => INPUTS.includes(key)));
}

/** State in the terms of the comparison: roles that were not declared are compared with those that the client has. */
export const existingIn = (state: State): Existing => ({
  ...state,
  grantedRoles: state.grantedRoles ?? state.effectiveRoles,
});

/** What somebody has changed in a client since state saw it. State that another version or an import wrote may say too little. */
export const editedIn = (id: string, now: Existing, state: State): readonly string[] =>
  state.clientId === undefined || knownType(state.type) === undefined
    ? []
    : diffClient(id, now, inputsOf({ ...existingIn(state) })).changed;

/** What state says that the program declared: outputs hold a declared property exactly if it was declared. */
export const declaredIn = (state: State): Declared => withoutUndefined(state);

/** Whether there is nothing of the client in state: it is read for the first time, by its id alone. */
export const isLookUp = ({ type, clientId }: State): boolean => type === "" && clientId === undefined;
