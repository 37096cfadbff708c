import { NATIVE, withWorld, type World } from "./harness";

async function made(
  world: World,
  args: Record<string, unknown> = NATIVE,
): Promise<{ id: string; outs: Record<string, unknown>; inputs: Record<string, unknown> }> {
  const { life, check } = world.run();
  const inputs = check(args);
  return { ...(await life.create(inputs)), inputs };
}

describe("update", () => {
  test("keeps fields that we do not manage and fields that we do not know, and never sends keys back", () =>
    withWorld(
      async (world) => {
        const { id, outs } = await made(world, { ...NATIVE, name: "Server" });
        world.account.editClient(id, { extra: { colour: "green" }, grantedRoles: ["User"] });
        const { life, check } = world.run();
        await life.update(id, outs, check({ ...NATIVE, name: "Renamed" }));
        expect(world.account.client(id)).toMatchObject({
          name: "Renamed",
          grantedRoles: ["User"],
          extra: { colour: "green" },
        });
        const sent = world.emulator
          .requests({ method: "POST", path: "/api/v1/clients/*" })
          .map(({ body }) => Object.keys(body as object));
        expect(sent).toHaveLength(1);
        for (const key of ["apiKey", "apiSecret", "ownerId"]) expect(sent[0]).not.toContain(key);
      },
      { switches: { extraFields: "lost" } },
    ));

  test("is repeated after a lost reply and after server trouble: a full replace by id does no harm twice", () =>
    withWorld(async (world) => {
      const { id, outs } = await made(world);
      const { life, check } = world.run();
      world.emulator.fault({
        kind: "reset",
        when: "after",
        times: 1,
        method: "POST",
        path: "/api/v1/clients/*",
      });
      world.emulator.fault({
        kind: "status",
        status: 502,
        when: "before",
        at: 2,
        method: "POST",
        path: "/api/v1/clients/*",
      });
      await life.update(id, outs, check({ ...NATIVE, active: false }, outs));
      expect(world.account.client(id)).toMatchObject({ isActive: false });
    }));

  test("reads again where the server says that somebody changed the client meanwhile, and both changes survive", () =>
    withWorld(
      async (world) => {
        const { id, outs } = await made(world);
        const { life, check } = world.run();
        const stop = world.emulator.onRequest(({ moment, request }) => {
          if (moment !== "after" || request.method !== "GET" || !request.path.endsWith(id)) return;
          stop();
          world.account.editClient(id, { extra: { note: "by hand" } });
        });
        await life.update(id, outs, check({ ...NATIVE, allowedIpAddresses: ["192.0.2.1"] }, outs));
        expect(world.account.client(id)).toMatchObject({
          allowedIpAddresses: ["192.0.2.1"],
          extra: { note: "by hand" },
        });
      },
      { switches: { etag: "strong", extraFields: "lost" } },
    ));

  test("tells what the server did not apply", () =>
    withWorld(async (world) => {
      const { id, outs } = await made(world);
      world.emulator.setSwitches({ ignoreFields: ["isActive"] });
      const { life, check } = world.run();
      const failure = await life
        .update(id, outs, check({ ...NATIVE, active: false }, outs))
        .catch((error: unknown) => error);
      expect(failure).toMatchObject({
        id,
        reasons: [
          "ThinkGeo accepted active false and kept true.",
          expect.stringContaining('run "pulumi up" again'),
        ],
      });
      expect(failure).toMatchObject({
        properties: {
          active: true,
          __provider: expect.any(String) as string,
          clientSecret: outs["clientSecret"],
        },
      });
    }));

  test("writes nothing where only state has something to learn", () =>
    withWorld(async (world) => {
      const { id, outs } = await made(world);
      const { life, check } = world.run();
      world.emulator.clearRequests();
      const { outs: after } = await life.update(
        id,
        outs,
        check({ ...NATIVE, deletionPolicy: "retain" }, outs),
      );
      expect(after).toEqual({ ...outs, deletionPolicy: "retain" });
      expect(world.calls()).toEqual([
        "POST /identity/connect/token",
        `GET /api/v1/clients/${id}`,
        "GET /api/v1/clients/roles",
      ]);
    }));
});

