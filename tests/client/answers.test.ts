import { NATIVE, withWorld, type World } from "./harness";

const NAMED = { ...NATIVE, autoName: undefined, name: "Tiles" };
const ONE = { method: "GET", path: "/api/v1/clients/*" } as const;
const LIST = { method: "GET", path: "/api/v1/clients" } as const;
const SECRETS = ["apiSecret"];

async function made(world: World): Promise<{ id: string; outs: Record<string, unknown> }> {
  const { life, check } = world.run();
  return life.create(check({ ...NAMED }));
}

describe("types and modes", () => {
  test.each(["camel", "lower", "upper"] as const)(
    "in %s casing are the declared ones: no difference, and the secret stays",
    (enumCasing) =>
      withWorld(
        async (world) => {
          const { id, outs } = await made(world);
          expect(outs).toMatchObject({
            type: "NativeConfidential",
            clientSecret: world.account.client(id)?.apiSecret,
          });
          const { life, check, diff } = world.run();
          const { props = {} } = await life.read(id, outs);
          expect(props).toEqual(outs);
          expect(diff(id, props, check(NAMED))).toMatchObject({ changes: false });
          const { outs: updated } = await life.update(id, props, check({ ...NAMED, name: "Towers" }));
          expect(updated).toMatchObject({ type: "NativeConfidential", clientSecret: outs["clientSecret"] });
          const adopted = world.account.addClient({
            name: "Old",
            ...{ allowedIpAddresses: ["203.0.113.7"] },
          });
          expect(
            (await world.run().life.create(check({ ...NAMED, name: "Old", adopt: adopted.id }))).id,
          ).toBe(adopted.id);
        },
        { switches: { enumCasing } },
      ),
  );

  test("that are not known replace nothing, take no secret out of state, and are not overwritten", () =>
    withWorld(async (world) => {
      const { id, outs } = await made(world);
      for (const path of [LIST.path, ONE.path])
        world.emulator.fault({
          kind: "broken-client",
          client: id,
          field: "clientType",
          value: "Machine",
          path,
        });
      const { life, check, diff } = world.run();
      const { props = {} } = await life.read(id, outs);
      expect(props).toEqual(outs);
      expect(diff(id, props, check(NAMED))).toMatchObject({ changes: false, replaces: [] });
      // The emulator itself does not know the type either.
      await expect(life.update(id, props, check({ ...NAMED, name: "Towers" }))).rejects.toThrow("HTTP 400");
      const [write] = world.emulator.requests({ method: "POST", path: ONE.path });
      expect(write?.body).toMatchObject({ name: "Towers", clientType: "Machine" });
    }));

  test("that an earlier version has put into state in another casing replace nothing", () =>
    withWorld(async (world) => {
      const { id, outs } = await made(world);
      const { check, diff } = world.run();
      for (const type of ["nativeConfidential", "Machine", ""])
        expect(diff(id, { ...outs, type }, check(NAMED))).toMatchObject({ replaces: [] });
      expect(diff(id, outs, check({ ...NAMED, type: "JavaScript" }))).toMatchObject({ replaces: ["type"] });
    }));
});

