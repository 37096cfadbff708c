import { apiKeyOf, bearer, unauthorized, type Caller } from "../authentication";
import type { Call, Handler } from "../call";
import { isExpired, serviceRoles, type Client } from "../entities";
import { invalid, refuse, success } from "../envelope";
import { allowsAddress, allowsOrigin } from "../whitelist";

const noKey = "This request is either unauthorized or missing its ThinkGeo Cloud API key.";
const notHere =
  "This ThinkGeo Cloud API key cannot be used. Make sure that the key is your own and allowed from this origin or IP address.";

/**
 * GET /api/v1/elevation/{lat},{lon}: the one real service here. It opens to a JavaScript client's `apikey` or a
 * NativeConfidential client's bearer, within the client's whitelist and roles.
 */
export const elevation: Handler = (call, lat = "", lon = "") => {
  const { account, client, roles } = serviceCaller(call);
  const service = account.roles.find((role) => serviceRoles.includes(role.name) && roles.includes(role.name));
  if (service === undefined) {
    const message = "This client does not have the role Evaluator or Subscriber.";
    throw refuse(call, call.cloud.switches.serviceRoleRefusal, message);
  }
  const { store } = call.cloud;
  if (isExpired(service, store.now()))
    throw refuse(call, 400, `Expiration: the role ${service.name} of this account has expired.`);
  const latitude = degrees(lat, 90);
  const longitude = degrees(lon, 180);
  if (latitude === undefined) return invalid(call, { pointY: ["must be -90 to 90"] });
  if (longitude === undefined) return invalid(call, { pointX: ["must be -180 to 180"] });
  if ((call.query.get("srid") ?? "4326") !== "4326") {
    return invalid(call, { srid: ["The emulator knows no projection but 4326."] });
  }
  const asked = call.query.get("elevationUnit") ?? "Feet";
  const elevationUnit = units.find((unit) => unit.toLowerCase() === asked.toLowerCase());
  if (elevationUnit === undefined) return invalid(call, { elevationUnit: [`must be ${units.join(" or ")}`] });
  store.countUse(client, new Date(store.now()).toISOString().slice(0, 10));
  return success(call, {
    elevation: height(latitude, longitude, elevationUnit),
    elevationUnit,
    latitude,
    longitude,
  });
};

const units = ["Feet", "Meter"] as const;

function serviceCaller(call: Call): Caller {
  const caller = bearer(call);
  if (caller !== undefined) return caller;
  const client = call.cloud.store.clientByKey(apiKeyOf(call) ?? "");
  const account = client && call.cloud.store.account(client.ownerId);
  if (client === undefined || account === undefined || !client.isActive) throw unauthorized(call, noKey);
  call.caller = client;
  if (client.clientType !== "JavaScript") throw unauthorized(call, noKey);
  if (!isAllowed(call, client)) throw refuse(call, call.cloud.switches.whitelistRefusal, notHere);
  return { account, client, roles: client.grantedRoles };
}

function isAllowed(call: Call, client: Client): boolean {
  const { store, switches } = call.cloud;
  const inForce = store.inForce(client, switches.whitelistDelay);
  if (inForce.sharedMode === "IpAddress") return allowsAddress(inForce.allowedIpAddresses, call.address);
  const { origin, referer } = call.headers;
  const sent = { Origin: origin, Referer: referer, either: origin ?? referer }[switches.originHeader];
  return allowsOrigin(inForce.allowedOrigins, sent, switches);
}

function degrees(text: string, most: number): number | undefined {
  const value = /^-?\d+(?:\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
  return Math.abs(value) <= most ? value : undefined;
}

/** No survey, but the same hill at every call: 0 to 2000 metres. */
function height(lat: number, lon: number, unit: (typeof units)[number]): number {
  const metres = 1000 + 600 * Math.sin(lat / 7) + 400 * Math.cos(lon / 11);
  return Math.round(metres * (unit === "Feet" ? 1 / 0.3048 : 1) * 10) / 10;
}
