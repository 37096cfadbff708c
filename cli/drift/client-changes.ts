import { diffClient, type Existing } from "../../provider/model/diff";
import { toRoleNames, type Role } from "../../provider/model/roles";
import type { RemoteClient } from "../../provider/model/wire";
import { existingOf, inputsOf } from "../../provider/model/outputs";
import { accessChange, type Whitelists } from "./access";
import type { Managed } from "../stacks/managed";
import type { Change } from "./report";

/** What is needed to read roles; without a table where the API names roles, `undefined` where they cannot be compared. */
export type RoleTable = readonly Role[] | undefined;

const COMPARED = ["type", "name", "active", "grantedRoles", "allowedOrigins", "allowedIpAddresses"] as const;
type Compared = (typeof COMPARED)[number];

/** What the account has that the stack did not declare, by the provider's own comparison. */
export function clientChanges(managed: Managed, live: RemoteClient, roles: RoleTable): Change[] {
  const { values, secret, sealed } = managed.inputs;
  const wanted: Readonly<Record<string, unknown>> =
    typeof values["type"] === "string" ? values : inputsOf(managed.outputs.values);
  const existing = {
    ...existingOf(live, String(wanted["type"]), toRoleNames(live.grantedRoles, roles ?? [])),
    replaceWhenChanged: undefined,
  };
  const { changed, replaces } = diffClient(live.id, existing, wanted);
  const differs = new Set([...changed, ...replaces.filter((key) => key === "type")]);
  const compared = COMPARED.filter(
    (key) => differs.has(key) && !sealed.has(key) && (key !== "grantedRoles" || roles !== undefined),
  );
  return compared.map((property) =>
    secret.has(property) ? hiddenChange(property) : shownChange(property, wanted, existing),
  );
}

const hiddenChange = (property: Compared): Change => ({
  property,
  secret: true,
  declared: null,
  actual: null,
  opens: null,
  closes: null,
});

function shownChange(
  property: Compared,
  wanted: Readonly<Record<string, unknown>>,
  existing: Existing,
): Change {
  const change = {
    property,
    secret: false,
    declared: wanted[property] ?? null,
    actual: existing[property] ?? null,
  };
  if (property !== "allowedOrigins" && property !== "allowedIpAddresses")
    return { ...change, opens: null, closes: null };
  return { ...change, ...accessChange(property, whitelistsOf(wanted), whitelistsOf(existing)) };
}

/** The whitelists in what is declared, or in what there is. */
export function whitelistsOf(of: {
  readonly allowedOrigins?: unknown;
  readonly allowedIpAddresses?: unknown;
}): Whitelists {
  return { allowedOrigins: texts(of.allowedOrigins), allowedIpAddresses: texts(of.allowedIpAddresses) };
}

const texts = (value: unknown): string[] =>
  Array.isArray(value) ? value.filter((item) => typeof item === "string") : [];
