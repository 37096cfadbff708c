import type { Call, Handler } from "../call";
import type { Account, Client } from "../entities";
import { JSON_TYPE, type Reply } from "../request";
import { asClaim, claimNames } from "../tokens";
import { allowsAddress } from "../whitelist";

const scope = "ThinkGeoCloudAPIs";
const longestCredential = 100;
const knownGrants = ["client_credentials", "password", "authorization_code", "refresh_token"];

/** `/identity/connect/token`: as IdentityServer4 answers, which is HTTP 400 for every refusal. */
export const token: Handler = (call) => {
  const { store, switches } = call.cloud;
  const isForm = /^application\/x-www-form-urlencoded\b/i.test(call.headers["content-type"] ?? "");
  if (call.method !== "POST" || !isForm) return refusal("invalid_request");
  const form = new URLSearchParams(call.body);
  const { id, secret } = credentials(call, form);
  if (id.length > longestCredential || secret.length > longestCredential) return refusal("invalid_client");
  const client = store.clientByKey(id);
  const account = client && store.account(client.ownerId);
  if (client === undefined || account === undefined || !client.isActive) return refusal("invalid_client");
  if (client.clientType !== "JavaScript" && client.apiSecret !== secret) return refusal("invalid_client");
  call.caller = client;
  const grant = form.get("grant_type") ?? "";
  if (!knownGrants.includes(grant)) return refusal("unsupported_grant_type");
  if (grant !== "client_credentials" || client.clientType === "JavaScript")
    return refusal("unauthorized_client");
  const asked = (form.get("scope") ?? "").split(" ").filter((name) => name !== "");
  if (asked.some((name) => name !== scope)) return refusal("invalid_scope");
  if (switches.tokenAddressCheck && !allowsAddress(client.allowedIpAddresses, call.address)) {
    return refusal("invalid_client");
  }
  return answer({
    access_token: call.cloud.tokens.issue(claims(call, account, client), client.id, switches.tokenLifetime),
    expires_in: switches.expiresIn ?? switches.tokenLifetime,
    token_type: "Bearer",
    ...(switches.tokenScope ? { scope } : {}),
  });
};

/** From the form, or from a Basic header, which IdentityServer4 reads as well. */
function credentials(call: Call, form: URLSearchParams): { id: string; secret: string } {
  const [, basic] = /^Basic (.+)$/i.exec(call.headers.authorization ?? "") ?? [];
  if (basic === undefined)
    return { id: form.get("client_id") ?? "", secret: form.get("client_secret") ?? "" };
  const [id = "", secret = ""] = Buffer.from(basic, "base64").toString("utf8").split(":");
  return { id: decode(id), secret: decode(secret) };
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function claims(call: Call, account: Account, client: Client): Record<string, unknown> {
  const issuer = `${call.cloud.url}/identity`;
  const held = account.roles.filter((role) => client.grantedRoles.includes(role.name));
  return {
    iss: issuer,
    aud: [`${issuer}/resources`, scope],
    client_id: client.apiKey,
    apiKey: client.apiKey,
    clientName: client.name,
    [claimNames.accountId]: account.id,
    [claimNames.accountName]: account.name,
    [claimNames.role]: asClaim(held.map((role) => role.id)),
    SharedMode: client.sharedMode,
    IpAddress: asClaim(client.allowedIpAddresses.length === 0 ? ["*.*.*.*"] : client.allowedIpAddresses),
    scope: [scope],
  };
}

function answer(content: object, status = 200): Reply {
  const headers = {
    ...JSON_TYPE,
    "cache-control": "no-store, no-cache, max-age=0",
    pragma: "no-cache",
  };
  return { status, headers, body: JSON.stringify(content) };
}

const refusal = (error: string): Reply => answer({ error }, 400);

/** `/identity/.well-known/openid-configuration` and its key set. */
export const discovery: Handler = (call) => {
  const issuer = `${call.cloud.url}/identity`;
  return answer({
    issuer,
    jwks_uri: `${issuer}/.well-known/openid-configuration/jwks`,
    token_endpoint: `${issuer}/connect/token`,
    scopes_supported: [scope],
    grant_types_supported: knownGrants,
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post"],
  });
};

export const keySet: Handler = (call) => {
  const { key, kid } = call.cloud.tokens.publicKey();
  return answer({ keys: [{ ...key.export({ format: "jwk" }), use: "sig", alg: "RS256", kid }] });
};
