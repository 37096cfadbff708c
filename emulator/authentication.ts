import { Refusal, type Call } from "./call";
import { failure, refuse } from "./envelope";
import type { Account, Client } from "./entities";
import type { Claims, TokenProblem } from "./tokens";
import { allowsAddress } from "./whitelist";

/** Who calls, once the credentials have been checked. */
export interface Caller {
  readonly account: Account;
  readonly client: Client;
  /** Names of the roles in effect for this call. */
  readonly roles: readonly string[];
}

/** The caller of a management path: a bearer whose client has the role User and comes from an allowed address. */
export function managementCaller(call: Call): Caller {
  const apiKey = apiKeyOf(call);
  const caller = bearer(call) ?? (apiKey === undefined ? undefined : byKey(call, apiKey));
  if (caller === undefined)
    throw unauthorized(call, "This request is either unauthorized or missing its credentials.");
  if (!caller.roles.includes("User")) {
    const message = "This client does not have the role User, which this API requires.";
    throw refuse(call, call.cloud.switches.userRoleRefusal, message);
  }
  return caller;
}

/** The bearer of a token, or undefined where no token was sent. */
export function bearer(call: Call): Caller | undefined {
  const [, token] = /^Bearer\s(.*)$/i.exec(call.headers.authorization ?? "") ?? [];
  if (token === undefined) return undefined;
  const claims = call.cloud.tokens.check(token.trim());
  if (typeof claims === "string") throw unauthorized(call, problems[claims]);
  const account = call.cloud.store.accounts.find((candidate) => candidate.clients.has(claims.clientId));
  const client = account?.clients.get(claims.clientId);
  if (account === undefined || client === undefined)
    throw unauthorized(call, "The token's client does not exist.");
  call.caller = client;
  if (!client.isActive) throw unauthorized(call, "The token's client is not active.");
  if (!allowsAddress(addresses(call, claims, client), call.address)) {
    const { whitelistRefusal } = call.cloud.switches;
    throw refuse(call, whitelistRefusal, "This ThinkGeo Cloud client cannot be used from this IP address.");
  }
  return { account, client, roles: rolesOf(call, claims, account, client) };
}

const problems: Readonly<Record<TokenProblem, string>> = {
  malformed: "The token is malformed.",
  signature: "The token was not issued by this service.",
  expired: "The token is expired.",
  revoked: "The token has been revoked.",
};

function addresses(call: Call, claims: Claims, client: Client): readonly string[] {
  if (call.cloud.switches.rights === "token") return claims.addresses;
  return client.sharedMode === "IpAddress" ? client.allowedIpAddresses : [];
}

function rolesOf(call: Call, claims: Claims, account: Account, client: Client): string[] {
  const fromToken = call.cloud.switches.rights === "token";
  return account.roles
    .filter((role) =>
      fromToken ? claims.roleIds.includes(role.id) : client.grantedRoles.includes(role.name),
    )
    .map((role) => role.name);
}

/** The `apikey` of the query, whatever its case. */
export function apiKeyOf(call: Call): string | undefined {
  return [...call.query].find(([name]) => name.toLowerCase() === "apikey")?.[1];
}

function byKey(call: Call, apiKey: string): Caller {
  const client = call.cloud.store.clientByKey(apiKey);
  const account = client && call.cloud.store.account(client.ownerId);
  const isKnown = client?.isActive === true && client.clientType === "JavaScript";
  if (client !== undefined) call.caller = client;
  if (!isKnown || account === undefined)
    throw unauthorized(call, "The API key is either unauthorized or missing.");
  if (call.cloud.switches.apiKeyOnManagement === "refused") {
    throw unauthorized(call, "This API does not accept the key of a JavaScript client.");
  }
  return { account, client, roles: client.grantedRoles };
}

export function unauthorized(call: Call, message: string): Refusal {
  const reply = failure(call, 401, message);
  return new Refusal({ ...reply, headers: { ...reply.headers, "www-authenticate": "Bearer" } });
}
