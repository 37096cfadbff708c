import type { Call, Reply } from "./call";
import { clientView } from "./client-view";
import { toJson } from "./envelope";
import type { FaultEffect } from "./faults";
import { isRecord } from "./json";

type Effect = Extract<FaultEffect, { kind: "other-client" | "broken-client" }>;

/** A reply in which a client is not as it should be; replies without clients stay as they are. */
export function altered(call: Call, reply: Reply, effect: Effect): Reply {
  const body = reply.status < 400 ? parsed(reply.body) : undefined;
  if (!isRecord(body)) return reply;
  const change = (client: unknown): unknown =>
    effect.kind === "broken-client" ? broken(client, effect) : otherView(call, client, effect.client);
  const item = (entry: unknown): unknown =>
    isRecord(entry) && isRecord(entry["data"]) ? { ...entry, data: change(entry["data"]) } : change(entry);
  const data = Array.isArray(body["data"]) ? body["data"].map(item) : change(body["data"]);
  return { ...reply, body: toJson(call, { ...body, data }) };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function broken(client: unknown, effect: Extract<Effect, { kind: "broken-client" }>): unknown {
  const { client: wanted, field = "id", value } = effect;
  if (!isRecord(client) || (client["id"] !== wanted && client["name"] !== wanted)) return client;
  return { ...client, [field]: value };
}

function otherView(call: Call, client: unknown, wanted: string): unknown {
  const account = call.caller && call.cloud.store.account(call.caller.ownerId);
  const other = [...(account?.clients.values() ?? [])].find(
    ({ id, name }) => id === wanted || name === wanted,
  );
  if (!isRecord(client) || account === undefined || other === undefined) return client;
  return clientView(call.cloud, account, other, "one");
}
