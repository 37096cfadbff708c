import { liveClient, readPlan, type ClientPlan, type LiveClient } from "../../provider/model/client";
import { diffClient } from "../../provider/model/diff";
import { inputsOf, toProperties } from "../../provider/model/outputs";
import { toRoleNames, type Role } from "../../provider/model/roles";
import type { RemoteClient } from "../../provider/model/wire";
import { AddressList, OriginList, type Whitelists } from "../../provider/whitelist";
import type { Managed } from "../stacks/managed";
import { accessChange } from "./access";
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
  const actual = liveClient(live, String(wanted["type"]), toRoleNames(live.grantedRoles, roles ?? []));
  const plan = readPlan({ ...wanted, replaceWhenChanged: undefined });
  const { changed, replaces } = diffClient(live.id, actual, plan);
  const differs = new Set<string>([...changed, ...replaces.filter((key) => key === "type")]);
  const compared = COMPARED.filter(
    (key) => differs.has(key) && !sealed.has(key) && (key !== "grantedRoles" || roles !== undefined),
  );
  return compared.map((property) =>
    secret.has(property) ? hiddenChange(property) : shownChange(property, wanted, plan, actual),
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
  plan: ClientPlan,
  live: LiveClient,
): Change {
  const change = {
    property,
    secret: false,
    declared: wanted[property] ?? null,
    actual: toProperties(live)[property] ?? null,
  };
  if (property !== "allowedOrigins" && property !== "allowedIpAddresses")
    return { ...change, opens: null, closes: null };
  return { ...change, ...accessChange(property, whitelistsOf(plan), whitelistsOf(live)) };
}

/** The whitelists in what is declared, or in what there is. */
const whitelistsOf = ({ allowedOrigins, allowedIpAddresses }: ClientPlan): Whitelists => ({
  allowedOrigins: allowedOrigins instanceof OriginList ? allowedOrigins : new OriginList(),
  allowedIpAddresses: allowedIpAddresses instanceof AddressList ? allowedIpAddresses : new AddressList(),
});
