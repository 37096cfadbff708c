import { NATIVE, withWorld, type World } from "./harness";

/* Responses about another client than the one that was asked for, as a cache gives them that looks at the path only in part. */

const ONE = "/api/v1/clients/*";
const CHANGED = { ...NATIVE, allowedIpAddresses: ["198.51.100.9"] };

/** A client of this stack, one of somebody else, and what an `up` with another whitelist does. */
async function twoClients(world: World): Promise<{
  readonly id: string;
  readonly foreign: string;
  readonly update: () => Promise<{ outs: Record<string, unknown> }>;
}> {
  const first = world.run();
  const { id, outs } = await first.life.create(first.check(NATIVE));
  const foreign = world.account.addClient({ name: "Theirs", clientType: "NativeConfidential" }).id;
  const update = async (): Promise<{ outs: Record<string, unknown> }> => {
    const { life, check } = world.run();
    return life.update(id, outs, check(CHANGED, outs));
  };
  return { id, foreign, update };
}

test("an update that is shown another client stops, and writes to neither", () =>
  withWorld(async (world) => {
    const { foreign, update } = await twoClients(world);
    const before = structuredClone(world.own());
    world.emulator.fault({ kind: "other-client", client: "Theirs", method: "GET", path: ONE });
    await expect(update()).rejects.toThrow(`ThinkGeo returned another client, ${foreign}.`);
    expect(world.own()).toEqual(before);
    expect(world.emulator.requests({ method: "POST", path: ONE })).toEqual([]);
  }));

test("an adoption that is shown another client stops, and nothing is written", () =>
  withWorld(async (world) => {
    const { id, foreign } = await twoClients(world);
    world.emulator.fault({ kind: "other-client", client: "Theirs", method: "GET", path: ONE });
    const { life, check } = world.run();
    const adoption = life.create(check({ ...CHANGED, name: "Mine", adopt: id }));
    await expect(adoption).rejects.toThrow(`ThinkGeo returned another client, ${foreign}.`);
    expect(world.emulator.requests({ method: "POST", path: ONE })).toEqual([]);
  }));

test("a deactivation in place of a delete does not believe what is said of another client", () =>
  withWorld(async (world) => {
    const first = world.run();
    const { id, outs } = await first.life.create(first.check({ ...NATIVE, deletionPolicy: "deactivate" }));
    world.account.addClient({ name: "Theirs", clientType: "NativeConfidential", isActive: false });
    world.emulator.fault({ kind: "other-client", client: "Theirs", method: "GET", path: ONE });
    await expect(world.run().life.delete(id, outs)).rejects.toThrow("ThinkGeo returned another client");
    expect(world.account.client(id)).toMatchObject({ isActive: true });
  }));

test("an update that is answered with another client is read, and is done", () =>
  withWorld(async (world) => {
    const { id, foreign, update } = await twoClients(world);
    world.emulator.fault({ kind: "other-client", client: "Theirs", method: "POST", path: ONE });
    const { outs } = await update();
    expect(outs).toMatchObject({
      clientId: world.account.client(id)?.apiKey,
      allowedIpAddresses: CHANGED.allowedIpAddresses,
    });
    expect(world.account.client(id)).toMatchObject({ allowedIpAddresses: CHANGED.allowedIpAddresses });
    expect(world.account.client(foreign)).toMatchObject({ allowedIpAddresses: [] });
  }));

test("a create that is answered with the GUID of nothing is looked for, and its client found", () =>
  withWorld(async (world) => {
    const nothing = { field: "id", value: "00000000-0000-0000-0000-000000000000" } as const;
    world.emulator.fault({
      kind: "broken-client",
      client: "*",
      ...nothing,
      method: "POST",
      path: "/api/v1/clients",
    });
    const { life, check } = world.run();
    const { id } = await life.create(check(NATIVE));
    expect(world.own().map((client) => client.id)).toEqual([id]);
  }));
