import type { Emulator } from "../emulator";
import type { EmulatorAccount } from "../emulator-account";
import type { Client, ClientInput, RoleInput } from "../entities";
import { checkFaultRule } from "../fault-rule";
import type { Fault } from "../faults";
import { isFlag, isOneOf, isRecord, isText, isTextList, type Check } from "../json";
import { JSON_TYPE, type Reply } from "../request";
import type { Route } from "../router";
import { checkSwitches } from "../switches";

/** What an administrative request brings. */
interface AdminRequest {
  readonly emulator: Emulator;
  readonly body: unknown;
  readonly query: URLSearchParams;
}

/** Answers one administrative request; `ids` are the variable parts of its path. */
type AdminHandler = (ask: AdminRequest, ...ids: string[]) => Reply;

/** A refusal under /emulator/. */
export class AdminProblem extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

export const jsonReply = (content: unknown, status = 200): Reply => ({
  status,
  headers: JSON_TYPE,
  body: `${JSON.stringify(content, undefined, 2)}\n`,
});

/** A route that answers JSON, or nothing. */
function route(
  method: string,
  path: string,
  answer: (request: AdminRequest, ...ids: string[]) => unknown,
): Route<AdminHandler> {
  const handler: AdminHandler = (request, ...ids) => {
    const content = answer(request, ...ids);
    return content === undefined ? { status: 204, headers: {}, body: "" } : jsonReply(content);
  };
  return [method, `/emulator${path}`, handler];
}

export const adminRoutes: readonly Route<AdminHandler>[] = [
  route("GET", "", ({ emulator }) => ({ url: emulator.url, accounts: emulator.accounts.map(accountView) })),

  route("GET", "/accounts", ({ emulator }) => emulator.accounts.map(accountView)),
  route("POST", "/accounts", ({ emulator, body }) =>
    accountView(emulator.addAccount({ name: optionalText(body, "name") })),
  ),
  route("GET", "/accounts/{account}", ({ emulator }, id) => accountView(accountOf(emulator, id))),
  route("POST", "/accounts/{account}/roles", ({ emulator, body }, id) => {
    const account = accountOf(emulator, id);
    account.setRoles(checkRoles(body));
    return account.roles();
  }),

  route("GET", "/accounts/{account}/clients", ({ emulator }, id) => accountOf(emulator, id).clients()),
  route("POST", "/accounts/{account}/clients", ({ emulator, body }, id) =>
    accountOf(emulator, id).addClient(checkClientInput(body)),
  ),
  route("GET", "/accounts/{account}/clients/{client}", ({ emulator }, id, client) =>
    clientOf(accountOf(emulator, id), client),
  ),
  route("PATCH", "/accounts/{account}/clients/{client}", ({ emulator, body }, id, client) => {
    const account = accountOf(emulator, id);
    return account.editClient(clientOf(account, client).id, checkClientChanges(body));
  }),
  route("DELETE", "/accounts/{account}/clients/{client}", ({ emulator }, id, client) => {
    const account = accountOf(emulator, id);
    account.deleteClient(clientOf(account, client).id);
  }),

  route("GET", "/requests", ({ emulator, query }) => {
    const method = query.get("method");
    const path = query.get("path");
    const requests = emulator.requests({
      ...(method !== null && { method }),
      ...(path !== null && { path }),
    });
    return { count: requests.length, maxInFlight: emulator.maxInFlight, requests };
  }),
  route("DELETE", "/requests", ({ emulator }) => {
    emulator.clearRequests();
  }),

  route("GET", "/switches", ({ emulator }) => emulator.switches),
  route("PATCH", "/switches", ({ emulator, body }) => {
    emulator.setSwitches(checkSwitches(body));
    return emulator.switches;
  }),
  route("DELETE", "/switches", ({ emulator }) => {
    emulator.resetSwitches();
    return emulator.switches;
  }),

  route("GET", "/faults", ({ emulator }) => emulator.faults.map(faultView)),
  route("POST", "/faults", ({ emulator, body }) => faultView(emulator.fault(checkFaultRule(body)))),
  route("DELETE", "/faults", ({ emulator }) => {
    emulator.clearFaults();
  }),
  route("DELETE", "/faults/{fault}", ({ emulator }, id) => {
    faultOf(emulator, id).remove();
  }),
  route("POST", "/faults/{fault}/release", ({ emulator }, id) => {
    faultOf(emulator, id).release();
  }),

  route("POST", "/tokens/revoke", ({ emulator, body }) => ({
    revoked: emulator.revokeTokens(optionalText(body, "clientId")),
  })),
];

