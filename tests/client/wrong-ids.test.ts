import { NATIVE, withWorld, type World } from "./harness";

/* ThinkGeo answers a create with a GUID that no reading knows: the key exists under another one. */

const POSTS = { method: "POST", path: "/api/v1/clients" } as const;
const WRONG = "11111111-2222-3333-4444-555555555555";

async function made({ emulator, run }: World): Promise<{ id: string; outs: Record<string, unknown> }> {
  emulator.fault({ kind: "broken-client", client: "*", field: "id", value: WRONG, times: 1, ...POSTS });
  const { life, check } = run();
  return life.create(check(NATIVE));
}

test("a destroy does not say that the key is gone without naming the one that has its name", () =>
  withWorld(async (world) => {
    const { id, outs } = await made(world);
    expect(id).toBe(WRONG);
    const { life, warnings } = world.run();
    await life.delete(id, outs);
    expect(warnings).toEqual([
      expect.stringContaining(
        `client "${String(outs["name"])}" (${WRONG}) is not in the account, and the account has one of the same name that this stack does not know: ${world.own()[0]?.id ?? ""}.`,
      ),
    ]);
  }));

test("a refresh drops it with the same words, and the next up makes no second one", () =>
  withWorld(async (world) => {
    const { id, outs } = await made(world);
    // Of one client that is missing, and nobody else left, nothing would be concluded.
    const { life, check, warnings } = world.run();
    expect(await life.read(id, outs)).toEqual({});
    expect(warnings).toEqual([expect.stringContaining(`adopt: "${world.own()[0]?.id ?? ""}"`)]);
    await expect(life.create(check(NATIVE))).rejects.toThrow(`adopt: "${world.own()[0]?.id ?? ""}"`);
    expect(world.own()).toHaveLength(1);
  }));

test("where create's answer leaves something out, the reading that fails is told at once", () =>
  withWorld(async (world) => {
    world.emulator.fault({ kind: "broken-client", client: "*", field: "apiKey", ...POSTS });
    world.emulator.fault({ kind: "status", status: 404, method: "GET", path: "/api/v1/clients/*" });
    const { life, check, warnings } = world.run();
    const { id } = await life.create(check({ ...NATIVE, grantedRoles: undefined }));
    expect(warnings.join("\n")).toContain(
      `(${id}): ThinkGeo returned that it has created or changed it, and a GET has not found it`,
    );
    expect(world.own()).toHaveLength(1);
  }));

test("a client that was deleted, without another of its name, is no warning", () =>
  withWorld(async (world) => {
    const { life, check } = world.run();
    const { id, outs } = await life.create(check(NATIVE));
    await life.create(check({ ...NATIVE, autoName: "tiles-1234abcd" }));
    world.account.deleteClient(id);
    const second = world.run();
    expect(await second.life.read(id, outs)).toEqual({});
    await second.life.delete(id, outs);
    expect(second.warnings).toEqual([]);
  }));
