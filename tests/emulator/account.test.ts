import { startEmulator, type Emulator, type EmulatorAccount } from "../../emulator/index";
import { Api, itemsIn } from "./support";

let emulator: Emulator;
let account: EmulatorAccount;
let api: Api;
beforeEach(async () => {
  emulator = await startEmulator({ accounts: 2 });
  account = emulator.accounts[0];
  api = await Api.for(emulator);
});
afterEach(() => emulator.close());

test("the current account is the bearer's", async () => {
  const data = async (caller: Api): Promise<unknown> =>
    (await caller.call("GET", "/api/v1/accounts/current")).json?.data;
  expect(await data(api)).toMatchObject({
    id: account.id,
    name: "Account 1",
    isActive: true,
    timezone: "UTC",
  });
  expect(emulator.accounts).toHaveLength(2);
  const second = emulator.accounts[1];
  expect(await data(await Api.for(emulator, second))).toMatchObject({ id: second?.id, name: "Account 2" });
});

test("the roles that clients can have, with the same ids in every account", async () => {
  const { json } = await api.call("GET", "/api/v1/clients/roles");
  const guid = expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/) as string;
  expect(json?.data).toEqual([
    { id: guid, name: "User" },
    { id: guid, name: "Evaluator" },
  ]);
  expect(emulator.accounts[1]?.roles().map(({ id }) => id)).toEqual(account.roles().map(({ id }) => id));
});

test("the account's roles say when they end, and warn in the last 14 days", async () => {
  const rows = async (query = ""): Promise<unknown> => {
    const answer = await api.call("GET", `/api/v1/roles/accounts/current${query}`);
    return { ...answer.json, data: itemsIn(answer) };
  };
  const [user, evaluator] = account.roles();
  const both = { accountId: account.id, isExpired: false };
  const expiration = expect.any(String) as string;
  expect(await rows()).toMatchObject({ returningCount: 2, totalCount: 2 });
  expect(await rows()).toHaveProperty("data", [
    { ...both, roleName: "User", roleId: user?.id },
    { ...both, roleName: "Evaluator", roleId: evaluator?.id, expiration },
  ]);
  const soon = new Date(Date.now() + 3 * 86_400_000).toISOString();
  account.setRoles(["User", { name: "Evaluator", expiration: soon }]);
  expect(await rows("?offset=1&length=1")).toMatchObject({
    returningCount: 1,
    totalCount: 2,
    data: [{ warningMessage: "Only 3 days are left of your evaluation." }],
  });
});

test("an evaluator who subscribes keeps every client at work; what a client lacked it still lacks", async () => {
  const [all, mapsOnly, userOnly] = [["User", "Evaluator"], ["Evaluator"], ["User"]].map((grantedRoles) =>
    account.addClient({ name: grantedRoles.join(), grantedRoles }),
  );
  account.setRoles(["User", "Subscriber"]);
  const rolesOf = (id = ""): unknown => account.client(id)?.grantedRoles;
  expect([rolesOf(all?.id), rolesOf(mapsOnly?.id), rolesOf(userOnly?.id)]).toEqual([
    ["User", "Subscriber"],
    ["Subscriber"],
    ["User"],
  ]);
  expect((await api.call("POST", "/api/v1/clients", { name: "x", grantedRoles: ["Evaluator"] })).status).toBe(
    400,
  );
});
