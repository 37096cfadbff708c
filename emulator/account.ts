import { managementCaller } from "./bearer";
import type { Handler } from "./call";
import { success } from "./envelope";
import { isExpired } from "./roles";

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
  const offset = wholeNumber(call.query.get("offset")) ?? 0;
  const length = wholeNumber(call.query.get("length")) ?? account.roles.length;
  const rows = account.roles.slice(offset, offset + length).map((role) => ({
    accountId: account.id,
    roleName: role.name,
    roleId: role.id,
    expiration: role.expiration,
    isExpired: isExpired(role),
    warningMessage: warning(role.expiration),
  }));
  return success(call, rows, 200, { returningCount: rows.length, totalCount: account.roles.length });
};

function warning(expiration: string | null): string | null {
  if (expiration === null) return null;
  const days = Math.max(0, Math.ceil((Date.parse(expiration) - Date.now()) / 86_400_000));
  return days < warningDays ? `Only ${days} days are left of your evaluation.` : null;
}

function wholeNumber(text: string | null): number | undefined {
  return text !== null && /^\d+$/.test(text) ? Number(text) : undefined;
}
