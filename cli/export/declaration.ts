import { CLIENT_TYPES, type ClientType } from "../../provider/model/wire";
import { findProblems } from "../../provider/model/args";
import { withoutUndefined } from "../../provider/model/values";
import { diffClient } from "../../provider/model/diff";
import { sameRoles } from "../../provider/model/roles";
import type { RemoteClient } from "../../provider/model/wire";
import { liveClient, readPlan } from "../../provider/model/client";
import { declareAddresses, declareOrigins } from "./whitelist-entries";
import { compareText, sentence } from "../text";

/** What a program says of one client so that taking it over changes nothing. */
export interface Declaration {
  readonly adopt: string;
  readonly name: string;
  readonly type: ClientType;
  readonly active?: false;
  readonly grantedRoles?: readonly string[];
  readonly allowedOrigins?: readonly string[];
  readonly allowedIpAddresses?: readonly string[];
}

/** One client's declaration, or why there can be none. */
export type Declared =
  | { readonly ok: true; readonly declaration: Declaration; readonly notes: readonly string[] }
  | { readonly ok: false; readonly reason: string };

/** Declares a client as the account has it; `names` are its roles, `all` those of the whole account. */
export function declare(client: RemoteClient, names: readonly string[], all: readonly string[]): Declared {
  const { clientType } = client;
  const type = CLIENT_TYPES.find((known) => known === clientType);
  if (type === undefined) return { ok: false, reason: typeProblem(clientType) };
  const live = liveClient(client, type, names);
  const roles = declareRoles(type, names, all);
  const declaration: Declaration = withoutUndefined({
    adopt: client.id,
    name: client.name,
    type,
    active: client.isActive ? undefined : (false as const),
    grantedRoles: roles.declared,
    allowedOrigins: declareOrigins(live.allowedOrigins?.entries ?? []),
    allowedIpAddresses: declareAddresses(live.allowedIpAddresses?.entries ?? []),
  });
  const [problem] = findProblems({ ...declaration });
  if (problem !== undefined) return { ok: false, reason: `its ${of(problem.path)}${problem.reason}` };
  // The provider's own comparison has the last word: what it would change is not written.
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
    : `its type is ${quoted(type)}, and only ${CLIENT_TYPES.join(" and ")} can be declared`;

/** Roles are written where they are fewer than the account's: what is not declared is not compared, so leaving them out is always safe. */
function declareRoles(
  type: ClientType,
  names: readonly string[],
  all: readonly string[],
): { readonly declared?: readonly string[]; readonly notes: readonly string[] } {
  if (sameRoles(names, all)) return { notes: [] };
  const distinct = new Map(names.map((name) => [name.toLowerCase(), name]));
  const declared = [...distinct.values()].sort(compareText);
  const [problem] = findProblems({ type, grantedRoles: declared });
  return problem === undefined
    ? { declared, notes: [] }
    : { notes: [sentence(`Its roles are left as they are: ${problem.path} ${problem.reason}`)] };
}

/** What the lists in the account say and the declaration does not: they restrict nothing. */
function whitelistNotes(client: RemoteClient, declaration: Declaration): string[] {
  const { allowedOrigins, allowedIpAddresses } = declaration;
  const lists = [
    {
      kind: "origins",
      live: client.allowedOrigins,
      declared: allowedOrigins,
      dormant: client.sharedMode === "IpAddress",
    },
    {
      kind: "addresses",
      live: client.allowedIpAddresses,
      declared: allowedIpAddresses,
      dormant: client.sharedMode === "Origin",
    },
  ];
  return lists.flatMap(({ kind, live, declared, dormant }) => {
    if (declared !== undefined || live.every((entry) => entry === UNRESTRICTED)) return [];
    const entries =
      live.toSorted(compareText).slice(0, MOST_SHOWN).map(quoted).join(", ") +
      (live.length > MOST_SHOWN ? ", …" : "");
    return dormant
      ? [sentence(`The account also keeps ${kind} that are not in force: ${entries}`)]
      : [sentence(`The account's ${kind} restrict nothing: ${entries}`)];
  });
}

const MOST_SHOWN = 5;
/** How ThinkGeo is likely to write that there is no restriction: nobody chose it. */
const UNRESTRICTED = "*.*.*.*";

const quoted = (text: string): string => JSON.stringify(text.slice(0, 80));
