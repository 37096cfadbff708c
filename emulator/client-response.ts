import { createHash } from "node:crypto";
import type { Cloud } from "./call";
import type { Account, Client } from "./entities";
import type { Switches } from "./switches";

/** Where a client is answered: by its create, by anything else that answers one client, or in the list. */
export type Answering = "create" | "one" | "list";

/** A client as the API answers it, the vendor's ClientResponse. */
export function clientResponse(
  cloud: Cloud,
  account: Account,
  client: Client,
  answering: Answering,
): Record<string, unknown> {
  const { switches } = cloud;
  const addresses = client.allowedIpAddresses;
  const isOpen = client.sharedMode === "IpAddress" && addresses.length === 0;
  const shown = isOpen && switches.unrestricted === "*.*.*.*" ? ["*.*.*.*"] : addresses;
  const order = <T>(list: readonly T[]): readonly T[] => (switches.reorder ? list.toReversed() : list);
  const view = {
    id: client.id,
    name: client.name,
    clientType: cased(client.clientType, switches),
    sharedMode: cased(client.sharedMode, switches),
    allowedOrigins: order(client.allowedOrigins),
    allowedIpAddresses: order(shown),
    grantedRoles: order(rolesView(switches, account, client)),
    isActive: client.isActive,
    apiKey: client.apiKey,
    ...secretView(switches, client, answering),
    ownerId: client.ownerId,
    ...(switches.extraFields === "none" ? {} : client.extra),
  };
  const omitted: readonly string[] = { create: [], one: switches.getOmits, list: switches.listOmits }[
    answering
  ];
  if (omitted.length === 0) return view;
  return Object.fromEntries(Object.entries(view).filter(([field]) => !omitted.includes(field)));
}

/** A word of an enumeration in the casing of the switch `enumCasing`. */
export function cased(word: string, { enumCasing }: Switches): string {
  const forms = {
    declared: word,
    camel: word.slice(0, 1).toLowerCase() + word.slice(1),
    lower: word.toLowerCase(),
    upper: word.toUpperCase(),
  };
  return forms[enumCasing];
}

function rolesView(switches: Switches, account: Account, client: Client): (string | object)[] {
  if (switches.grantedRolesForm === "names") return client.grantedRoles;
  const roles = client.grantedRoles.map((name) => ({
    id: account.roles.find((role) => role.name === name)?.id ?? name,
    name,
  }));
  return switches.grantedRolesForm === "objects" ? roles : roles.map(({ id }) => id);
}

function secretView(switches: Switches, client: Client, answering: Answering): { apiSecret?: string | null } {
  if (client.clientType === "JavaScript" && switches.javaScriptSecret !== "shown") {
    return switches.javaScriptSecret === "null" ? { apiSecret: null } : {};
  }
  const form = answering === "create" ? switches.createSecret : switches.laterSecret;
  if (form === "absent") return {};
  return { apiSecret: form === "shown" ? client.apiSecret : switches.mask };
}

/** The version of a client that If-Match is compared with; it must be the strong form of it. */
export function etagOf(client: Client, form: Switches["etag"]): string {
  const version = createHash("sha256").update(JSON.stringify(client)).digest("hex").slice(0, 16);
  return form === "weak" ? `W/"${version}"` : `"${version}"`;
}
