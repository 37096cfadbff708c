import {
  existingIn,
  liveClient,
  readPlan,
  readState,
  type ClientPlan,
  type LiveClient,
} from "../../provider/model/client";
import { diffClient } from "../../provider/model/diff";
import { inputsOf, toProperties } from "../../provider/model/outputs";
import { hasRole, toRoleNames, type Role } from "../../provider/model/roles";
import type { RemoteClient } from "../../provider/model/wire";
import { AddressList, OriginList, type Whitelists } from "../../provider/whitelist";
import type { ManagedClient } from "../stacks/state";
import { formatNumber, textsIn } from "../text";
import { accessChange } from "./access";
import type { Access, Change } from "./report";

/** The roles by id: empty if the API gives roles by name, undefined if it gives ids and does not explain them. */
export type RoleTable = readonly Role[] | undefined;

const COMPARED = ["type", "name", "active", "grantedRoles", "allowedOrigins", "allowedIpAddresses"] as const;
type Compared = (typeof COMPARED)[number];

/** In which properties the account's client is not what the stack declares, compared as the provider does. */
export function changesOf(managed: ManagedClient, live: RemoteClient, roles: RoleTable): Change[] {
  const { values, secret, encrypted } = managed.inputs;
  const declared: Readonly<Record<string, unknown>> =
    typeof values["type"] === "string" ? values : inputsOf(managed.outputs.values);
  const actual = liveClient(
    live,
    existingIn(readState(declared)),
    toRoleNames(live.grantedRoles, roles ?? []),
  );
  const plan = readPlan({ ...declared, replaceWhenChanged: undefined });
  const { changed, replaces } = diffClient(live.id, actual, plan);
  const differs = new Set<string>([...changed, ...replaces.filter((key) => key === "type")]);
  return COMPARED.filter(
    (key) => differs.has(key) && !encrypted.has(key) && (key !== "grantedRoles" || roles !== undefined),
  ).map((property) =>
    secret.has(property) ? secretChange(property) : changeOf(property, declared, plan, actual),
  );
}

const secretChange = (property: Compared): Change => ({
  property,
  secret: true,
  declared: null,
  actual: null,
  opens: null,
  closes: null,
});

function changeOf(
  property: Compared,
  declared: Readonly<Record<string, unknown>>,
  plan: ClientPlan,
  live: LiveClient,
): Change {
  const change = {
    property,
    secret: false,
    declared: declared[property] ?? null,
    actual: toProperties(live)[property] ?? null,
  };
  if (property !== "allowedOrigins" && property !== "allowedIpAddresses")
    return { ...change, opens: null, closes: null };
  return { ...change, ...accessChange(property, whitelistsOf(plan), whitelistsOf(live)) };
}

const whitelistsOf = ({ allowedOrigins, allowedIpAddresses }: ClientPlan): Whitelists => ({
  allowedOrigins: allowedOrigins instanceof OriginList ? allowedOrigins : new OriginList(),
  allowedIpAddresses: allowedIpAddresses instanceof AddressList ? allowedIpAddresses : new AddressList(),
});

/** One change as a line of text. For a whitelist it says which callers are allowed now, and which are not any more. */
export function changeText(change: Change): string {
  const { property, secret } = change;
  return `${property}: ${secret ? "differs (its values are secret)" : textOf(change)}`;
}

function textOf({ property, declared, actual, opens, closes }: Change): string {
  if (opens !== null && closes !== null) return accessText(opens, closes, actual);
  if (property === "grantedRoles") {
    const [wanted, has] = [textsIn(declared), textsIn(actual)];
    return joined([
      listText("adds", rolesWithout(has, wanted), limited),
      listText("drops", rolesWithout(wanted, has), limited),
    ]);
  }
  return `declared ${JSON.stringify(declared)}, is ${JSON.stringify(actual)}`;
}

function accessText(opens: Access, closes: Access, actual: unknown): string {
  const opened = opens.everything
    ? "opens to every caller"
    : listText("opens", opens.entries, () => entriesText(opens));
  const closed = closes.everything
    ? `closes to all but ${entriesText(closes)}`
    : listText("closes", closes.entries, () => entriesText(closes));
  const text = joined([opened, closed]);
  // The entries differ and allow the same callers: one covers another.
  return text === "" ? `opens and closes nothing, is ${limited(textsIn(actual))}` : text;
}

const listText = (
  verb: string,
  entries: readonly string[],
  text: (entries: readonly string[]) => string,
): string => (entries.length === 0 ? "" : `${verb} ${text(entries)}`);

function entriesText({ entries, addresses }: Access): string {
  if (addresses <= 1 || addresses === entries.length) return limited(entries);
  return `${formatNumber(addresses)} addresses (${limited(entries)})`;
}

const joined = (parts: readonly string[]): string => parts.filter((part) => part !== "").join(", ");

const rolesWithout = (list: readonly string[], others: readonly string[]): string[] =>
  list.filter((role) => !hasRole(others, role));

const MOST_ENTRIES = 8;

function limited(list: readonly string[]): string {
  const more = list.length - MOST_ENTRIES;
  return list.slice(0, MOST_ENTRIES).join(", ") + (more > 0 ? ` and ${formatNumber(more)} more` : "");
}
