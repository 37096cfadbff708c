import { AbsenceProof } from "../../provider/client/absence";
import { Account } from "../../provider/client/account";
import { failing, withCloud, type CloudWorld } from "../cloud/cloud-world";
import { NATIVE, withWorld, type ProviderRun, type World } from "./harness";

const LIST = "/api/v1/clients";
const NOBODY = "00000000-0000-4000-8000-000000000000";

function proofOf({ cloud, account, time }: CloudWorld, ownKey = account.clientId): AbsenceProof {
  const limits = { requestTimeoutMs: 90_000, onVanished: "stop" } as const;
  return new AbsenceProof(new Account(cloud, ownKey), limits, time);
}

const sought = (id: string, ownerId?: string) => ({ id, ownerId, doing: "read it" });

describe("a client", () => {
  test("in the list is found without a further request", () =>
    withCloud(async (world) => {
      const { operatorId } = world.account;
      const found = await proofOf(world).find(sought(operatorId.toUpperCase()), world.budget());
      expect([found?.id, world.calls().length]).toEqual([operatorId, 1]);
    }));

  test("that is certainly gone is gone: looked for over ten seconds, once for all", () =>
    withCloud(async (world) => {
      const { account, budget, time } = world;
      const proof = proofOf(world);
      const other = NOBODY.replace("8000", "8001");
      const found = await Promise.all(
        [NOBODY, other].map((id) => proof.find(sought(id, account.id.toUpperCase()), budget())),
      );
      expect(found).toEqual([undefined, undefined]);
      expect(time.waits).toEqual([1_000, 2_000, 3_000, 4_000]);
      expect(world.calls().filter((call) => call === `GET ${LIST} 200`)).toHaveLength(5);
      // The next one needs no wait: a list has been read that shows all that was made before this run.
      expect(await proof.find(sought(account.operatorId), budget())).toBeDefined();
      const third = NOBODY.replace("8000", "8002");
      expect(await proof.find(sought(third, account.id), budget())).toBeUndefined();
      expect(time.waits).toHaveLength(4);
    }));

  test("that only the list lacks is found by its id, and remembered", () =>
    withCloud(async (world) => {
      const proof = proofOf(world);
      await proof.find(sought(world.account.operatorId), world.budget());
      const { id } = world.account.addClient({ name: "Late" });
      for (let turn = 0; turn < 2; turn++)
        expect(await proof.find(sought(id, world.account.id), world.budget())).toMatchObject({
          name: "Late",
        });
      expect(world.calls()).toHaveLength(2);
      expect(world.time.waits).toEqual([]);
    }));

  test.each([
    [403, "Forbidden"],
    [503, "Unavailable"],
  ] as const)("that cannot be asked for (%d) is not gone", (status, kind) =>
    withCloud(async (world) => {
      world.emulator.fault({ kind: "status", status, path: `${LIST}/*` });
      await failing(kind, proofOf(world).find(sought(NOBODY, world.account.id), world.budget()));
    }),
  );

  test("is not gone because a list lacks it that lacks us too", () =>
    withCloud(async (world) => {
      const found = proofOf(world, "another key").find(sought(NOBODY), world.budget());
      const { text } = await failing("Malformed", found);
      expect(text).toBe(
        "Could not read it: the account's list lacks it, but also the client of thinkgeo:clientId itself, so the list is incomplete, or of another account. Nothing was changed. Check thinkgeo:clientId and thinkgeo:apiUrl: they must belong to the account that this stack manages.",
      );
      expect(world.calls()).toEqual([`GET ${LIST} 200`]);
    }));

  test("is not gone because another account does not have it", () =>
    withCloud(async (world) => {
      const found = proofOf(world).find(sought(NOBODY, "another-account"), world.budget());
      const { message } = await failing("Conflict", found);
      expect(message).toContain(
        `it belongs to account another-account, and thinkgeo:clientId belongs to account ${world.account.id}.`,
      );
      expect(world.calls()).toEqual([`GET ${LIST} 200`]);
    }));

  test("is not gone because another account does not have it whose list names no owner", () =>
    withCloud(
      async (world) => {
        const found = proofOf(world).find(sought(NOBODY, "another-account"), world.budget());
        const { message } = await failing("Conflict", found);
        expect(message).toContain(`and thinkgeo:clientId belongs to account ${world.account.id}.`);
        expect(world.calls()).toEqual([`GET ${LIST} 200`, "GET /api/v1/accounts/current 200"]);
      },
      { switches: { listOmits: ["ownerId"] } },
    ));

  test("is not gone where nothing tells which account this is, until another of the stack is seen", () =>
    withCloud(async (world) => {
      const proof = proofOf(world);
      const { message } = await failing("Malformed", proof.find(sought(NOBODY), world.budget()));
      expect(message).toContain("state does not say which account it belongs to, so it may be another one");
      expect(message).toContain("THINKGEO_ON_VANISHED=accept");
      await proof.find(sought(world.account.operatorId), world.budget());
      expect(await proof.find(sought(NOBODY), world.budget())).toBeUndefined();
    }));

  test("is not gone because a short list lacks it", () =>
    withCloud(
      async (world) => {
        const found = proofOf(world).find(sought(NOBODY, world.account.id), world.budget());
        expect((await failing("Malformed", found)).message).toContain(
          "listed 2 clients and says that there are 3",
        );
        expect(world.calls()).toEqual([`GET ${LIST} 200`]);
      },
      { switches: { listCap: 2 } },
    ));

  test("that the list shows in a form that cannot be read is read by its id", () =>
    withCloud(async (world) => {
      const { id } = world.account.addClient({ name: "Odd" });
      world.emulator.fault({
        kind: "broken-client",
        client: "Odd",
        field: "isActive",
        value: "yes",
        path: LIST,
      });
      const proof = proofOf(world);
      expect(await proof.find(sought(id), world.budget())).toMatchObject({ name: "Odd", isActive: true });
      expect(world.calls()).toEqual([`GET ${LIST} 200`, `GET ${LIST}/${id} 200`]);
      world.emulator.fault({ kind: "status", status: 404, path: `${LIST}/*` });
      const { message } = await failing("Malformed", proof.find(sought(id), world.budget()));
      expect(message).toContain(`("Odd"), ${id}, cannot be read: isActive is not what the API describes`);
    }));
});

