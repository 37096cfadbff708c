import { accountRoles, clientRoles, currentAccount } from "./account";
import { Refusal, type Call, type Handler, type Reply } from "./call";
import { createClient, deleteClients, getClient, listClients, updateClient } from "./clients";
import { elevation } from "./elevation";
import { failure, pageNotFound } from "./envelope";
import { statisticsByClient } from "./statistics";
import { swagger } from "./swagger";
import { discovery, keySet, token } from "./token";

/** A route: the method ("*" for any), its path with variable parts in braces, and who answers. */
type Route = readonly [method: string, path: string, handler: Handler];

const routes: readonly Route[] = [
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
];

const compiled = routes.map(([method, path, handler]) => ({ method, pattern: routePattern(path), handler }));

function routePattern(path: string): RegExp {
  const literal = path.replaceAll(".", "\\.").replaceAll(/\{\w+\}/g, "([^/]+?)");
  return new RegExp(`^${literal}/?$`, "i");
}

/** Answers one call as the service would. */
export function dispatch(call: Call): Reply {
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
  const onPath = compiled.filter(({ pattern }) => pattern.test(call.path));
  const route = onPath.find(({ method }) => method === "*" || method === call.method);
  if (route !== undefined) return run(call, route.handler, captures(route.pattern, call.path));
  if (onPath.length === 0) return pageNotFound();
  const allow = onPath.map(({ method }) => method).join(", ");
  if (call.method !== "OPTIONS") return { status: 405, headers: { allow }, body: "" };
  const headers = {
    "access-control-allow-methods": allow,
    "access-control-allow-headers": "authorization, content-type",
  };
  return { status: 204, headers, body: "" };
}

function run(call: Call, handler: Handler, parts: readonly string[] | undefined): Reply {
  if (parts === undefined) return { status: 400, headers: {}, body: "" };
  try {
    return handler(call, ...parts);
  } catch (error) {
    if (error instanceof Refusal) return error.reply;
    throw error;
  }
}

/** The variable parts of a path; undefined where their encoding is wrong. */
function captures(pattern: RegExp, path: string): string[] | undefined {
  try {
    return (pattern.exec(path) ?? []).slice(1).map((part) => decodeURIComponent(part));
  } catch {
    return undefined;
  }
}
