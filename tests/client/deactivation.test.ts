import { NATIVE, withWorld, type World } from "./harness";

const WRITE = { method: "POST", path: "/api/v1/clients/*" } as const;

async function retiring(world: World): Promise<{ id: string; outs: Record<string, unknown> }> {
  const { life, check } = world.run();
  return life.create(check({ ...NATIVE, deletionPolicy: "deactivate" }));
}

test("switches the client off and leaves everything else, known or not", () =>
  withWorld(
    async (world) => {
      const { id, outs } = await retiring(world);
      const before = world.account.editClient(id, { extra: { colour: "green" }, name: "Renamed" });
      await world.run().life.delete(id, outs);
      expect(world.account.client(id)).toEqual({ ...before, isActive: false });
      expect(world.emulator.requests({ method: "DELETE" })).toEqual([]);
    },
    { switches: { extraFields: "lost" } },
  ));

test("of a client that is off already, or gone, writes nothing", () =>
  withWorld(async (world) => {
    const { id, outs } = await retiring(world);
    world.account.editClient(id, { isActive: false });
    await world.run().life.delete(id, outs);
    world.account.deleteClient(id);
    await world.run().life.delete(id, outs);
    expect(world.emulator.requests(WRITE)).toEqual([]);
  }));

test("that the server accepts and does not do is no success", () =>
  withWorld(async (world) => {
    const { id, outs } = await retiring(world);
    world.emulator.setSwitches({ ignoreFields: ["isActive"] });
    await expect(world.run().life.delete(id, outs)).rejects.toThrow(
      `Could not deactivate client "${String(outs["name"])}" (${id}): ThinkGeo accepted it and the client is still active. Run the command again.`,
    );
  }));
