import { findProblems } from "../../provider/model/args";
import { isPropertyOmitted, liveClient, readPlan } from "../../provider/model/client";
import { diffClient } from "../../provider/model/diff";
import { distinctRoles, sameRoles } from "../../provider/model/roles";
import { withoutUndefined } from "../../provider/model/values";
import { CLIENT_TYPES, type ClientType, type RemoteClient } from "../../provider/model/wire";
import { sentence } from "../../provider/text";
import { declareAddresses, declareOrigins, EVERY_ADDRESS } from "../../provider/whitelist";
import { compareText, quoted } from "../text";
import { listInForce } from "../whitelists";

/** The arguments of one Client resource, such that importing the client changes nothing. */
export interface Declaration {
  readonly adopt: string;
  readonly name: string;
  readonly type: ClientType;
  readonly active?: false;
  readonly grantedRoles?: readonly string[];
  readonly allowedOrigins?: readonly string[];
  readonly allowedIpAddresses?: readonly string[];
}

/** The declaration of a client, or the reason why there is none. */
export type Declared =
  | { readonly ok: true; readonly declaration: Declaration; readonly notes: readonly string[] }
  | { readonly ok: false; readonly reason: string };

/** Declares a client as the account has it; `names` are its roles, `all` the roles of the account. */
export function declare(client: RemoteClient, names: readonly string[], all: readonly string[]): Declared {
  const { clientType } = client;
  const type = CLIENT_TYPES.find((known) => known === clientType);
  if (type === undefined) return { ok: false, reason: typeProblem(clientType) };
  // Declared as if there were nothing, it might be opened, or switched on.
  const unknown = (["name", "active", "allowedOrigins", "allowedIpAddresses"] as const).filter((property) =>
    isPropertyOmitted(client, property),
  );
  if (unknown.length > 0)
    return {
      ok: false,
      reason: `no response of ThinkGeo has its ${unknown.join(", ")}: look in the console, and declare it by hand`,
    };
  const live = liveClient(client, { type }, names);
  const roles = isPropertyOmitted(client, "grantedRoles")
    ? { notes: ["Its roles are left as they are: no response of ThinkGeo has them."] }
    : declareRoles(type, names, all);
  const declaration: Declaration = withoutUndefined({
    adopt: client.id,
    name: client.name,
    type,
    active: client.isActive ? undefined : (false as const),
    grantedRoles: roles.declared,
    allowedOrigins: declareOrigins(live.allowedOrigins),
    allowedIpAddresses: declareAddresses(live.allowedIpAddresses),
  });
  const [problem] = findProblems({ ...declaration });
  if (problem !== undefined) return { ok: false, reason: `its ${of(problem.path)}${problem.reason}` };
  // The provider compares in the same way: what it would change must not be written.
  const { changed, replaces } = diffClient(client.id, live, readPlan({ ...declaration }));
  const [different] = [...changed, ...replaces];
  if (different !== undefined)
    return { ok: false, reason: `its ${different} cannot be declared as the account has it` };
  return { ok: true, declaration, notes: [...roles.notes, ...whitelistNotes(client, declaration)] };
}

const of = (path: string): string => (path === "" ? "" : `${path === "adopt" ? "id" : path} `);

const typeProblem = (type: string | undefined): string =>
  type === undefined
    ? "ThinkGeo does not say of what type it is"
    : `its type is ${quoted(type, 80)}, and only ${CLIENT_TYPES.join(" and ")} can be declared`;

/** Roles are declared only if the client does not have all of the account's. Undeclared roles are not compared, so that is safe. */
function declareRoles(
  type: ClientType,
  names: readonly string[],
  all: readonly string[],
): { readonly declared?: readonly string[]; readonly notes: readonly string[] } {
  if (sameRoles(names, all)) return { notes: [] };
  const declared = distinctRoles(names).sort(compareText);
  const [problem] = findProblems({ type, grantedRoles: declared });
  return problem === undefined
    ? { declared, notes: [] }
    : { notes: [sentence(`Its roles are left as they are: ${problem.path} ${problem.reason}`)] };
}

/** Entries that the account has and the declaration does not: they restrict nothing. */
function whitelistNotes(client: RemoteClient, declaration: Declaration): string[] {
  const { allowedOrigins, allowedIpAddresses } = declaration;
  const inForce = listInForce(client);
  const lists = [
    { kind: "origins", live: client.allowedOrigins, declared: allowedOrigins },
    { kind: "addresses", live: client.allowedIpAddresses, declared: allowedIpAddresses },
  ];
  return lists.flatMap(({ kind, live, declared }) => {
    if (declared !== undefined || live.every((entry) => entry === EVERY_ADDRESS)) return [];
    const entries =
      live
        .toSorted(compareText)
        .slice(0, MOST_SHOWN)
        .map((entry) => quoted(entry, 80))
        .join(", ") + (live.length > MOST_SHOWN ? ", …" : "");
    return inForce !== null && inForce !== kind
      ? [sentence(`The account also keeps ${kind} that are not in effect: ${entries}`)]
      : [sentence(`The account's ${kind} restrict nothing: ${entries}`)];
  });
}

const MOST_SHOWN = 5;
