import { apiKeyOf, bearer, unauthorized } from "./bearer";
import type { Call, Handler } from "./call";
import { invalid, refuse, success } from "./envelope";
import { isExpired, serviceRoles } from "./roles";
import type { Account, Client } from "./store";
import { allowsAddress, allowsOrigin } from "./whitelist";

const noKey = "This request is either unauthorized or missing its ThinkGeo Cloud API key.";
const notHere =
  "This ThinkGeo Cloud API key cannot be used. Make sure that the key is your own and allowed from this origin or IP address.";

/**
 * GET /api/v1/elevation/by-point/{lat}/{lon} and /api/v1/elevation/{lat},{lon}: the one real service here. It opens
 * to a JavaScript client's `apikey` or a NativeConfidential client's bearer, within the client's whitelist and roles.
 */
export const elevation: Handler = (call, lat = "", lon = "") => {
  const { account, client, roles } = serviceCaller(call);
  const service = account.roles.find((role) => serviceRoles.includes(role.name) && roles.includes(role.name));
  if (service === undefined)
    throw refuse(call, 403, "This client does not have the role Evaluator or Subscriber.");
  if (isExpired(service))
    throw refuse(call, 400, `Expiration: the role ${service.name} of this account has expired.`);
  const latitude = degrees(lat, 90);
  const longitude = degrees(lon, 180);
  if (latitude === undefined || longitude === undefined) {
    return invalid(
      call,
      latitude === undefined ? { lat: ["must be -90 to 90"] } : { lon: ["must be -180 to 180"] },
    );
  }
  call.cloud.store.countUse(client, new Date().toISOString().slice(0, 10));
  return success(call, { elevation: height(latitude, longitude), point: `POINT (${longitude} ${latitude})` });
};

function serviceCaller(call: Call): { account: Account; client: Client; roles: readonly string[] } {
  const caller = bearer(call);
  if (caller !== undefined) return caller;
  const client = call.cloud.store.clientByKey(apiKeyOf(call) ?? "");
  const account = client && call.cloud.store.account(client.ownerId);
  if (client === undefined || account === undefined || !client.isActive) throw unauthorized(call, noKey);
  call.caller = client;
  if (client.clientType !== "JavaScript") throw unauthorized(call, noKey);
  if (!isAllowed(call, client)) throw refuse(call, 403, notHere);
  return { account, client, roles: client.grantedRoles };
}

function isAllowed(call: Call, client: Client): boolean {
  if (client.sharedMode === "IpAddress") return allowsAddress(client.allowedIpAddresses, call.address);
  const { originHeader, wildcardCoversBare } = call.cloud.switches;
  const { origin, referer } = call.headers;
  const sent = { Origin: origin, Referer: referer, either: origin ?? referer }[originHeader];
  return allowsOrigin(client.allowedOrigins, sent, wildcardCoversBare);
}

function degrees(text: string, most: number): number | undefined {
  const value = /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  return Math.abs(value) <= most ? value : undefined;
}

/** No survey, but the same hill at every call: metres between 0 and 2000. */
const height = (lat: number, lon: number): number =>
  Math.round((1000 + 600 * Math.sin(lat / 7) + 400 * Math.cos(lon / 11)) * 10) / 10;
