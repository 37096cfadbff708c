import { knownType, withoutUndefined, type ClientArgs } from "./model/args";
import type { Existing } from "./model/diff";
import { sameRoles } from "./model/roles";
import { believedSecret } from "./model/secret";
import type { RemoteClient } from "./model/wire";
import { sameAddresses, sameOrigins } from "./whitelist";

type Properties = Record<string, unknown>;

/** What was declared, by the program or by the state of the last run. */
export type Declared = Pick<
  ClientArgs,
  "deletionPolicy" | "grantedRoles" | "allowedOrigins" | "allowedIpAddresses" | "replaceWhenChanged"
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
