import { managementCaller } from "./bearer";
import type { Handler } from "./call";
import { success } from "./envelope";

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