describe("a mask in the place of the secret", () => {
  test.each([
    "[hidden]",
    "<redacted>",
    "........",
    "####",
    "hidden",
    "Not shown",
    "********",
    "REDACTED-BY-POLICY-0001",
  ])("%s is never the secret, whoever asks", (mask) =>
    withWorld(
      async (world) => {
        const { id, outs } = await made(world);
        const { life, check, warnings } = world.run();
        const { props = {} } = await life.read(id, outs);
        const { outs: updated } = await life.update(id, props, check({ ...NAMED, name: "Towers" }));
        const secret = world.account.client(id)?.apiSecret;
        expect([outs["clientSecret"], props["clientSecret"], updated["clientSecret"]]).toEqual([
          secret,
          secret,
          secret,
        ]);
        const isPlain = /^[.#*]+$/.test(mask);
        expect(warnings).toEqual(
          isPlain
            ? []
            : [
                expect.stringContaining(
                  "a text where a client's secret should be that does not look like one",
                ),
              ],
        );
        expect(warnings.join()).not.toContain(mask);
      },
      { switches: { laterSecret: "masked", mask } },
    ),
  );

  test("in the answer of create only is made good by a reading", () =>
    withWorld(
      async (world) => {
        const { id, outs } = await made(world);
        expect(outs["clientSecret"]).toBe(world.account.client(id)?.apiSecret);
      },
      { switches: { createSecret: "masked", mask: "[hidden]" } },
    ));
});

describe("a client whose secret no answer has", () => {
  const NOWHERE = { createSecret: "absent", laterSecret: "absent" } as const;

  test("and that was just made is kept in state, and that is an error; the next up goes on", () =>
    withWorld(
      async (world) => {
        const failed = await made(world).catch((error: unknown) => error);
        const [{ id } = { id: "" }] = world.own();
        expect(failed).toMatchObject({ name: "PartialFailure", id, properties: { name: "Tiles" } });
        expect(String(failed)).toContain(
          "No response of ThinkGeo has the client's secret, so the output clientSecret is empty.",
        );
        const { life, check } = world.run();
        const { properties } = failed as { properties: Record<string, unknown> };
        expect((await life.update(id, properties, check(NAMED))).outs).not.toHaveProperty("clientSecret");
        expect(world.own()).toHaveLength(1);
      },
      { switches: NOWHERE },
    ));

  test("and that is taken over is told in a warning", () =>
    withWorld(
      async (world) => {
        const { id } = world.account.addClient({ name: "Tiles", allowedIpAddresses: ["203.0.113.7"] });
        const { life, check, warnings } = world.run();
        const { outs } = await life.create(check({ ...NAMED, adopt: id }));
        expect(outs).not.toHaveProperty("clientSecret");
        expect(warnings).toEqual([
          expect.stringContaining(`client "Tiles" (${id}): No response of ThinkGeo has the client's secret`),
        ]);
      },
      { switches: NOWHERE },
    ));

  test("and that a list does not show is asked for by its id, once state lacks it", () =>
    withWorld(
      async (world) => {
        const { id, outs } = await made(world);
        const { life, calls } = { ...world.run(), calls: world.calls };
        world.emulator.clearRequests();
        expect((await life.read(id, outs)).props).toEqual(outs);
        expect(calls()).not.toContain(`GET /api/v1/clients/${id}`);
        expect((await life.read(id, { ...outs, clientSecret: undefined })).props).toEqual(outs);
        expect(calls()).toContain(`GET /api/v1/clients/${id}`);
      },
      { switches: { listOmits: SECRETS } },
    ));

  test("or whose whitelist a list does not show is no drift", () =>
    withWorld(
      async (world) => {
        const { id, outs } = await made(world);
        expect((await world.run().life.read(id, outs)).props).toEqual(outs);
        world.account.editClient(id, { allowedIpAddresses: [] });
        const { props: open = {} } = await world.run().life.read(id, outs);
        expect(open).not.toHaveProperty("allowedIpAddresses");
        // Also where state has none that could be missed.
        world.account.editClient(id, { allowedIpAddresses: ["198.51.100.1"] });
        expect((await world.run().life.read(id, open)).props).toMatchObject({
          allowedIpAddresses: ["198.51.100.1"],
        });
      },
      { switches: { listOmits: ["allowedIpAddresses", "allowedOrigins"] } },
    ));
});

describe("what a new client can do is told", () => {
  test("where it got no roles although none were declared", () =>
    withWorld(
      async (world) => {
        const { life, check, warnings } = world.run();
        const { id } = await life.create(check(NAMED));
        expect(warnings).toEqual([
          expect.stringContaining(
            `client "Tiles" (${id}) was given no roles, although the program leaves grantedRoles out`,
          ),
        ]);
        warnings.length = 0;
        await life.create(check({ ...NAMED, name: "None", grantedRoles: [] }));
        expect(warnings).toEqual([]);
      },
      { switches: { rolesWhenAbsent: "none" } },
    ));

  test.each([
    ["native, without a whitelist, with User", { allowedIpAddresses: undefined }, true],
    [
      "native, without a whitelist, without User",
      { allowedIpAddresses: undefined, grantedRoles: ["Evaluator"] },
      false,
    ],
    ["native, with a whitelist", {}, false],
    ["native, switched off", { allowedIpAddresses: undefined, active: false }, false],
    ["for browsers", { type: "JavaScript", allowedIpAddresses: undefined }, false],
  ])("where it can manage the account from anywhere: %s", (_, declared, warned) =>
    withWorld(async (world) => {
      const { life, check, warnings } = world.run();
      await life.create(check({ ...NAMED, ...declared }));
      expect(warnings).toEqual(
        warned
          ? [
              expect.stringContaining(
                "has the role User and no address whitelist: whoever gets its secret can manage the account from anywhere",
              ),
            ]
          : [],
      );
    }),
  );
});

describe("an item of the list that cannot be read", () => {
  test("leaves all others manageable, and is named once a run", () =>
    withWorld(async (world) => {
      const { id, outs } = await made(world);
      const odd = world.account.addClient({ name: "Odd" });
      world.emulator.fault({
        kind: "broken-client",
        client: "Odd",
        field: "isActive",
        value: "yes",
        path: LIST.path,
      });
      const { life, check, warnings } = world.run();
      expect(await life.read(id, outs)).toMatchObject({ id, props: outs });
      await life.create(check({ ...NAMED, name: "Towers" }));
      await life.update(id, outs, check({ ...NAMED, name: "Tiles 2" }));
      await life.delete(id, outs);
      expect(world.own().map(({ name }) => name)).toEqual(["Odd", "Towers"]);
      expect(warnings).toEqual([
        expect.stringMatching(
          new RegExp(
            `^item \\d+ of ThinkGeo's list of clients \\("Odd"\\), ${odd.id}, cannot be read: isActive is not what the API describes`,
          ),
        ),
      ]);
    }));

  test("and that has no id stops what has to know that something is not there", () =>
    withWorld(async (world) => {
      const { id, outs } = await made(world);
      world.account.addClient({ name: "Odd" });
      world.emulator.fault({ kind: "broken-client", client: "Odd", path: LIST.path });
      const { life, check } = world.run();
      expect(await life.read(id, outs)).toMatchObject({ id });
      await expect(life.create(check({ ...NAMED, name: "Towers" }))).rejects.toThrow(
        '("Odd") cannot be read: id is not what the API describes, so the list is incomplete, and which clients were deleted cannot be determined',
      );
      world.account.deleteClient(id);
      await expect(world.run().life.read(id, outs)).rejects.toThrow(
        "which clients were deleted cannot be determined",
      );
    }));

  test.each([
    ["isActive", "yes"],
    ["name", 7],
  ])("and that may have the wanted name is asked for by its GUID: %s", (field, value) =>
    withWorld(async (world) => {
      const lost = world.account.addClient({ name: "Tiles" });
      world.emulator.fault({ kind: "broken-client", client: lost.id, field, value, path: LIST.path });
      await expect(made(world)).rejects.toThrow(`adopt: "${lost.id}"`);
      expect(world.own()).toEqual([lost]);
      await world.run().life.create(world.run().check({ ...NAMED, name: "Towers" }));
      expect(world.own()).toHaveLength(2);
    }),
  );

  test("and cannot be read by its GUID either stops a create that it may stand for", () =>
    withWorld(async (world) => {
      const { id } = world.account.addClient({ name: "Tiles" });
      world.emulator.fault({ kind: "broken-client", client: id, field: "isActive", value: "yes" });
      await expect(made(world)).rejects.toThrow(
        `("Tiles"), ${id}, cannot be read: isActive is not what the API describes, and asking for it by its GUID does not help`,
      );
      expect(world.own()).toHaveLength(1);
    }));
});

test.each(["strong", "weak"] as const)("a %s ETag does not keep a client from being changed", (etag) =>
  withWorld(
    async (world) => {
      const { id, outs } = await made(world);
      const { life, check } = world.run();
      await life.update(id, outs, check({ ...NAMED, name: "Towers" }));
      expect(world.account.client(id)?.name).toBe("Towers");
      const [write] = world.emulator.requests({ method: "POST", path: ONE.path });
      expect(write?.headers["if-match"]).toEqual(etag === "strong" ? expect.stringMatching(/^"/) : undefined);
    },
    { switches: { etag } },
  ),
);
