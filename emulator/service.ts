import { Refusal, type Call, type Handler } from "./call";
import { failure, pageNotFound } from "./envelope";
import type { Reply } from "./request";
import { Router } from "./router";
import { accountRoles, clientRoles, currentAccount, statisticsByClient } from "./routes/account";
import { createClient, deleteClients, getClient, listClients, updateClient } from "./routes/clients";
import { elevation } from "./routes/elevation";
import { swagger } from "./routes/swagger";
import { discovery, keySet, token } from "./routes/token";

const router = new Router<Handler>([
  ["*", "/identity/connect/token", token],
  ["GET", "/identity/.well-known/openid-configuration", discovery],
  ["GET", "/identity/.well-known/openid-configuration/jwks", keySet],
  ["GET", "/swagger/v1/swagger.json", swagger],
  ["GET", "/api/v1/clients", listClients],
  ["POST", "/api/v1/clients", createClient],
  ["DELETE", "/api/v1/clients", deleteClients],
  ["GET", "/api/v1/clients/roles", clientRoles],
  ["GET", "/api/v1/clients/{clientId}", getClient],
  ["POST", "/api/v1/clients/{clientId}", updateClient],
  ["GET", "/api/v1/accounts/current", currentAccount],
  ["GET", "/api/v1/roles/accounts/current", accountRoles],
  ["GET", "/api/v1/accounts/current/statistics/byclient", statisticsByClient],
  ["GET", "/api/v1/elevation/{lat},{lon}", elevation],
]);

/** Answers one call as the service would. */
export function serviceReply(call: Call): Reply {
  const reply = withinLimits(call) ?? answered(call);
  const isCrossOrigin = call.headers.origin !== undefined && call.path.startsWith("/api/");
  return isCrossOrigin
    ? { ...reply, headers: { ...reply.headers, "access-control-allow-origin": "*" } }
    : reply;
}

function withinLimits(call: Call): Reply | undefined {
  const { switches } = call.cloud;
  const target = call.path.length + call.query.toString().length + 1;
  if (switches.urlLimit > 0 && target > switches.urlLimit) return { status: 414, headers: {}, body: "" };
  if (switches.quota === 0 || !call.path.startsWith("/api/")) return undefined;
  call.cloud.quotaLeft -= 1;
  if (call.cloud.quotaLeft >= 0) return undefined;
  const reply = failure(call, 429, "The quota of this account is used up.");
  if (switches.quotaRetryAfter === "") return reply;
  return { ...reply, headers: { ...reply.headers, "retry-after": switches.quotaRetryAfter } };
}

function answered(call: Call): Reply {
  if (call.path.includes("/.well-known/") && !call.cloud.switches.wellKnown) return pageNotFound();
  try {
    const found = router.find(call.method, call.path);
    return found === undefined
      ? notHere(call.method, router.methodsAt(call.path))
      : found.handler(call, ...found.captures);
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    if (error instanceof URIError) return { status: 400, headers: {}, body: "" };
    throw error;
  }
}

function notHere(method: string, methods: readonly string[]): Reply {
  if (methods.length === 0) return pageNotFound();
  const allow = methods.join(", ");
  if (method !== "OPTIONS") return { status: 405, headers: { allow }, body: "" };
  const headers = {
    "access-control-allow-methods": allow,
    "access-control-allow-headers": "authorization, content-type",
  };
  return { status: 204, headers, body: "" };
}
