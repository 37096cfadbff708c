import { NATIVE, withWorld, type World } from "./harness";

/* Lists that show nothing, or nothing that can be read: a create might make a client a second time. */

const LIST = { method: "GET", path: "/api/v1/clients" } as const;
const POSTS = { method: "POST", path: "/api/v1/clients" } as const;
const WRONG = { field: "isActive", value: "yes" } as const;

const create = ({ run }: World, environment?: Record<string, string>): Promise<{ id: string }> => {
  const { life, check } = run(environment);
  return life.create(check(NATIVE));
};

test("an empty list creates nothing, as it lacks even the client that we sign in with", () =>
  withWorld(async (world) => {
    world.emulator.fault({ kind: "reply", text: '{"data":[],"totalCount":0,"status":"success"}', ...LIST });
    await expect(create(world)).rejects.toThrow(
      "the account's list of clients is empty: it lacks even the client of thinkgeo:clientId itself",
    );
    expect(world.emulator.requests(POSTS)).toEqual([]);
    await create(world, { THINKGEO_ON_VANISHED: "accept" });
    expect(world.own()).toHaveLength(1);
  }));

test("a list that lacks the client that we sign in with, and has others, is a warning", () =>
  withWorld(async (world) => {
    world.emulator.fault({
      kind: "reply",
      text: JSON.stringify({ data: [{ id: "other", name: "Other", apiKey: "key" }], status: "success" }),
      ...LIST,
    });
    const { life, check, warnings } = world.run();
    await life.create(check(NATIVE));
    await life.create(check({ ...NATIVE, autoName: "tiles-1234abcd" }));
    expect(warnings).toEqual([
      expect.stringContaining("ThinkGeo's list lacks the client of thinkgeo:clientId itself"),
    ]);
    expect(world.own()).toHaveLength(2);
  }));

test("a list of which nothing can be read creates nothing", () =>
  withWorld(async (world) => {
    world.emulator.fault({ kind: "broken-client", client: "*", ...WRONG });
    await expect(create(world)).rejects.toThrow(
      /no client of ThinkGeo's list can be read \(item 1 .*: isActive is not what the API describes\), so the response to a create could not be read either\. Nothing was created\./,
    );
    expect(world.emulator.requests(POSTS)).toEqual([]);
  }));

test("a client that was made, and that neither answer nor list nor GET shows in a form that can be read, is named", () =>
  withWorld(async (world) => {
    world.emulator.fault({ kind: "broken-client", client: "*", ...WRONG, ...POSTS });
    world.emulator.onRequest(({ moment, request }) => {
      if (moment === "after" && request.method === "POST" && request.path === POSTS.path)
        world.emulator.fault({ kind: "broken-client", client: "*", ...WRONG });
    });
    const failed = await create(world).catch(String);
    const [{ id } = { id: "" }] = world.own();
    expect(failed).toContain(
      `What was made is probably ${id}, which cannot be read: look at it in ThinkGeo's console`,
    );
    await expect(create(world)).rejects.toThrow("Nothing was created");
    expect(world.own()).toHaveLength(1);
  }));

test("a client that was made and that only the answer to its create does not show is found", () =>
  withWorld(async (world) => {
    world.emulator.fault({ kind: "broken-client", client: "*", ...WRONG, ...POSTS });
    expect(await create(world)).toMatchObject({ id: world.own()[0]?.id });
    expect(world.own()).toHaveLength(1);
  }));

test("items that cannot be read are one warning, once a run", () =>
  withWorld(async (world) => {
    const { id, outs } = await world.run().life.create(world.run().check(NATIVE));
    world.emulator.fault({ kind: "broken-client", client: "*", ...WRONG, ...LIST });
    const { life, warnings } = world.run();
    expect((await life.read(id, outs)).props).toEqual(outs);
    await life.import(id);
    await life.delete(id, outs);
    expect(warnings).toEqual([
      expect.stringMatching(/^4 items of ThinkGeo's list of clients cannot be read, .*: "Sample/),
    ]);
    for (const client of world.account.clients()) expect(warnings[0]).toContain(`${client.id} (isActive)`);
  }));
