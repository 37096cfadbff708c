import { Account } from "../../provider/client/account";
import { Roster } from "../../provider/client/roster";
import type { RemoteClient } from "../../provider/model/wire";
import { failing, withCloud, type CloudWorld } from "../cloud/cloud-world";

const LIST = "/api/v1/clients";

const accountOf = ({ cloud, account }: CloudWorld): Account => new Account(cloud, account.clientId);

function client(id: string, name = "Map"): RemoteClient {
  return {
    ...{ id, name, clientType: undefined, sharedMode: undefined, isActive: true, apiKey: `key of ${id}` },
    ...{
      allowedOrigins: [],
      allowedIpAddresses: [],
      grantedRoles: [],
      apiSecret: undefined,
      ownerId: undefined,
    },
    raw: {},
  };
}

describe("the list of a run", () => {
  test("finds by id in any case, and by key", () => {
    const roster = new Roster({ clients: [client("ABC"), client("def")], unreadable: [], totalCount: 2 });
    expect([roster.find("abc")?.id, roster.find("DEF")?.id, roster.find("x")]).toEqual([
      "ABC",
      "def",
      undefined,
    ]);
    expect([roster.byKey("key of def")?.id, roster.byKey("key")]).toEqual(["def", undefined]);
  });

  test("learns what the run does", () => {
    const roster = new Roster({ clients: [client("abc")], unreadable: [], totalCount: 1 });
    roster.remember(client("ABC", "Renamed"));
    roster.remember(client("new"));
    expect(roster.all.map(({ name }) => name)).toEqual(["Renamed", "Map"]);
    roster.forget("NEW");
    roster.forget("abc");
    expect(roster.all).toEqual([]);
    // What this run deleted does not make the list a short one.
    roster.requireComplete("x");
  });

  test.each([
    [0, 0],
    [2, 2],
    [2, 1],
    [2, undefined],
  ])("of %d clients where the server counts %s is whole", (length, totalCount) => {
    const clients = Array.from({ length }, (_, index) => client(String(index)));
    expect(() => {
      new Roster({ clients, unreadable: [], totalCount }).requireComplete("read it");
    }).not.toThrow();
  });

  test("that is short says how short", () => {
    const roster = new Roster({ clients: [client("a")], unreadable: [], totalCount: 3 });
    expect(() => {
      roster.requireComplete("read it");
    }).toThrow(
      "Could not read it: ThinkGeo listed 1 clients and says that there are 3, so the list is incomplete, and which clients were deleted cannot be determined. Nothing was changed.",
    );
  });

  test("counts a client that is listed twice once", () => {
    const roster = new Roster({
      clients: [client("a"), client("A"), client("b")],
      unreadable: [],
      totalCount: 3,
    });
    expect(() => {
      roster.requireComplete("read it");
    }).toThrow("ThinkGeo listed 2 clients and says that there are 3");
  });

  test("with an item that cannot be read hides no other, and says which it is", () => {
    const item = { id: "B", name: "Odd", position: 2, fields: ["isActive", "grantedRoles"] };
    const roster = new Roster({ clients: [client("a")], unreadable: [item], totalCount: 2 });
    roster.requireComplete("read it");
    expect([roster.find("a")?.id, roster.find("c"), roster.all.length]).toEqual(["a", undefined, 1]);
    expect(() => roster.find("b")).toThrow(
      "Could not read client b in the account's list: item 2 of ThinkGeo's list of clients (\"Odd\"), B, cannot be read: isActive, grantedRoles are not what the API describes.",
    );
  });

  test("with an item that might be any client proves nothing", () => {
    const item = { id: undefined, name: undefined, position: 2, fields: ["id"] };
    const roster = new Roster({ clients: [client("a")], unreadable: [item], totalCount: 2 });
    expect(() => {
      roster.requireComplete("read it");
    }).toThrow(
      "item 2 of ThinkGeo's list of clients cannot be read: id is not what the API describes, so the list is incomplete",
    );
  });

  test("is read once for all who ask, and again only when that is asked for", () =>
    withCloud(async (world) => {
      const account = accountOf(world);
      const rosters = await Promise.all(Array.from({ length: 20 }, () => account.roster(world.budget())));
      expect(new Set(rosters).size).toBe(1);
      expect(world.calls()).toHaveLength(1);
      expect(await account.freshRoster(world.budget())).not.toBe(rosters[0]);
      expect(world.calls()).toHaveLength(2);
    }));

  test("is not kept where it failed", () =>
    withCloud(async (world) => {
      const account = accountOf(world);
      world.emulator.fault({ kind: "status", status: 400, times: 1, path: LIST });
      await failing("Rejected", account.roster(world.budget()));
      await account.forget("There is no list to take it out of.");
      expect((await account.roster(world.budget())).all).toHaveLength(3);
      world.emulator.fault({ kind: "status", status: 400, times: 1, path: LIST });
      await failing("Rejected", account.freshRoster(world.budget()));
      expect((await account.roster(world.budget())).all).toHaveLength(3);
    }));
});

describe("roles", () => {
  const roleId = ({ account }: CloudWorld, name: string): string =>
    account.roles().find((role) => role.name === name)?.id ?? "";

  test("that are names are names, and cost no request", () =>
    withCloud(async (world) => {
      expect(await accountOf(world).roleNames(["User", "Evaluator"], world.budget())).toEqual([
        "Evaluator",
        "User",
      ]);
      expect(world.calls()).toEqual([]);
    }));

  test("that are ids are named from one table", () =>
    withCloud(async (world) => {
      const account = accountOf(world);
      const ids = [roleId(world, "User"), roleId(world, "Evaluator")];
      const twice = [account.roleNames(ids, world.budget()), account.roleNames(ids, world.budget())];
      expect(await Promise.all(twice)).toEqual([
        ["Evaluator", "User"],
        ["Evaluator", "User"],
      ]);
      expect(world.calls()).toEqual([`GET ${LIST}/roles 200`]);
    }));

  test.each([403, 404] as const)("that cannot be looked up (%d) stay ids; trouble is trouble", (status) =>
    withCloud(async (world) => {
      const account = accountOf(world);
      const ids = [roleId(world, "User")];
      world.emulator.fault({ kind: "status", status, times: 1, path: `${LIST}/roles` });
      expect(await account.roleNames(ids, world.budget())).toEqual(ids);
      world.emulator.fault({ kind: "status", status: 400, times: 1, path: `${LIST}/roles` });
      await failing("Rejected", account.roleNames(ids, world.budget()));
      expect(await account.roleNames(ids, world.budget())).toEqual(["User"]);
    }),
  );

  test("to send none, nothing need be known", () =>
    withCloud(async (world) => {
      expect(await accountOf(world).rolesToSend([], "x", world.budget())).toEqual([]);
      expect(world.calls()).toEqual([]);
    }));
});