/** Clients that one run has made, and a later run that has seen nothing yet. */
async function stackOf(
  world: World,
  count: number,
  declared: object = NATIVE,
): Promise<{ ids: string[]; outs: Record<string, unknown>[]; later: ProviderRun }> {
  const { life, check } = world.run();
  const made = await Promise.all(
    Array.from({ length: count }, (_, n) => life.create(check({ ...declared, autoName: `c${n}-1234abcd` }))),
  );
  return { ids: made.map(({ id }) => id), outs: made.map(({ outs }) => outs), later: world.run() };
}

/** From now on; what there is has been there for long. */
function lag(world: World, listLag: number, getLag = listLag): void {
  world.pass(60_000);
  world.emulator.setSwitches({ listLag, getLag });
}

describe("reads that lag behind writes", () => {
  test.each([
    [3_000, 3_000],
    [8_000, 8_000],
    [8_000, 0],
    [0, 8_000],
  ])("by %d ms in lists and %d of one client lose none that was made a moment ago", (listLag, getLag) =>
    withWorld(async (world) => {
      lag(world, listLag, getLag);
      const { ids, outs, later } = await stackOf(world, 3);
      const read = await Promise.all(ids.map((id, n) => later.life.read(id, outs[n] ?? {})));
      expect(read.map(({ id }) => id)).toEqual(ids);
    }),
  );

  test("do not keep a delete from being sent, and the client is gone", () =>
    withWorld(async (world) => {
      lag(world, 8_000);
      const { ids, outs, later } = await stackOf(world, 3);
      await Promise.all(ids.map((id, n) => later.life.delete(id, outs[n] ?? {})));
      expect(world.own()).toEqual([]);
      expect(later.time.waits.filter((ms) => ms >= 1_000)).toEqual([]);
    }));

  test.each([5_000, 8_000])(
    "by %d ms do not keep a client from being deactivated, or from being changed",
    (late) =>
      withWorld(async (world) => {
        lag(world, late);
        const { ids, outs } = await stackOf(world, 1, { ...NATIVE, deletionPolicy: "deactivate" });
        const [id = "", old = {}] = [ids[0], outs[0]];
        const { life, check } = world.run();
        const news = check({ ...NATIVE, name: "Renamed", deletionPolicy: "deactivate" });
        const { outs: changed } = await life.update(id, old, news);
        expect(world.own()).toEqual([expect.objectContaining({ id, name: "Renamed", isActive: true })]);
        await world.run().life.delete(id, changed);
        expect(world.own()).toEqual([expect.objectContaining({ id, name: "Renamed", isActive: false })]);
      }),
  );

  test.each([true, false])(
    "do not make a lost client of one that was deleted a moment ago (softly: %s)",
    (softDelete) =>
      withWorld(
        async (world) => {
          lag(world, 8_000);
          const { ids, outs } = await stackOf(world, 1);
          world.pass(60_000);
          await world.run().life.delete(ids[0] ?? "", outs[0] ?? {});
          const { life, check } = world.run({ THINKGEO_ON_LOST_CLIENT: "adopt" });
          const { id } = await life.create(check({ ...NATIVE, autoName: "c0-1234abcd" }));
          expect(id).not.toBe(ids[0]);
          expect(
            world
              .own()
              .filter(({ isActive }) => isActive)
              .map((client) => client.id),
          ).toEqual([id]);
        },
        { switches: { softDelete } },
      ),
  );

  test("are not written back, however short the time for requests is", () =>
    withWorld(async (world) => {
      const { ids, outs } = await stackOf(world, 1, { ...NATIVE, allowedIpAddresses: undefined });
      const [id = "", open = {}] = [ids[0], outs[0]];
      lag(world, 8_000);
      const restricted = { ...NATIVE, autoName: undefined, name: open["name"] };
      const first = world.run();
      const { outs: shut } = await first.life.update(id, open, first.check(restricted));
      const { life, check } = world.run({ THINKGEO_REQUEST_TIMEOUT: "2" });
      await life.update(id, shut, check({ ...restricted, name: "Renamed" }));
      expect(world.own()).toEqual([
        expect.objectContaining({ id, name: "Renamed", allowedIpAddresses: NATIVE.allowedIpAddresses }),
      ]);
    }));

  test("an update is written although a late reading shows what it asks for", () =>
    withWorld(async (world) => {
      const { ids, outs } = await stackOf(world, 1);
      const [id = "", first = {}] = [ids[0], outs[0]];
      const { life, check } = world.run();
      lag(world, 2_000);
      const { outs: second } = await life.update(id, first, check({ ...NATIVE, name: "Second" }));
      await world.run().life.update(id, second, check({ ...NATIVE, name: String(first["name"]) }));
      expect(world.account.client(id)?.name).toBe(first["name"]);
    }));

  test.each(["new", "old"] as const)(
    "an update whose answer is %s and whose reading is old is waited for",
    (updateAnswer) =>
      withWorld(async (world) => {
        const { ids, outs } = await stackOf(world, 1);
        const [id = "", first = {}] = [ids[0], outs[0]];
        world.pass(60_000);
        world.emulator.setSwitches({ getLag: 1_500, updateAnswer });
        const { life, check } = world.run();
        const { outs: changed } = await life.update(id, first, check({ ...NATIVE, name: "Second" }));
        expect(changed["name"]).toBe("Second");
      }),
  );
});

