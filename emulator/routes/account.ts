import { managementCaller } from "../authentication";
import type { Handler } from "../call";
import { isExpired } from "../entities";
import { listItem, success } from "../envelope";

/** GET /api/v1/accounts/current */
export const currentAccount: Handler = (call) => {
  const { account } = managementCaller(call);
  const { id, name, email } = account;
  return success(call, { id, name, nickname: name, email, description: "", timezone: "UTC", isActive: true });
};

/** GET /api/v1/clients/roles: the roles that a client of this account can have. */
export const clientRoles: Handler = (call) => {
  const { account } = managementCaller(call);
  return success(
    call,
    account.roles.map(({ id, name }) => ({ id, name })),
  );
};

const warningDays = 14;

/** GET /api/v1/roles/accounts/current: the same roles with when they end. */
export const accountRoles: Handler = (call) => {
  const { account } = managementCaller(call);
  const now = call.cloud.store.now();
  const offset = wholeNumber(call.query.get("offset")) ?? 0;
  const length = wholeNumber(call.query.get("length")) ?? account.roles.length;
  const rows = account.roles.slice(offset, offset + length).map((role) => ({
    accountId: account.id,
    roleName: role.name,
    roleId: role.id,
    expiration: role.expiration,
    isExpired: isExpired(role, now),
    warningMessage: warning(role.expiration, now),
  }));
  const items = rows.map((row, place) => listItem(call, row, place, call.path));
  return success(call, items, 200, { returningCount: rows.length, totalCount: account.roles.length });
};

/** GET /api/v1/accounts/current/statistics/byclient: transactions of each client by day; `clientId` is the GUID. */
export const statisticsByClient: Handler = (call) => {
  const { account } = managementCaller(call);
  const rows = [...account.clients.values()].map((client) => ({
    clientId: client.id,
    clientName: client.name,
    data: [...(account.usage.get(client.id) ?? [])].map(([day, amount]) => ({
      dateTime: `${day}T00:00:00Z`,
      amount,
    })),
  }));
  return success(call, rows);
};

function warning(expiration: string | null, now: number): string | null {
  if (expiration === null) return null;
  const days = Math.max(0, Math.ceil((Date.parse(expiration) - now) / 86_400_000));
  return days < warningDays ? `Only ${days} days are left of your evaluation.` : null;
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}
