import { NATIVE, withWorld, type World } from "./harness";

const POST = { method: "POST", path: "/api/v1/clients" } as const;
const NAMED = { ...NATIVE, autoName: undefined, name: "Tiles" };

describe("after a create whose outcome is not known", () => {
  test("a short list settles nothing: the create stops, and is not repeated", () =>
    withWorld(async ({ emulator, run }) => {
      emulator.fault({ kind: "drop", ...POST });
      emulator.onRequest(({ request }) => {
        if (request.method === "POST" && request.path === POST.path) emulator.setSwitches({ listCap: 1 });
      });
      const { life, check } = run();
      await expect(life.create(check(NAMED))).rejects.toThrow(
        "ThinkGeo listed 1 clients and says that there are 3",
      );
      expect(emulator.requests(POST)).toHaveLength(1);
    }));

  /** Adds a client to the account at the very moment at which the server handles the first POST. */
  const rival = (
    { emulator, account }: World,
    fields: Parameters<World["account"]["addClient"]>[0],
  ): void => {
    const stop = emulator.onRequest(({ request, moment }) => {
      if (request.method !== "POST" || request.path !== POST.path || moment !== "after") return;
      stop();
      account.addClient(fields);
    });
  };
  type ClientInput = Parameters<World["account"]["addClient"]>[0];
  const NATIVE_ADDRESSES: Omit<ClientInput, "name"> = {
    sharedMode: "IpAddress",
    allowedIpAddresses: ["203.0.113.7"],
  };

  test("two new clients that are all that was asked for: the create stops and names both", () =>
    withWorld(async (world) => {
      const { emulator, own, run } = world;
      emulator.fault({ kind: "drop", when: "after", ...POST });
      rival(world, { name: "Tiles", ...NATIVE_ADDRESSES });
      const { life, check } = run();
      const failed = (await life.create(check(NAMED)).catch((error: unknown) => error)) as Error;
      expect(failed.message).toContain("the account has 2 new clients that are what was asked for");
      for (const { id } of own()) expect(failed.message).toContain(id);
      expect([own().length, emulator.requests(POST).length]).toEqual([2, 1]);
    }));

  test.each<[string, ClientInput]>([
    ["whitelist", { name: "Tiles", sharedMode: "IpAddress", allowedIpAddresses: ["198.51.100.1"] }],
    ["no whitelist", { name: "Tiles" }],
    ["type", { name: "Tiles", clientType: "JavaScript", ...NATIVE_ADDRESSES }],
    ["activity", { name: "Tiles", isActive: false, ...NATIVE_ADDRESSES }],
    ["name", { name: "Towers", ...NATIVE_ADDRESSES }],
  ])("another's new client of another %s is told from the one that was made", (_, fields) =>
    withWorld(async (world) => {
      world.emulator.fault({ kind: "drop", when: "after", times: 1, ...POST });
      rival(world, fields);
      const { life, check } = world.run();
      const { id } = await life.create(check(NAMED));
      const [made, others] = [world.account.client(id), world.own().filter((client) => client.id !== id)];
      expect(made).toMatchObject({ name: "Tiles", clientType: "NativeConfidential", ...NATIVE_ADDRESSES });
      expect(others).toEqual([expect.objectContaining(fields)]);
    }),
  );

  test.each<[string, ClientInput]>([
    ["of the name", { name: "Tiles", allowedIpAddresses: ["198.51.100.1"] }],
    ["of the name, in another spelling", { name: "tiles" }],
    ["of another name", { name: "Towers", ...NATIVE_ADDRESSES }],
    ["of another type", { name: "Tiles", clientType: "JavaScript", ...NATIVE_ADDRESSES }],
  ])("another's new client %s, and none of ours: it is named, and stays as it is", (_, fields) =>
    withWorld(async (world) => {
      const { emulator, own, run } = world;
      emulator.fault({ kind: "drop", when: "before", times: 1, ...POST });
      const stop = emulator.onRequest(({ request }) => {
        if (request.method !== "POST" || request.path !== POST.path) return;
        stop();
        world.account.addClient({ sharedMode: "IpAddress", ...fields });
      });
      const { life, check } = run({ THINKGEO_ON_LOST_CLIENT: "adopt" });
      const failed = (await life.create(check(NAMED)).catch((error: unknown) => error)) as Error;
      const [other] = own();
      expect(failed.message).toContain(
        `; and a client is new in the account that is not in everything what was asked for: ${other?.id ?? ""} ("${fields.name}"`,
      );
      expect(failed.message).toContain(
        `Nothing was adopted. If one of them is this resource's, add  adopt: "`,
      );
      // Ours may be slower to be seen than the other one.
      expect(failed.message).toContain(
        "If not: A client may exist all the same. Run the command again in a minute",
      );
      expect(own()).toEqual([expect.objectContaining(fields)]);
      expect(emulator.requests(POST)).toHaveLength(1);
    }),
  );

  test("an answer with the new client of somebody else is not believed, and the own one is found", () =>
    withWorld(async (world) => {
      const { emulator, account, own, run } = world;
      emulator.fault({ kind: "other-client", client: "Towers", times: 1, ...POST });
      rival(world, { name: "Towers", ...NATIVE_ADDRESSES });
      const { life, check } = run();
      const { id } = await life.create(check(NAMED));
      expect(account.client(id)).toMatchObject({ name: "Tiles", ...NATIVE_ADDRESSES });
      expect(own().map(({ name }) => name)).toEqual(["Tiles", "Towers"]);
    }));

  test("an inactive client of the name, which was there before, is not taken for the new one", () =>
    withWorld(async ({ emulator, account, own, run }) => {
      const old = account.addClient({ name: "Tiles", isActive: false });
      emulator.fault({ kind: "drop", when: "after", times: 1, ...POST });
      const { life, check } = run();
      const { id } = await life.create(check(NAMED));
      expect(id).not.toBe(old.id);
      expect(own().map((client) => client.isActive)).toEqual([false, true]);
    }));

  test("many creates at once, all of whose answers are lost, find each its own", () =>
    withWorld(async ({ emulator, own, run }) => {
      emulator.fault({ kind: "reset", when: "after", ...POST });
      const { life, check } = run();
      const made = await Promise.all(
        Array.from({ length: 12 }, async (_, n) => {
          const inputs = check({ ...NATIVE, autoName: `c${n % 6}-1234abcd`, name: `Tiles ${n}` });
          return { name: inputs["name"], ...(await life.create(inputs)) };
        }),
      );
      expect(own()).toHaveLength(12);
      for (const { id, name } of made) expect(own().find((client) => client.id === id)?.name).toBe(name);
      expect(emulator.requests(POST)).toHaveLength(12);
    }));

  test.each([
    ["lower", "Tiles OF Europe", "tiles of europe"],
    ["escaped", "Tiles & <Towers>", "Tiles &#38; &#60;Towers&#62;"],
    ["normalised", "Cafe\u0301  tiles", "Caf\u00e9 tiles"],
    ["shortened", "Tiles of Europe", "Tiles of Eur"],
  ] as const)(
    "on a server that stores names %s one client is made, in this run and the next",
    (nameForm, name, kept) =>
      withWorld(
        async ({ emulator, own, run }) => {
          emulator.fault({ kind: "drop", when: "after", times: 1, ...POST });
          const first = run();
          const inputs = first.check({ ...NAMED, name });
          const failed = (await first.life.create(inputs).catch((error: unknown) => error)) as Error;
          expect(failed).toMatchObject({ name: "PartialFailure", id: own()[0]?.id });
          expect(failed.message).toContain(
            `ThinkGeo accepted name ${JSON.stringify(name)} and kept ${JSON.stringify(kept)}`,
          );
          expect(failed.message).toContain(
            "To send the same name again changes nothing: declare one without what ThinkGeo changed or cut off",
          );
          expect(own().map((client) => client.name)).toEqual([kept]);
          if (nameForm === "shortened") return;
          // Where the first run was killed before it could tell, the next one still knows it, whatever it is to be by now.
          const second = run();
          const changed = { ...NAMED, name, allowedIpAddresses: ["203.0.113.8"] };
          await expect(second.life.create(second.check(changed))).rejects.toThrow(
            `the account has a client that may be this one, under a name that ThinkGeo has changed, and that this stack does not know: ${own()[0]?.id ?? ""}`,
          );
          expect(own()).toHaveLength(1);
        },
        { switches: { nameForm, nameLimit: nameForm === "shortened" ? 12 : 0 } },
      ),
  );

  test("what a resource of the same words has made, and did not find, is not taken for the client of another", () =>
    withWorld(
      async ({ emulator, own, run, pass }) => {
        // A list that lags shows the account as it was: with the clients that it was born with.
        pass(60_000);
        emulator.fault({ kind: "drop", when: "after", ...POST });
        const { life, check } = run();
        const failures = await Promise.all(
          [1, 2].map(() => life.create(check(NAMED)).catch((error: unknown) => (error as Error).message)),
        );
        expect(failures).toEqual([
          expect.stringContaining("the account's list shows no new client. A client may exist all the same."),
          expect.stringContaining(
            `but another resource of this run asked for the same, and what became of that is not known either. Nothing was adopted. A client may exist`,
          ),
        ]);
        expect(own()).toHaveLength(2);
      },
      { switches: { listLag: 20_000 } },
    ));

  test("a generated name that was cut off is known in the next run", () =>
    withWorld(
      async ({ emulator, own, run }) => {
        emulator.fault({ kind: "drop", when: "after", ...POST });
        emulator.fault({ kind: "status", status: 503, method: "GET" });
        const first = run({ THINKGEO_REQUEST_TIMEOUT: "5" });
        await expect(first.life.create(first.check(NATIVE))).rejects.toThrow();
        emulator.clearFaults();
        const second = run();
        await second.life.create(second.check(NATIVE)).catch(() => undefined);
        const changed = { ...NATIVE, allowedIpAddresses: ["203.0.113.8"] };
        await run()
          .life.create(run().check(changed))
          .catch(() => undefined);
        expect(own().map(({ name }) => name)).toEqual(["server-81104"]);
      },
      { switches: { nameForm: "shortened", nameLimit: 12 } },
    ));

  test.each([9_000, 15_000])("a list that lags %d ms behind is read until it shows the new client", (lag) =>
    withWorld(async (world) => {
      world.pass(60_000);
      world.emulator.setSwitches({ listLag: lag, getLag: lag });
      world.emulator.fault({ kind: "drop", when: "after", times: 1, ...POST });
      const { life, check } = world.run();
      const { id } = await life.create(check(NAMED));
      expect(world.own().map((client) => client.id)).toEqual([id]);
    }),
  );

  test("what the run before has deleted is not taken for the new client, although a list shows it late", () =>
    withWorld(async (world) => {
      world.pass(60_000);
      world.emulator.setSwitches({ listLag: 8_000, getLag: 8_000 });
      const [first, second, third] = [world.run(), world.run(), world.run()];
      const { id: old, outs } = await first.life.create(first.check(NAMED));
      world.pass(3_000);
      await second.life.delete(old, outs);
      world.emulator.fault({ kind: "drop", when: "after", times: 1, ...POST });
      world.pass(200);
      const { id } = await third.life.create(third.check(NAMED));
      expect(world.own().map((client) => client.id)).toEqual([id]);
      expect(id).not.toBe(old);
    }));

  test("what is replaced without being shown, and is taken for the new client as a list shows it late, is not deleted", () =>
    withWorld(async (world) => {
      world.pass(60_000);
      world.emulator.setSwitches({ listLag: 8_000 });
      const first = world.run();
      const { id, outs } = await first.life.create(first.check(NAMED));
      world.pass(1_000);
      world.emulator.fault({ kind: "drop", when: "before", times: 1, ...POST });
      const second = world.run();
      expect((await second.life.create(second.check(NAMED))).id).toBe(id);
      await second.life.delete(id, outs);
      expect(second.warnings.join()).toContain(`(${id}) was not deleted: another resource of this stack has`);
      expect(world.own().map((client) => client.id)).toEqual([id]);
    }));

  test("a list that lags longer ends the run with a word, and the next run names the client", () =>
    withWorld(async (world) => {
      world.pass(60_000);
      world.emulator.setSwitches({ listLag: 20_000, getLag: 20_000 });
      world.emulator.fault({ kind: "drop", when: "after", times: 1, ...POST });
      const { life, check } = world.run();
      await expect(life.create(check(NAMED))).rejects.toThrow("A client may exist all the same.");
      world.pass(10_000);
      await expect(world.run().life.create(check(NAMED))).rejects.toThrow(
        `adopt: "${world.own()[0]?.id ?? ""}"`,
      );
      expect([world.own().length, world.emulator.requests(POST).length]).toEqual([1, 1]);
    }));

  test("and so has what comes after the look", () =>
    withWorld(
      async ({ emulator, own, run }) => {
        emulator.fault({ kind: "status", status: 503, when: "after", ...POST });
        const { life, check, time } = run({ THINKGEO_REQUEST_TIMEOUT: "10" });
        emulator.onRequest(({ request, moment }) => {
          if (request.method === "POST" && request.path === POST.path && moment === "after")
            void time.sleep(10_000);
        });
        const { id, outs } = await life.create(check(NAMED));
        expect(own().map((client) => [client.id, client.ownerId])).toEqual([[id, outs["ownerId"]]]);
      },
      { switches: { listOmits: ["ownerId"], getOmits: ["ownerId"], latency: 20 } },
    ));

  test.each([503, 409, 404])(
    "the look has time of its own, and its failure (%d) speaks of the create",
    (status) =>
      withWorld(async ({ emulator, own, run }) => {
        emulator.fault({ kind: "status", status: 503, when: "after", ...POST });
        const { life, check, time } = run({ THINKGEO_REQUEST_TIMEOUT: "10" });
        const stop = emulator.onRequest(({ request, moment }) => {
          if (request.method !== "POST" || request.path !== POST.path || moment !== "after") return;
          stop();
          emulator.fault({ kind: "status", status, method: "GET" });
          // The whole time of the call has gone into the request.
          void time.sleep(10_000);
        });
        const failed = (await life.create(check(NAMED)).catch((error: unknown) => error)) as Error;
        expect(failed.message).toMatch(
          new RegExp(
            `^Could not create client "Tiles": ThinkGeo returned HTTP 503: .*; and the account could not be looked at afterwards \\(ThinkGeo returned HTTP ${status}`,
          ),
        );
        expect(failed.message).toContain("A client may exist all the same.");
        expect([own().length, emulator.requests(POST).length]).toEqual([1, 1]);
      }),
  );
});