describe("read: a client is gone only if that is certain", () => {
  const stops: readonly (readonly [string, (world: World) => void, string])[] = [
    [
      "the list is short",
      ({ emulator }) => {
        emulator.setSwitches({ listCap: 1 });
      },
      "ThinkGeo listed 1 clients and says that there are",
    ],
    [
      "the base address is wrong: a page answers",
      ({ emulator }) => {
        emulator.fault({ kind: "status", status: 404, body: "html", path: "/api/**" });
      },
      "is an HTML page",
    ],
    [
      "a proxy answers with a page",
      ({ emulator }) => {
        emulator.fault({ kind: "html", path: "/api/**" });
      },
      "is an HTML page",
    ],
    [
      "the answer is empty",
      ({ emulator }) => {
        emulator.fault({ kind: "empty", path: "/api/**" });
      },
      "is empty",
    ],
    [
      "the list lacks our own client",
      ({ emulator }) => {
        emulator.fault({
          kind: "reply",
          status: 200,
          path: "/api/v1/clients",
          text: '{"data":[],"status":"success","totalCount":0}',
        });
      },
      "so the list is incomplete, or of another account",
    ],
    [
      "the credentials have lost the User role",
      ({ account }) => {
        account.editClient(account.operatorId, { grantedRoles: ["Evaluator"] });
      },
      "needs the User role",
    ],
    [
      "the credentials are wrong",
      ({ account }) => {
        account.editClient(account.operatorId, { apiSecret: "another" });
      },
      "does not accept thinkgeo:clientId",
    ],
  ];
  test.each(stops)("%s", (_, breakIt, sentence) =>
    withWorld(async (world) => {
      const { id, outs } = await made(world);
      world.account.deleteClient(id);
      breakIt(world);
      const { life } = world.run();
      await expect(life.read(id, outs)).rejects.toThrow(sentence);
      await expect(world.run().life.delete(id, outs)).rejects.toThrow(sentence);
    }),
  );

  test("the credentials belong to another account: neither read nor delete goes on", () =>
    withWorld(
      async (world) => {
        const { id, outs } = await made(world);
        const environment = world.emulator.accounts[1]?.environment;
        await expect(world.run(environment).life.read(id, outs)).rejects.toThrow(
          "and thinkgeo:clientId belongs to account",
        );
        await expect(world.run(environment).life.delete(id, outs)).rejects.toThrow(
          "and thinkgeo:clientId belongs to account",
        );
        await expect(
          world
            .run(environment)
            .life.update(id, outs, { ...NATIVE, name: "x", active: false, deletionPolicy: "delete" }),
        ).rejects.toThrow("and thinkgeo:clientId belongs to account");
        expect(world.own().map((client) => client.id)).toEqual([id]);
        expect(world.emulator.requests({ method: "DELETE" })).toEqual([]);
      },
      { accounts: 2 },
    ));

  test("it was deleted: then it is gone, and deleting it succeeds", () =>
    withWorld(async (world) => {
      const { id, outs } = await made(world);
      world.account.deleteClient(id);
      expect(await world.run().life.read(id, outs)).toEqual({});
      await world.run().life.delete(id, outs);
      // What reads do not show may be there all the same: the API's own 404 to the delete is the proof.
      expect(world.emulator.requests({ method: "DELETE" }).map(({ status }) => status)).toEqual([404]);
    }));

  test("a list that lags behind does not make a client gone", () =>
    withWorld(async (world) => {
      const { id, outs } = await made(world);
      const list = world.account.clients().filter((client) => client.id !== id);
      const text = JSON.stringify({ data: list, status: "success", totalCount: list.length });
      world.emulator.fault({ kind: "reply", status: 200, method: "GET", path: "/api/v1/clients", text });
      expect(await world.run().life.read(id, outs)).toMatchObject({ id, props: { name: outs["name"] } });
    }));
});

