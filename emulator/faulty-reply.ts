import type { Call } from "./call";
import { clientResponse } from "./client-response";
import { findClient } from "./entities";
import { toJson } from "./envelope";
import type { FaultEffect } from "./fault-rule";
import { isRecord, parsedJson } from "./json";
import { HTML_TYPE, JSON_TYPE, type Reply } from "./request";

type Effect<K extends FaultEffect["kind"]> = Extract<FaultEffect, { kind: K }>;

const page = "<!DOCTYPE html><html><body><h1>Sign in to the network</h1></body></html>";

/** The reply that a fault puts in place of the true one; the true one, where the fault changes only how it is sent. */
export function faultyReply(call: Call, reply: Reply, effect: FaultEffect): Reply {
  switch (effect.kind) {
    case "status":
      return statusReply(effect);
    case "garbage":
      return { status: 200, headers: JSON_TYPE, body: '{"data": [}]} oops' };
    case "empty":
      return { status: 200, headers: JSON_TYPE, body: "" };
    case "html":
      return { status: 200, headers: HTML_TYPE, body: page };
    case "content-type":
      return { ...reply, headers: { ...reply.headers, "content-type": effect.contentType } };
    case "bom":
      return { ...reply, body: `\uFEFF${reply.body}` };
    case "error-envelope":
      return { status: 200, headers: JSON_TYPE, body: errorBody(500, effect.message) };
    case "redirect":
      return { status: effect.status ?? 302, headers: { location: effect.location }, body: "" };
    case "huge-header":
      return { ...reply, headers: { ...reply.headers, "x-huge": "a".repeat(effect.bytes ?? 40_000) } };
    case "reply":
      return { status: effect.status ?? 200, headers: effect.headers ?? JSON_TYPE, body: effect.text ?? "" };
    case "other-client":
      return withClients(call, reply, (client) => otherClient(call, client, effect));
    case "broken-client":
      return withClients(call, reply, (client) => brokenClient(client, effect));
    default:
      return reply;
  }
}

function statusReply(effect: Effect<"status">): Reply {
  const retry = effect.retryAfter === undefined ? {} : { "retry-after": String(effect.retryAfter) };
  const bodies = { json: errorBody(effect.status, effect.message), html: page, empty: "" };
  const form = effect.body ?? "json";
  const type = { json: JSON_TYPE, html: HTML_TYPE, empty: {} }[form];
  return { status: effect.status, headers: { ...type, ...retry }, body: bodies[form] };
}

const errorBody = (code: number, message = "An unexpected problem occurred."): string =>
  JSON.stringify({ data: null, status: "error", error: { code, message } });

/** A reply with each client in it changed; replies without clients stay as they are. */
function withClients(call: Call, reply: Reply, change: (client: unknown) => unknown): Reply {
  const body = reply.status < 400 ? parsedJson(reply.body) : undefined;
  if (!isRecord(body)) return reply;
  const item = (entry: unknown): unknown =>
    isRecord(entry) && isRecord(entry["data"]) ? { ...entry, data: change(entry["data"]) } : change(entry);
  const data = Array.isArray(body["data"]) ? body["data"].map(item) : change(body["data"]);
  return { ...reply, body: toJson(call, { ...body, data }) };
}

function brokenClient(client: unknown, effect: Effect<"broken-client">): unknown {
  const { client: wanted, field = "id", value } = effect;
  if (!isRecord(client) || ![client["id"], client["name"], "*"].includes(wanted)) return client;
  return { ...client, [field]: value };
}

function otherClient(call: Call, client: unknown, effect: Effect<"other-client">): unknown {
  const account = call.caller && call.cloud.store.account(call.caller.ownerId);
  const other = account && findClient(account, effect.client);
  if (!isRecord(client) || account === undefined || other === undefined) return client;
  return clientResponse(call.cloud, account, other, "one");
}
