import { randomUUID } from "node:crypto";
import { managementCaller, type Caller } from "./bearer";
import { Refusal, type Call, type Handler, type Reply } from "./call";
import { clientList, stillHidden } from "./client-list";
import { readClientFields } from "./client-resource";
import { clientView, etagOf } from "./client-view";
import { invalid, refuse, success, successText } from "./envelope";
import { newApiKey, newApiSecret } from "./keys";
import type { Client } from "./store";

/** GET /api/v1/clients: all of them, inactive ones too; there is no paging. */
export const listClients: Handler = (call) => {
  const { account } = managementCaller(call);
  const { text, returned, total } = clientList(call.cloud, account);
  return successText(call, text, 200, { returningCount: returned, totalCount: total });
};

/** GET /api/v1/clients/{clientId} */
export const getClient: Handler = (call, id = "") => {
  const caller = managementCaller(call);
  const client = find(call, caller, id);
  if (stillHidden(call.cloud, client)) throw unknown(call, id);
  return answer(call, caller, client);
};

/** POST /api/v1/clients */
export const createClient: Handler = (call) => {
  const caller = managementCaller(call);
  const { store, switches, answered, hidden } = call.cloud;
  const key = idempotencyKey(call, caller);
  const earlier = key === undefined ? undefined : answered.get(key);
  if (earlier !== undefined) return earlier;
  const fields = readClientFields(call, caller.account);
  checkName(call, caller, fields.name);
  const client: Client = {
    ...fields,
    id: randomUUID(),
    ownerId: caller.account.id,
    apiKey: newApiKey(),
    apiSecret: newApiSecret(),
  };
  store.put(client);
  if (switches.slowApply > 0) hidden.set(client.id, switches.slowApply);
  const reply = answer(call, caller, client, true);
  if (key !== undefined) answered.set(key, reply);
  return reply;
};

/** POST /api/v1/clients/{clientId}: the body is the whole new client. */
export const updateClient: Handler = (call, id = "") => {
  const caller = managementCaller(call);
  const client = find(call, caller, id);
  const ifMatch = call.headers["if-match"];
  if (call.cloud.switches.etag && ifMatch !== undefined && ifMatch !== "*" && ifMatch !== etagOf(client)) {
    throw refuse(call, 412, "The client has been changed since it was read.");
  }
  const fields = readClientFields(call, caller.account, client);
  checkName(call, caller, fields.name, client);
  const changed = { ...client, ...fields };
  call.cloud.store.put(changed);
  return answer(call, caller, changed);
};

/** DELETE /api/v1/clients?clientIds=…&clientIds=… */
export const deleteClients: Handler = (call) => {
  const caller = managementCaller(call);
  const { store, switches, hidden } = call.cloud;
  const ids = [...call.query].filter(([name]) => name.toLowerCase() === "clientids").map(([, id]) => id);
  if (ids.length === 0 || ids.some((id) => id.trim() === "")) {
    return invalid(call, { clientIds: ["The field clientIds is required."] });
  }
  const missing = ids.find((id) => !caller.account.clients.has(id.toLowerCase()));
  const isRefused = missing !== undefined && switches.deleteUnknown === "error";
  if (isRefused && switches.batchDelete === "all-or-nothing") throw unknown(call, missing);
  if (switches.selfDelete === "refused" && ids.some((id) => id.toLowerCase() === caller.client.id)) {
    return invalid(call, { clientIds: ["A client cannot delete itself."] });
  }
  const known = ids
    .map((id) => caller.account.clients.get(id.toLowerCase()))
    .filter((client) => client !== undefined);
  for (const client of new Set(known)) {
    hidden.delete(client.id);
    if (switches.softDelete) store.put({ ...client, isActive: false });
    else store.remove(client);
  }
  if (isRefused) throw unknown(call, missing);
  return switches.deleteStatus === 204 ? { status: 204, headers: {}, body: "" } : success(call, null);
};

function find(call: Call, caller: Caller, id: string): Client {
  const client = caller.account.clients.get(id.toLowerCase());
  if (client === undefined) throw unknown(call, id);
  return client;
}

const unknown = (call: Call, id: string): Refusal =>
  refuse(call, 404, `The client with id ${JSON.stringify(id)} does not exist.`);

function answer(call: Call, caller: Caller, client: Client, isNew = false): Reply {
  const { switches } = call.cloud;
  const view = clientView(call.cloud, caller.account, client, isNew);
  const reply = success(call, view, isNew ? switches.createStatus : 200);
  return switches.etag ? { ...reply, headers: { ...reply.headers, etag: etagOf(client) } } : reply;
}

function checkName(call: Call, caller: Caller, name: string, self?: Client): void {
  const { uniqueNames, conflictStatus } = call.cloud.switches;
  if (!uniqueNames) return;
  const isTaken = [...caller.account.clients.values()].some(
    (other) => other.name === name && other.id !== self?.id,
  );
  if (!isTaken) return;
  const message = "A client with this name already exists.";
  throw conflictStatus === 400 ? new Refusal(invalid(call, { name: [message] })) : refuse(call, 409, message);
}

function idempotencyKey(call: Call, caller: Caller): string | undefined {
  const sent = call.headers["idempotency-key"];
  return call.cloud.switches.idempotencyKeys && sent !== undefined
    ? `${caller.account.id} ${String(sent)}`
    : undefined;
}