function accountView(account: EmulatorAccount): object {
  const { id, name, clientId, clientSecret, operatorId } = account;
  return { id, name, clientId, clientSecret, operatorId, roles: account.roles() };
}

const faultView = ({ id, rule, matched, fired }: Fault): object => ({ id, rule, matched, fired });

/** By GUID, or by place: 0 is the first account. */
function accountOf({ accounts }: Emulator, id = ""): EmulatorAccount {
  const account = accounts.find((candidate, place) => candidate.id === id || String(place) === id);
  if (account === undefined) throw new AdminProblem(404, `There is no account "${id}".`);
  return account;
}

/** By GUID, or by name. */
function clientOf(account: EmulatorAccount, id = ""): Client {
  const client = account.client(id);
  if (client === undefined) throw new AdminProblem(404, `The account has no client "${id}".`);
  return client;
}

function faultOf({ faults }: Emulator, id = ""): Fault {
  const fault = faults.find((candidate) => candidate.id === id);
  if (fault === undefined) throw new AdminProblem(404, `There is no fault "${id}".`);
  return fault;
}

const clientFields: Readonly<Record<string, Check>> = {
  name: isText,
  clientType: isOneOf("JavaScript", "NativeConfidential"),
  sharedMode: isOneOf("Origin", "IpAddress"),
  allowedOrigins: isTextList,
  allowedIpAddresses: isTextList,
  grantedRoles: isTextList,
  isActive: isFlag,
  apiSecret: isText,
  extra: isRecord,
};

/** Changes to a client's true content; the service's own rules are not applied. */
function checkClientChanges(body: unknown): Partial<Omit<Client, "id" | "ownerId" | "apiKey">> {
  if (!isRecord(body)) throw new Error("The body must be an object of fields.");
  for (const [name, value] of Object.entries(body)) {
    if (!Object.hasOwn(clientFields, name))
      throw new Error(`A client has no field "${name}" that can be set.`);
    if (clientFields[name]?.(value) !== true)
      throw new Error(`The field ${name} cannot be ${JSON.stringify(value)}.`);
  }
  return body;
}

function checkClientInput(body: unknown): ClientInput {
  const { name, ...others } = checkClientChanges(body);
  if (name === undefined) throw new Error("A client needs a name.");
  return { name, ...others };
}

/** `{"roles": ["User", {"name": "Evaluator", "expiration": "2026-01-01T00:00:00Z"}]}` */
function checkRoles(body: unknown): RoleInput[] {
  const roles: unknown = isRecord(body) ? body["roles"] : undefined;
  if (!Array.isArray(roles) || !roles.every(isRole)) {
    throw new Error('The body must be {"roles": [...]}: names, or objects with name and expiration.');
  }
  return roles;
}

function isRole(value: unknown): value is RoleInput {
  if (isText(value)) return true;
  if (!isRecord(value) || !isText(value["name"])) return false;
  const expiration = value["expiration"] ?? null;
  return expiration === null || (isText(expiration) && !Number.isNaN(Date.parse(expiration)));
}

function optionalText(body: unknown, field: string): string | undefined {
  const value = isRecord(body) ? body[field] : undefined;
  if (value === undefined || isText(value)) return value;
  throw new Error(`The field ${field} must be text.`);
}