describe("delete", () => {
  test.each(["deactivate", "retain"])("with deletionPolicy %s the client stays", (deletionPolicy) =>
    withWorld(async (world) => {
      const { id, outs } = await made(world, { ...NATIVE, deletionPolicy });
      world.emulator.clearRequests();
      await world.run().life.delete(id, outs);
      expect(world.account.client(id)).toMatchObject({
        isActive: deletionPolicy === "retain",
        allowedIpAddresses: ["203.0.113.7"],
      });
      if (deletionPolicy === "retain") expect(world.calls()).toEqual([]);
    }),
  );

  test("spares a client that the same run has taken over, and says so", () =>
    withWorld(async (world) => {
      const { id, outs } = await made(world);
      const run = world.run();
      await run.life.create(run.check({ ...NATIVE, autoName: undefined, name: "Adopted", adopt: id }));
      await run.life.delete(id, outs);
      expect(run.warnings).toEqual([
        expect.stringContaining(
          `was adopted and changed to what the program declares: name was "${String(outs["name"])}".`,
        ),
        expect.stringContaining("was not deleted"),
      ]);
      expect(world.account.client(id)).toMatchObject({ name: "Adopted", isActive: true });
    }));

  test.each([false, true])(
    "of a server that keeps deleted clients as inactive ones (lost reply: %s)",
    (lost) =>
      withWorld(
        async (world) => {
          const { id, outs } = await made(world);
          if (lost) world.emulator.fault({ kind: "reset", when: "after", times: 1, method: "DELETE" });
          await world.run().life.delete(id, outs);
          expect(world.account.client(id)).toMatchObject({ isActive: false });
          // And it does not stand in the way of a new one.
          const again = await made(world);
          expect(again.id).not.toBe(id);
        },
        { switches: { softDelete: true } },
      ),
  );
});

describe("the client that the program signs in with", () => {
  const own = (world: World) => ({
    type: "NativeConfidential",
    name: "Emulator operator",
    adopt: world.account.operatorId,
  });
  const refusals: readonly (readonly [string, Record<string, unknown>, string])[] = [
    ["is not deactivated", { active: false }, "deactivating it would lock this program out"],
    ["does not lose the User role", { grantedRoles: ["Evaluator"] }, "without the User role"],
    [
      "is not restricted to addresses that may not be ours",
      { allowedIpAddresses: ["203.0.113.7"] },
      "cannot be known from here",
    ],
  ];
  test.each(refusals)("%s", (_, change, sentence) =>
    withWorld(async (world) => {
      const before = world.account.clients();
      const first = world.run();
      const inputs = first.check(own(world));
      const { id, outs } = await first.life.create(inputs);
      const { life, check } = world.run();
      await expect(life.update(id, outs, check({ ...own(world), ...change }))).rejects.toThrow(sentence);
      await expect(world.run().life.create(check({ ...own(world), ...change }))).rejects.toThrow(sentence);
      await expect(world.run().life.delete(id, outs)).rejects.toThrow(
        "deleting it would lock this program out",
      );
      await expect(world.run().life.delete(id, { ...outs, deletionPolicy: "deactivate" })).rejects.toThrow(
        "deactivating it would",
      );
      expect(world.account.clients()).toEqual(before);
    }),
  );

  test("may be changed all the same where that is asked for", () =>
    withWorld(async (world) => {
      const run = world.run({ THINKGEO_ALLOW_SELF_LOCKOUT: "true" });
      const { id } = await run.life.create(run.check(own(world)));
      await run.life.update(id, {}, run.check({ ...own(world), active: false }));
      expect(world.account.client(id)).toMatchObject({ isActive: false });
    }));
});

test("a run of many reads asks for one token, one list and the names of the roles", () =>
  withWorld(async (world) => {
    const { life, check } = world.run();
    const clients = await Promise.all(
      Array.from({ length: 20 }, (_, n) => life.create(check({ ...NATIVE, autoName: `c${n}-1234abcd` }))),
    );
    world.emulator.clearRequests();
    const later = world.run();
    await Promise.all(clients.map(({ id, outs }) => later.life.read(id, outs)));
    expect(world.calls()).toEqual([
      "POST /identity/connect/token",
      "GET /api/v1/clients",
      "GET /api/v1/clients/roles",
    ]);
  }));
