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
