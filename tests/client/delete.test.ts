import { NATIVE, withWorld, type World } from "./harness";

const DELETE = { method: "DELETE", path: "/api/v1/clients" } as const;

async function several(
  world: World,
  count: number,
  declared = NATIVE,
): Promise<{ id: string; outs: Record<string, unknown> }[]> {
  const { life, check } = world.run();
  return Promise.all(
    Array.from({ length: count }, (_, n) => life.create(check({ ...declared, autoName: `c${n}-1234abcd` }))),
  );
}

describe("deletes that are in flight together", () => {
  test("go out as one request, after one list, and another list shows that all are gone", () =>
    withWorld(async (world) => {
      const made = await several(world, 8);
      world.emulator.clearRequests();
      const { life } = world.run();
      await Promise.all(made.map(({ id, outs }) => life.delete(id, outs)));
      expect(world.own()).toEqual([]);
      expect(world.calls()).toEqual([
        "POST /identity/connect/token",
        "GET /api/v1/clients",
        "DELETE /api/v1/clients",
        "GET /api/v1/clients",
      ]);
      expect(world.emulator.requests(DELETE)[0]?.query["clientIds"]).toHaveLength(8);
    }));

  test("are looked up while they wait for each other", () =>
    withWorld(async (world) => {
      const made = await several(world, 2);
      world.emulator.clearRequests();
      const { life, time } = world.run();
      const waited = Promise.withResolvers<undefined>();
      time.sleep = () => waited.promise;
      world.emulator.onRequest(({ moment, request }) => {
        if (moment === "after" && request.path === "/api/v1/clients") waited.resolve(undefined);
      });
      await Promise.all(made.map(({ id, outs }) => life.delete(id, outs)));
      expect(world.own()).toEqual([]);
    }));

  test("wait 20 ms for each other, from the first of them", () =>
    withWorld(async (world) => {
      const made = await several(world, 3);
      const { life, time } = world.run();
      const over = Promise.withResolvers<undefined>();
      const waits: number[] = [];
      time.sleep = (ms) => {
        waits.push(ms);
        return over.promise;
      };
      const deleted = made.map(({ id, outs }) => life.delete(id, outs));
      expect(waits).toEqual([20]);
      over.resolve(undefined);
      await Promise.all(deleted);
      expect(world.own()).toEqual([]);
      expect(world.emulator.requests(DELETE)).toHaveLength(1);
    }));

  test("do not wait for one request that is under way, but for one of two, and then go out together", () =>
    withWorld(async (world) => {
      const made = await several(world, 4);
      const { life } = world.run();
      let arrived = 0;
      const underWay = [Promise.withResolvers<undefined>(), Promise.withResolvers<undefined>()];
      const answered = Promise.withResolvers<undefined>();
      world.emulator.onRequest(async ({ moment, request }) => {
        if (moment !== "before" || request.method !== "DELETE") return;
        underWay[arrived++]?.resolve(undefined);
        await answered.promise;
      });
      const [first, second, third, fourth] = made.map(
        ({ id, outs }) =>
          () =>
            life.delete(id, outs),
      );
      const early = [first?.()];
      await underWay[0]?.promise;
      early.push(second?.());
      await underWay[1]?.promise;
      const late = [third?.(), fourth?.()];
      // Time enough for a request that would be sent at once.
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(arrived).toBe(2);
      answered.resolve(undefined);
      await Promise.all([...early, ...late]);
      expect(world.own()).toEqual([]);
      const sizes = world.emulator.requests(DELETE).map(({ query }) => query["clientIds"]?.length ?? 0);
      expect(sizes).toEqual([1, 1, 2]);
    }));

  test("end each in its own way where one is gone and one must stay", () =>
    withWorld(async (world) => {
      const made = await several(world, 3, { ...NATIVE, allowedIpAddresses: ["127.0.0.1"] });
      world.account.deleteClient(made[0]?.id ?? "");
      const own = made[1]?.outs ?? {};
      const { life } = world.run({
        THINKGEO_CLIENT_ID: String(own["clientId"]),
        THINKGEO_CLIENT_SECRET: String(own["clientSecret"]),
      });
      const ended = await Promise.allSettled(made.map(({ id, outs }) => life.delete(id, outs)));
      expect(ended.map((end) => (end.status === "rejected" ? String(end.reason) : end.status))).toEqual([
        "fulfilled",
        expect.stringContaining("would lock this program out"),
        "fulfilled",
      ]);
      expect(world.own().map(({ id }) => id)).toEqual([made[1]?.id]);
    }));

  test("are split where one stands in the way: it gets its own error, and the others are deleted", () =>
    withWorld(async (world) => {
      const made = await several(world, 4);
      const { life } = world.run();
      world.emulator.fault({
        kind: "status",
        status: 400,
        message: "cannot be deleted",
        at: [1, 2],
        ...DELETE,
      });
      const ended = await Promise.allSettled(made.map(({ id, outs }) => life.delete(id, outs)));
      const refused = ended.flatMap((end, index) =>
        end.status === "rejected" ? [{ reason: end.reason as Error, id: made[index]?.id }] : [],
      );
      expect(refused.map(({ reason }) => reason.message)).toEqual([
        expect.stringContaining("cannot be deleted"),
      ]);
      expect(world.own().map(({ id }) => id)).toEqual([refused[0]?.id]);
    }));

  test.each(["all-or-nothing", "partial"] as const)(
    "succeed where somebody deleted one meanwhile (%s)",
    (batchDelete) =>
      withWorld(
        async (world) => {
          const made = await several(world, 3);
          const { life } = world.run();
          world.emulator.onRequest(({ moment, request }) => {
            if (moment === "after" && request.method === "GET" && world.own().length === 3)
              world.account.deleteClient(made[1]?.id ?? "");
          });
          await Promise.all(made.map(({ id, outs }) => life.delete(id, outs)));
          expect(world.own()).toEqual([]);
        },
        { switches: { batchDelete } },
      ),
  );

  test("are repeated after a lost reply, and what is gone then was deleted", () =>
    withWorld(async (world) => {
      const made = await several(world, 3);
      world.emulator.fault({ kind: "reset", when: "after", times: 1, ...DELETE });
      const { life } = world.run();
      await Promise.all(made.map(({ id, outs }) => life.delete(id, outs)));
      expect(world.own()).toEqual([]);
    }));

  test("go out in batches that an address can carry, and none is lost", () =>
    withWorld(async (world) => {
      const made = await several(world, 100);
      const { life } = world.run();
      await Promise.all(made.map(({ id, outs }) => life.delete(id, outs)));
      expect(world.own()).toEqual([]);
      const sizes = world.emulator.requests(DELETE).map(({ query }) => query["clientIds"]?.length ?? 0);
      // They are sent together, so they arrive in any order.
      expect(sizes.sort((a, b) => a - b)).toEqual([20, 40, 40]);
    }));

  test("leave their names free for what the same run makes", () =>
    withWorld(async (world) => {
      const [first] = await several(world, 1);
      const { life, check } = world.run();
      await life.delete(first?.id ?? "", first?.outs ?? {});
      await life.create(check({ ...NATIVE, autoName: undefined, name: first?.outs["name"] }));
      expect(world.own().map(({ name }) => name)).toEqual([first?.outs["name"]]);
    }));

  test.each([1, 3])("of %d are not believed gone because of a 404 while they live", (count) =>
    withWorld(async (world) => {
      const made = await several(world, count);
      world.emulator.fault({ kind: "status", status: 404, when: "before", ...DELETE });
      const { life } = world.run();
      const ended = await Promise.allSettled(made.map(({ id, outs }) => life.delete(id, outs)));
      expect(ended.map(({ status }) => status)).toEqual(Array(count).fill("rejected"));
      expect(world.own()).toHaveLength(count);
    }),
  );

  test("are not believed gone because one reading denies what another and the list show", () =>
    withWorld(async ({ emulator, own, run }) => {
      const { life, check } = run();
      const { id, outs } = await life.create(check({ ...NATIVE, name: "Shown", autoName: undefined }));
      const later = run();
      emulator.fault({ kind: "status", status: 404, method: "DELETE" });
      let readings = 0;
      emulator.onRequest(({ moment, request }) => {
        if (moment !== "before" || request.method !== "GET" || request.path !== `/api/v1/clients/${id}`)
          return;
        readings += 1;
        if (readings === 2)
          emulator.fault({ kind: "status", status: 404, method: "GET", path: "/api/v1/clients/*", times: 1 });
      });
      await expect(later.life.delete(id, outs)).rejects.toThrow("Could not delete client");
      expect(own()).toHaveLength(1);
    }));

  test.each([1, 3])("of %d that DELETE and GET deny while the list shows them have not gone", (count) =>
    withWorld(async (world) => {
      const made = await several(world, count);
      world.emulator.fault({ kind: "status", status: 404, when: "before", ...DELETE });
      world.emulator.fault({ kind: "status", status: 404, method: "GET", path: "/api/v1/clients/*" });
      const { life, time } = world.run();
      const ended = await Promise.allSettled(made.map(({ id, outs }) => life.delete(id, outs)));
      expect(ended.map((end) => (end.status === "rejected" ? String(end.reason) : ""))).toEqual(
        made.map(({ id, outs }): unknown =>
          expect.stringContaining(
            `Could not delete client "${String(outs["name"])}" (${id}): ThinkGeo returned 404 to the delete and to a GET, and its list still shows it ten seconds later, so its key may work on. Run the command again in a minute. If it stays so, delete client ${id} in ThinkGeo's console`,
          ),
        ),
      );
      expect(world.own()).toHaveLength(count);
      // However many there are, the wait is that for one.
      expect(time.waits.reduce((sum, ms) => sum + ms, 0)).toBeLessThan(11_000);
    }),
  );

  test("of one that somebody has just deleted end well once the list that lags has it no more", () =>
    withWorld(async (world) => {
      const [made] = await several(world, 2);
      world.pass(60_000);
      world.emulator.setSwitches({ listLag: 6_000 });
      world.account.deleteClient(made?.id ?? "");
      await world.run().life.delete(made?.id ?? "", made?.outs ?? {});
      expect(world.own()).toHaveLength(1);
    }));

  test("fail together where the server cannot be reached, without asking for each in turn", () =>
    withWorld(async (world) => {
      const made = await several(world, 5);
      world.emulator.fault({ kind: "status", status: 503, when: "before", ...DELETE });
      const { life } = world.run();
      const ended = await Promise.allSettled(made.map(({ id, outs }) => life.delete(id, outs)));
      expect(ended.map(({ status }) => status)).toEqual(Array(5).fill("rejected"));
      expect(world.own()).toHaveLength(5);
      const asked = world.emulator.requests(DELETE).filter(({ query }) => query["clientIds"]?.length === 1);
      expect(new Set(asked.map(({ query }) => query["clientIds"]?.[0])).size).toBe(1);
      // Each is told of its own client, whichever was asked for.
      expect(ended.map((end) => (end.status === "rejected" ? String(end.reason) : ""))).toEqual(
        made.map(({ id, outs }): unknown =>
          expect.stringContaining(
            `Could not delete client "${String(outs["name"])}" (${id}): ThinkGeo returned HTTP 503`,
          ),
        ),
      );
    }));

  test.each([1, 3])(
    "of %d without a word in the answer are read afterwards, and believed where they are gone",
    (count) =>
      withWorld(
        async (world) => {
          const made = await several(world, count);
          world.emulator.clearRequests();
          const { life } = world.run();
          await Promise.all(made.map(({ id, outs }) => life.delete(id, outs)));
          expect(world.own()).toEqual([]);
          expect(world.emulator.requests(DELETE)).toHaveLength(1);
          expect(world.calls().filter((call) => call.startsWith("GET /api/v1/clients/"))).toHaveLength(count);
        },
        { switches: { deleteAnswer: "empty" } },
      ),
  );

  test.each([1, 5])("of %d without a word are not believed where the clients are still there", (count) =>
    withWorld(async (world) => {
      const made = await several(world, count);
      // A proxy that says yes to everything.
      world.emulator.fault({ kind: "empty", when: "before", ...DELETE });
      const { life, time } = world.run();
      const ended = await Promise.allSettled(made.map(({ id, outs }) => life.delete(id, outs)));
      expect(ended.map((end) => (end.status === "rejected" ? String(end.reason) : ""))).toEqual(
        made.map(({ id, outs }): unknown =>
          expect.stringContaining(
            `Could not delete client "${String(outs["name"])}" (${id}): ThinkGeo accepted the delete, and the client is still there, so its key may work on. Run the command again.`,
          ),
        ),
      );
      expect(world.own()).toHaveLength(count);
      // However many there are, they are waited for once together, and then once each, at the same time.
      const rounds = count === 1 ? 1 : 1 + count;
      const looks = time.waits.filter((ms) => ms >= 1_000);
      expect(looks.reduce((sum, ms) => sum + ms, 0)).toBe(rounds * 10_000);
    }),
  );

  test.each([1, 3])("of %d that HTTP 204 reports as done are not believed where the clients live", (count) =>
    withWorld(async (world) => {
      const made = await several(world, count);
      world.emulator.fault({ kind: "status", status: 204, body: "empty", when: "before", ...DELETE });
      const { life } = world.run();
      const ended = await Promise.allSettled(made.map(({ id, outs }) => life.delete(id, outs)));
      expect(ended.map((end) => (end.status === "rejected" ? String(end.reason) : ""))).toEqual(
        made.map((): unknown =>
          expect.stringContaining("ThinkGeo accepted the delete, and the client is still there"),
        ),
      );
      expect(world.own()).toHaveLength(count);
    }),
  );

  test.each(["first", "last"] as const)(
    "go out one by one where the server obeys only the %s of several ids",
    (repeatedIds) =>
      withWorld(
        async (world) => {
          const made = await several(world, 60);
          const { life } = world.run();
          await Promise.all(made.map(({ id, outs }) => life.delete(id, outs)));
          expect(world.own()).toEqual([]);
          const later = await several(world, 3);
          world.emulator.clearRequests();
          await Promise.all(later.map(({ id, outs }) => life.delete(id, outs)));
          expect(world.own()).toEqual([]);
          expect(world.emulator.requests(DELETE)).toHaveLength(3);
        },
        { switches: { repeatedIds } },
      ),
  );

  test("are looked for after every request, also where requests before have done what they said", () =>
    withWorld(async (world) => {
      const made = await several(world, 6);
      const { life } = world.run();
      await Promise.all(made.slice(0, 3).map(({ id, outs }) => life.delete(id, outs)));
      expect(world.own()).toHaveLength(3);
      world.emulator.fault({
        kind: "reply",
        times: 1,
        text: '{"data":{},"status":"success"}',
        headers: { "content-type": "application/json" },
        ...DELETE,
      });
      await Promise.all(made.slice(3).map(({ id, outs }) => life.delete(id, outs)));
      expect(world.own()).toEqual([]);
      const sizes = world.emulator.requests(DELETE).map(({ query }) => query["clientIds"]?.length);
      expect(sizes).toEqual([3, 3, 1, 1, 1]);
    }));

  test("under way at the same time share a list that was asked for after both", () =>
    withWorld(async (world) => {
      const made = await several(world, 100);
      world.emulator.clearRequests();
      const { life } = world.run();
      await Promise.all(made.map(({ id, outs }) => life.delete(id, outs)));
      expect(world.own()).toEqual([]);
      const deletes = world.emulator.requests(DELETE).length;
      const lists = world.calls().filter((call) => call === "GET /api/v1/clients").length;
      expect([deletes, lists <= 1 + deletes]).toEqual([3, true]);
    }));

  test("that only a reading has shown, not the list, go out alone", () =>
    withWorld(
      async (world) => {
        world.pass(60_000);
        world.emulator.setSwitches({ listLag: 20_000 });
        const made = await several(world, 2);
        const { life } = world.run();
        for (const { id, outs } of made) expect((await life.read(id, outs)).id).toBe(id);
        await Promise.all(made.map(({ id, outs }) => life.delete(id, outs)));
        expect(world.own()).toEqual([]);
      },
      { switches: { repeatedIds: "first" } },
    ));

  test.each(["empty", "envelope"] as const)(
    "are not believed because a reading that lags does not show them yet (answer: %s)",
    (deleteAnswer) =>
      withWorld(
        async (world) => {
          const made = await several(world, 2);
          const { life } = world.run();
          await Promise.all(made.map(({ id, outs }) => life.delete(id, outs)));
          expect(world.own()).toEqual([]);
        },
        { switches: { getLag: 8_000, repeatedIds: "last", deleteAnswer } },
      ),
  );

  test("that the list does not show go out alone: no list can say that they are gone", () =>
    withWorld(
      async (world) => {
        const [gone, ...rest] = await several(world, 3);
        world.account.deleteClient(gone?.id ?? "");
        world.pass(60_000);
        world.emulator.setSwitches({ listLag: 6_000 });
        const [fresh] = await several(world, 1);
        const { life } = world.run();
        // One has gone, and one is not shown yet.
        const first = [gone, fresh].map((one) => life.delete(one?.id ?? "", one?.outs ?? {}));
        await Promise.all(first);
        world.pass(60_000);
        await Promise.all(rest.map(({ id, outs }) => life.delete(id, outs)));
        expect(world.own()).toEqual([]);
        expect(world.emulator.requests(DELETE).map(({ query }) => query["clientIds"]?.length)).toEqual([
          1, 1, 2, 1,
        ]);
      },
      { switches: { repeatedIds: "last", deleteUnknown: "ignore" } },
    ));

  test("are not tried again, each alone, where the server asks for a longer wait than there is time for", () =>
    withWorld(async (world) => {
      const made = await several(world, 4);
      world.emulator.fault({ kind: "status", status: 429, retryAfter: 3_600, ...DELETE });
      const { life } = world.run();
      const ended = await Promise.allSettled(made.map(({ id, outs }) => life.delete(id, outs)));
      expect(ended.map((end) => (end.status === "rejected" ? String(end.reason) : ""))).toEqual(
        made.map(({ id }): unknown => expect.stringMatching(new RegExp(`${id}\\).*It asks to wait 3600 s`))),
      );
      expect(world.emulator.requests(DELETE)).toHaveLength(1);
    }));

  test("of clients that are gone already do not keep the others from going out together", () =>
    withWorld(async (world) => {
      const made = await several(world, 8);
      for (const { id } of made.slice(0, 2)) world.account.deleteClient(id);
      const { life } = world.run();
      await Promise.all(made.map(({ id, outs }) => life.delete(id, outs)));
      expect(world.own()).toEqual([]);
      const sizes = world.emulator.requests(DELETE).map(({ query }) => query["clientIds"]?.length ?? 0);
      expect(sizes.sort((a, b) => a - b)).toEqual([1, 1, 6]);
    }));

  test("without a word are read until a reading that lags shows it", () =>
    withWorld(async (world) => {
      const made = await several(world, 3);
      world.pass(60_000);
      world.emulator.setSwitches({ deleteAnswer: "empty", getLag: 4_000, listLag: 4_000 });
      const { life } = world.run();
      await Promise.all(made.map(({ id, outs }) => life.delete(id, outs)));
      expect(world.own()).toEqual([]);
    }));

  test("that are refused say which client, by its name too", () =>
    withWorld(async (world) => {
      const [made] = await several(world, 1);
      world.emulator.fault({ kind: "status", status: 400, message: "not now", ...DELETE });
      await expect(world.run().life.delete(made?.id ?? "", made?.outs ?? {})).rejects.toThrow(
        `Could not delete client "${String(made?.outs["name"])}" (${made?.id ?? ""}): ThinkGeo returned HTTP 400: not now.`,
      );
    }));
});
