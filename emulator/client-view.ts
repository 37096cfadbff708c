import { createHash } from "node:crypto";
import type { Cloud } from "./call";
import type { Account, Client } from "./store";
import type { Switches } from "./switches";

/** A client as the API answers it; only the answer of create is sure to carry the secret. */
export function clientView(
  cloud: Cloud,
  account: Account,
  client: Client,
  isNew = false,
): Record<string, unknown> {
  const { switches } = cloud;
  const addresses = client.allowedIpAddresses;
  const isOpen = client.sharedMode === "IpAddress" && addresses.length === 0;
  const shown = isOpen && switches.unrestricted === "*.*.*.*" ? ["*.*.*.*"] : addresses;
  const order = <T>(list: readonly T[]): readonly T[] => (switches.reorder ? list.toReversed() : list);
  return {
    id: client.id,
    name: client.name,
    clientType: client.clientType,
    sharedMode: client.sharedMode,
    allowedOrigins: order(client.allowedOrigins),
    allowedIpAddresses: order(shown),
    grantedRoles: order(rolesView(switches, account, client)),
    isActive: client.isActive,
    apiKey: client.apiKey,
    ...secretView(switches, client, isNew),
    ownerId: client.ownerId,
    ...(switches.extraFields === "none" ? {} : client.extra),
  };
}

function rolesView(switches: Switches, account: Account, client: Client): string[] {
  if (switches.grantedRolesForm === "names") return client.grantedRoles;
  return client.grantedRoles.map((name) => account.roles.find((role) => role.name === name)?.id ?? name);
}

function secretView(switches: Switches, client: Client, isNew: boolean): { apiSecret?: string | null } {
  if (client.clientType === "JavaScript" && switches.javaScriptSecret !== "shown") {
    return switches.javaScriptSecret === "null" ? { apiSecret: null } : {};
  }
  if (isNew || switches.laterSecret === "shown") return { apiSecret: client.apiSecret };
  return switches.laterSecret === "masked" ? { apiSecret: "*".repeat(8) } : {};
}

/** The version of a client that If-Match is compared with. */
export const etagOf = (client: Client): string =>
  `"${createHash("sha256").update(JSON.stringify(client)).digest("hex").slice(0, 16)}"`;