test.each([400, 403, 409, 422])(
  "a create that is refused (%d) is neither repeated nor looked for",
  (status) =>
    withWorld(async ({ emulator, calls, run, own }) => {
      emulator.fault({ kind: "status", status, ...POST });
      const { life, check } = run();
      await expect(life.create(check(NAMED))).rejects.toThrow(`HTTP ${status}`);
      expect(calls().slice(1)).toEqual(["GET /api/v1/clients", "POST /api/v1/clients"]);
      expect(own()).toEqual([]);
    }),
);

test("a create that was refused can be tried again in the same run", () =>
  withWorld(async ({ emulator, own, run }) => {
    emulator.fault({ kind: "status", status: 400, times: 1, ...POST });
    const { life, check } = run();
    const [first, second] = await Promise.allSettled([life.create(check(NAMED)), life.create(check(NAMED))]);
    expect([first.status, second.status, own().length]).toEqual(["rejected", "fulfilled", 1]);
  }));

describe("what a killed replacement left behind is not taken for the client that it was to replace", () => {
  test.each([
    ["a declared name", { ...NAMED }],
    ["a generated name", { ...NATIVE }],
  ])("%s", (_, declared) =>
    withWorld(async (world) => {
      const first = world.run();
      const inputs = first.check(declared);
      const { id, outs } = await first.life.create(inputs);
      const { life, check, diff } = world.run();
      const changed = { ...declared, type: "JavaScript" };
      // As the engine does it: with the inputs of state, and then, as there is something to replace, anew.
      expect(diff(id, outs, check(changed, inputs)).replaces).toEqual(["type"]);
      const news = check(changed);
      const name = String(news["name"]);
      const lost = world.account.addClient({ name, clientType: "JavaScript", sharedMode: "IpAddress" });
      await expect(life.create(news)).rejects.toThrow(`adopt: "${lost.id}"`);
      expect(world.own().map((client) => client.id)).toEqual([id, lost.id]);
    }),
  );

  test("nor by a trigger, which the engine decides without showing the old client", () =>
    withWorld(async (world) => {
      const first = world.run();
      const inputs = first.check(NATIVE);
      const { id } = await first.life.create(inputs);
      const { life, check } = world.run();
      check(NATIVE, inputs);
      const news = check(NATIVE);
      const lost = world.account.addClient({ name: String(news["name"]) });
      await expect(life.create(news)).rejects.toThrow(`adopt: "${lost.id}"`);
      expect(world.own().map((client) => client.id)).toEqual([id, lost.id]);
    }));

  test("nor by another resource of the same name while the client is replaced by a trigger", () =>
    withWorld(async (world) => {
      const first = world.run();
      const inputs = first.check(NAMED);
      const { id } = await first.life.create(inputs);
      // Somebody has renamed it, so that only the left-over has the name.
      world.account.editClient(id, { name: "Renamed by hand" });
      const lost = world.account.addClient({ name: String(inputs["name"]) });
      const { life, check } = world.run();
      check(NAMED, inputs);
      check(NAMED);
      const other = check({ ...NAMED, grantedRoles: ["User"] });
      await expect(life.create(other)).rejects.toThrow(`adopt: "${lost.id}"`);
      expect(world.own().map((client) => client.id)).toEqual([id, lost.id]);
    }));

  test("nor what has its name, where the engine has shown the old client, and that is gone", () =>
    withWorld(async (world) => {
      const first = world.run();
      const inputs = first.check(NAMED);
      const { id, outs } = await first.life.create(inputs);
      world.account.deleteClient(id);
      const stranger = world.account.addClient({ name: "Tiles" });
      const { life, check, diff } = world.run();
      const changed = { ...NAMED, replaceWhenChanged: { turn: 2 } };
      expect(diff(id, outs, check(changed, inputs)).replaces).toEqual(["replaceWhenChanged"]);
      await expect(life.create(check(changed))).rejects.toThrow(`adopt: "${stranger.id}"`);
      expect(world.own()).toEqual([stranger]);
    }));
});