describe("clients that have all vanished", () => {
  const vanish = (world: World): void => {
    world.emulator.setSwitches({ visibleClients: "own" });
  };

  test("because the rights are lost stop the run, and stay in state", () =>
    withWorld(async (world) => {
      const { ids, outs, later } = await stackOf(world, 5);
      vanish(world);
      const read = await Promise.allSettled(ids.map((id, n) => later.life.read(id, outs[n] ?? {})));
      for (const result of read) {
        expect(result.status).toBe("rejected");
        expect(String((result as PromiseRejectedResult).reason)).toContain(
          "all clients of this stack that were asked for are missing from the account. Either they were all deleted, or the client of thinkgeo:clientId cannot see them any more.",
        );
      }
    }));

  test("are not taken for deleted by a delete that finds none of them", () =>
    withWorld(async (world) => {
      const { ids, outs, later } = await stackOf(world, 5);
      vanish(world);
      world.emulator.fault({ kind: "status", status: 404, method: "DELETE" });
      const gone = await Promise.allSettled(ids.map((id, n) => later.life.delete(id, outs[n] ?? {})));
      expect(gone.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => "rejected"));
      expect(world.own()).toHaveLength(5);
    }));

  test("are not taken for deleted where the list shows only ourselves, and this run has made others", () =>
    withWorld(async (world) => {
      const { ids, outs, later } = await stackOf(world, 1);
      vanish(world);
      await later.life.create(later.check({ ...NATIVE, autoName: "new-1234abcd" }));
      world.emulator.fault({ kind: "status", status: 404, method: "DELETE" });
      await expect(later.life.delete(ids[0] ?? "", outs[0] ?? {})).rejects.toThrow(
        "whose list has nothing but the client of thinkgeo:clientId itself",
      );
      expect(world.own()).toHaveLength(2);
    }));

  test("are gone where the program's owner says so", () =>
    withWorld(async (world) => {
      const { ids, outs } = await stackOf(world, 5);
      for (const id of ids) world.account.deleteClient(id);
      const { life } = world.run({ THINKGEO_ON_VANISHED: "accept" });
      expect(await Promise.all(ids.map((id, n) => life.read(id, outs[n] ?? {})))).toEqual([
        {},
        {},
        {},
        {},
        {},
      ]);
    }));

  test("are gone where two are missing, or another one is there", () =>
    withWorld(async (world) => {
      const { ids, outs, later } = await stackOf(world, 5);
      for (const id of ids.slice(1)) world.account.deleteClient(id);
      const read = await Promise.all(ids.map((id, n) => later.life.read(id, outs[n] ?? {})));
      expect(read.map(({ id }) => id)).toEqual([ids[0], undefined, undefined, undefined, undefined]);
      const two = await Promise.all(
        ids.slice(3).map((id, n) => world.run().life.read(id, outs[n + 3] ?? {})),
      );
      expect(two).toEqual([{}, {}]);
    }));

  test("into another account, whose list names no owner, stay in state", () =>
    withWorld(
      async (world) => {
        const { ids, outs } = await stackOf(world, 2);
        const [, other] = world.emulator.accounts;
        const { life } = world.run(other?.environment);
        for (const [n, id] of ids.entries()) {
          await expect(life.read(id, outs[n] ?? {})).rejects.toThrow(
            `belongs to account ${world.account.id}, and thinkgeo:clientId belongs to account ${other?.id ?? ""}`,
          );
          await expect(life.delete(id, outs[n] ?? {})).rejects.toThrow(
            "thinkgeo:clientId belongs to account",
          );
        }
        expect(world.own()).toHaveLength(2);
      },
      { accounts: 2, switches: { listOmits: ["ownerId"], getOmits: ["ownerId"] } },
    ));

  test("are told of by an account that says nowhere whose clients they are", () =>
    withWorld(
      async (world) => {
        const { outs } = await stackOf(world, 1);
        expect(outs[0]).toMatchObject({ ownerId: world.account.id });
      },
      { switches: { listOmits: ["ownerId"], getOmits: ["ownerId"] } },
    ));
});
