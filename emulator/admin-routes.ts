import { checkClientChanges, checkClientInput, checkRoles, optionalText } from "./admin-input";
import type { Emulator } from "./emulator";
import type { EmulatorAccount } from "./emulator-account";
import { checkFaultRule } from "./fault-rule";
import type { Fault } from "./faults";
import type { Client } from "./store";
import { checkSwitches } from "./switch-values";

/** What an administrative request brings. */
interface Ask {
  readonly emulator: Emulator;
  readonly body: unknown;
  readonly query: URLSearchParams;
  /** The variable parts of the path. */
  readonly ids: readonly string[];
}

interface AdminRoute {
  readonly method: string;
  readonly path: RegExp;
  readonly answer: (ask: Ask) => unknown;
}

/** A refusal under /emulator/. */
export class AdminProblem extends Error {
  constructor(
    readonly status: number,
    message: string,
  ) {
    super(message);
  }
}

const route = (method: string, path: string, answer: AdminRoute["answer"]): AdminRoute => ({
  method,
  path: new RegExp(`^${path.replaceAll(/\{\w+\}/g, "([^/]+)")}$`),
  answer,
});

export const adminRoutes: readonly AdminRoute[] = [
  route("GET", "", ({ emulator }) => ({ url: emulator.url, accounts: emulator.accounts.map(accountView) })),

  route("GET", "/accounts", ({ emulator }) => emulator.accounts.map(accountView)),
  route("POST", "/accounts", ({ emulator, body }) =>
    accountView(emulator.addAccount({ name: optionalText(body, "name") })),
  ),
  route("GET", "/accounts/{account}", (ask) => accountView(accountOf(ask))),
  route("POST", "/accounts/{account}/roles", (ask) => {
    accountOf(ask).setRoles(checkRoles(ask.body));
    return accountOf(ask).roles();
  }),

  route("GET", "/accounts/{account}/clients", (ask) => accountOf(ask).clients()),
  route("POST", "/accounts/{account}/clients", (ask) => accountOf(ask).addClient(checkClientInput(ask.body))),
  route("GET", "/accounts/{account}/clients/{client}", (ask) => clientOf(ask)),
  route("PATCH", "/accounts/{account}/clients/{client}", (ask) =>
    accountOf(ask).editClient(clientOf(ask).id, checkClientChanges(ask.body)),
  ),
  route("DELETE", "/accounts/{account}/clients/{client}", (ask) => {
    accountOf(ask).deleteClient(clientOf(ask).id);
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
  route("DELETE", "/faults/{fault}", (ask) => {
    faultOf(ask).remove();
  }),
  route("POST", "/faults/{fault}/release", (ask) => {
    faultOf(ask).release();
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
function accountOf({ emulator, ids: [id = ""] }: Ask): EmulatorAccount {
  const account = emulator.accounts.find((candidate, place) => candidate.id === id || String(place) === id);
  if (account === undefined) throw new AdminProblem(404, `There is no account "${id}".`);
  return account;
}

/** By GUID, or by name. */
function clientOf(ask: Ask): Client {
  const id = ask.ids[1] ?? "";
  const client = accountOf(ask).client(id);
  if (client === undefined) throw new AdminProblem(404, `The account has no client "${id}".`);
  return client;
}

function faultOf({ emulator, ids: [id = ""] }: Ask): Fault {
  const fault = emulator.faults.find((candidate) => candidate.id === id);
  if (fault === undefined) throw new AdminProblem(404, `There is no fault "${id}".`);
  return fault;
}
