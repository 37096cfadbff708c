import { managementCaller, type Caller } from "../authentication";
import { Refusal, type Call, type Cloud, type Handler } from "../call";
import { readClientFields, refuseTakenName } from "../client-resource";
import { clientResponse, etagOf, type Answering } from "../client-response";
import type { Client } from "../entities";
import { invalid, listItem, refuse, success } from "../envelope";
import type { Reply } from "../request";

/** GET /api/v1/clients: all of them, inactive ones too; there is no paging. */
export const listClients: Handler = (call) => {
  const caller = managementCaller(call);
  const { cloud } = call;
  const { listLag, listOrder, listCap } = cloud.switches;
  const visible = cloud.store
    .clientsAgo(listLag, caller.account)
    .filter((client) => isVisible(cloud, caller, client) && !stillHidden(cloud, client));
  const ordered = inOrder(visible, listOrder);
  const answered = listCap > 0 ? ordered.slice(0, listCap) : ordered;
  const items = answered.map((client, place) =>
    listItem(
      call,
      clientResponse(cloud, caller.account, client, "list"),
      place,
      `/api/v1/clients/${client.id}`,
    ),
  );
  return success(call, items, 200, { returningCount: items.length, totalCount: visible.length });
};

/** GET /api/v1/clients/{clientId} */
export const getClient: Handler = (call, id = "") => {
  const caller = managementCaller(call);
  const { store, switches } = call.cloud;
  const client = store.clientAgo(switches.getLag, caller.account, id.toLowerCase());
  if (client === undefined || !isVisible(call.cloud, caller, client) || stillHidden(call.cloud, client)) {
    throw unknown(call, caller, id);
  }
  return answer(call, caller, client, "one", 200);
};

/** POST /api/v1/clients */
export const createClient: Handler = (call) => {
  const caller = managementCaller(call);
  const { store, switches, answered, hidden } = call.cloud;
  const key = idempotencyKey(call, caller);
  const earlier = key === undefined ? undefined : answered.get(key);
  if (earlier !== undefined) return earlier;
  const fields = readClientFields(call, caller.account);
  refuseTakenName(call, caller.account, fields.name);
  const client = store.addClient(caller.account, fields);
  if (switches.slowApply > 0) hidden.set(client.id, switches.slowApply);
  const reply = answer(call, caller, client, "create", switches.createStatus);
  if (key !== undefined) answered.set(key, reply);
  return reply;
};

/** POST /api/v1/clients/{clientId}: the body is the whole new client. */
export const updateClient: Handler = (call, id = "") => {
  const caller = managementCaller(call);
  const client = find(call, caller, id);
  const { store, switches } = call.cloud;
  const ifMatch = call.headers["if-match"];
  if (switches.etag !== "off" && ifMatch !== undefined && ifMatch !== "*") {
    // RFC 9110 compares strongly here, by which a weak one equals nothing, itself included.
    const isSame = switches.etag === "strong" && ifMatch === etagOf(client, "strong");
    if (!isSame) throw refuse(call, 412, "The client has been changed since it was read.");
  }
  const fields = readClientFields(call, caller.account, client);
  refuseTakenName(call, caller.account, fields.name, client);
  const changed = { ...client, ...fields };
  store.put(changed);
  const { updateStatus: status, updateAnswer: shown } = switches;
  if (status === 204 || shown === "empty") return empty(status);
  if (shown === "no-data") return success(call, null, status);
  return answer(call, caller, shown === "old" ? client : changed, "one", status);
};

/** DELETE /api/v1/clients?clientIds=…&clientIds=… */
export const deleteClients: Handler = (call) => {
  const caller = managementCaller(call);
  const { store, switches, hidden } = call.cloud;
  const given = [...call.query].filter(([name]) => name.toLowerCase() === "clientids").map(([, id]) => id);
  const ids = { all: given, first: given.slice(0, 1), last: given.slice(-1) }[switches.repeatedIds];
  if (ids.length === 0 || ids.some((id) => id.trim() === "")) {
    return invalid(call, { clientIds: ["The field clientIds is required."] });
  }
  const missing = ids.find((id) => !caller.account.clients.has(id.toLowerCase()));
  const isRefused = missing !== undefined && switches.deleteUnknown === "error";
  if (isRefused && switches.batchDelete === "all-or-nothing") throw unknown(call, caller, missing);
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
  if (isRefused) throw unknown(call, caller, missing);
  const { deleteStatus: status, deleteAnswer: shown } = switches;
  return status === 204 || shown === "empty" ? empty(status) : success(call, null, status);
};

const empty = (status: number): Reply => ({ status, headers: {}, body: "" });

function find(call: Call, caller: Caller, id: string): Client {
  const client = caller.account.clients.get(id.toLowerCase());
  if (client === undefined) throw unknown(call, caller, id);
  return client;
}

function unknown(call: Call, { account }: Caller, id: string): Refusal {
  const { store, switches } = call.cloud;
  const status = store.isDeleted(account, id.toLowerCase()) ? switches.goneStatus : 404;
  return refuse(call, status, `The client with id ${JSON.stringify(id)} does not exist.`);
}

function answer(call: Call, caller: Caller, client: Client, answering: Answering, status: number): Reply {
  const { etag } = call.cloud.switches;
  const reply = success(call, clientResponse(call.cloud, caller.account, client, answering), status);
  return etag === "off" ? reply : { ...reply, headers: { ...reply.headers, etag: etagOf(client, etag) } };
}

function idempotencyKey(call: Call, caller: Caller): string | undefined {
  const sent = call.headers["idempotency-key"];
  return call.cloud.switches.idempotencyKeys && sent !== undefined
    ? `${caller.account.id} ${String(sent)}`
    : undefined;
}

/** Whether reads of this caller show the client at all. */
const isVisible = (cloud: Cloud, caller: Caller, client: Client): boolean =>
  cloud.switches.visibleClients === "all" || client.id === caller.client.id;

/** Counts one read of a client that is new: whether that read still misses it. */
function stillHidden(cloud: Cloud, client: Client): boolean {
  const reads = cloud.hidden.get(client.id) ?? 0;
  if (reads === 0) return false;
  if (reads === 1) cloud.hidden.delete(client.id);
  else cloud.hidden.set(client.id, reads - 1);
  return true;
}

function inOrder(clients: Client[], order: Cloud["switches"]["listOrder"]): Client[] {
  if (order === "reversed") return clients.toReversed();
  if (order === "name") return clients.toSorted((a, b) => a.name.localeCompare(b.name));
  return clients;
}
