import { NATIVE, withWorld } from "./harness";

describe("the inputs that read returns", () => {
  test("are left to the engine where nothing has changed, and follow the account where it has", () =>
    withWorld(async ({ run, account }) => {
      const { life, check } = run();
      const { id, outs } = await life.create(check({ ...NATIVE, grantedRoles: ["User"] }));
      expect(await run().life.read(id, outs)).toEqual({ id, props: outs });
      account.editClient(id, { allowedIpAddresses: ["192.0.2.1"], grantedRoles: ["Evaluator"] });
      expect(await run().life.read(id, outs)).toMatchObject({
        props: { allowedIpAddresses: ["192.0.2.1"], clientSecret: outs["clientSecret"] },
        inputs: { allowedIpAddresses: ["192.0.2.1"], grantedRoles: ["Evaluator"], name: outs["name"] },
      });
    }));
});

test("a client that somebody has made NativeConfidential is read with its secret, also where lists show none", () =>
  withWorld(
    async ({ run, account }) => {
      const { life, check } = run();
      const { id, outs } = await life.create(check({ type: "JavaScript", autoName: "web-1234abcd" }));
      account.editClient(id, { clientType: "NativeConfidential", sharedMode: "IpAddress" });
      expect(await run().life.read(id, outs)).toMatchObject({
        props: { type: "NativeConfidential", clientSecret: account.client(id)?.apiSecret },
      });
    },
    { switches: { listOmits: ["apiSecret"] } },
  ));

describe("a look-up, of which state has nothing", () => {
  const NOTHING = { __provider: "exports.handler = …" };

  test("reads a client that nobody manages here, and one that the list does not show yet", () =>
    withWorld(async ({ run, account }) => {
      const listed = account.addClient({ name: "Web", clientType: "JavaScript" });
      const { life } = run();
      expect(await life.read(listed.id, NOTHING)).toMatchObject({
        id: listed.id,
        props: { name: "Web", apiKey: listed.apiKey },
      });
      const late = account.addClient({ name: "Late", clientType: "JavaScript" });
      expect(await life.read(late.id, NOTHING)).toMatchObject({ props: { name: "Late" } });
    }));

  test.each(["stop", "accept"])(
    "of a GUID that the account does not have is an error, at once, whatever else is accepted as gone (%s)",
    (onVanished) =>
      withWorld(async ({ run }) => {
        const { life, time } = run({ THINKGEO_ON_VANISHED: onVanished });
        await expect(life.read("11111111-2222-4333-8444-555555555555", NOTHING)).rejects.toThrow(
          "Could not look up client 11111111-2222-4333-8444-555555555555: the account of thinkgeo:clientId has no client with that GUID. " +
            '"thinkgeo export" shows the GUIDs of an account\'s clients; getClient({ name }) finds a client by its name.',
        );
        expect(time.waits).toEqual([]);
      }),
  );

  test("of what is no GUID is an error that does not repeat it: it may be a key", () =>
    withWorld(async ({ run, account, calls }) => {
      const failed: unknown = await run()
        .life.read(account.clientSecret, NOTHING)
        .catch((error: unknown) => error);
      expect(String(failed)).toContain("Could not look up a client: the given id is not a GUID");
      expect(String(failed)).not.toContain(account.clientSecret);
      expect(calls()).toEqual([]);
    }));
});

test("a request time-out that is no whole number of milliseconds is one all the same", () =>
  withWorld(async ({ run }) => {
    const { life, check } = run({ THINKGEO_REQUEST_TIMEOUT: "20.0001" });
    await expect(life.create(check(NATIVE))).resolves.toBeDefined();
  }));

test("what a refresh is shown is state's own: its replacement has another name", () =>
  withWorld(async (world) => {
    const first = world.run();
    const { id, outs } = await first.life.create(first.check(NATIVE));
    const { life, check } = world.run();
    await life.read(id, outs);
    const inputs = check(NATIVE);
    expect(inputs["name"]).not.toBe(outs["name"]);
    const again = await life.create({ ...inputs, name: outs["name"] });
    expect(world.own().map((client) => client.id)).toEqual([id, again.id]);
  }));
