import type { FaultRule } from "../../emulator";
import { NATIVE, withWorld, type World } from "./harness";

const POST = { method: "POST", path: "/api/v1/clients" } as const;
const ROLES = "GET /api/v1/clients/roles";
const NAMED = { ...NATIVE, autoName: undefined, name: "Tiles" };

/** Lets the server answer a request with this part of the client that it made or changed. */
function answerWith(
  world: World,
  scope: Pick<FaultRule, "method" | "path">,
  part: (client: object) => object,
): void {
  const rule = { kind: "reply" as const, when: "after" as const, ...scope, text: "" };
  world.emulator.fault(rule);
  world.emulator.onRequest(({ moment }) => {
    const [client = {}] = world.own();
    if (moment === "after") rule.text = JSON.stringify({ data: part(client), status: "success" });
  });
}

describe("an answer to a create that does not tell everything is followed by a reading", () => {
  test.each<[string, (client: object) => object]>([
    ["only the id", (client) => ({ id: (client as { id: string }).id })],
    ["no secret", (client) => ({ ...client, apiSecret: null })],
    ["a masked secret", (client) => ({ ...client, apiSecret: "********" })],
    ["no key", (client) => ({ ...client, apiKey: null })],
    ["no addresses", (client) => ({ ...client, allowedIpAddresses: null })],
  ])("%s", (_, part) =>
    withWorld(async (world) => {
      answerWith(world, POST, part);
      const { life, check } = world.run();
      const { id, outs } = await life.create(check(NAMED));
      const made = world.account.client(id);
      expect(outs).toMatchObject({ name: "Tiles", clientId: made?.apiKey, clientSecret: made?.apiSecret });
      expect(world.calls().slice(2)).toEqual(["POST /api/v1/clients", `GET /api/v1/clients/${id}`, ROLES]);
    }),
  );

  test("and what the first answer told and the second does not is kept", () =>
    withWorld(async (world) => {
      answerWith(world, POST, (client) => ({ ...client, allowedIpAddresses: null }));
      answerWith(world, { method: "GET", path: "/api/v1/clients/*" }, (client) => ({
        ...client,
        apiKey: null,
        apiSecret: "********",
      }));
      const { life, check } = world.run();
      const { id, outs } = await life.create(check(NAMED));
      const made = world.account.client(id);
      expect(outs).toMatchObject({ clientId: made?.apiKey, clientSecret: made?.apiSecret });
    }));

  test("which waits until the new client can be seen", () =>
    withWorld(
      async (world) => {
        answerWith(world, POST, (client) => ({ ...client, apiSecret: null }));
        const { life, check, time } = world.run();
        const { id, outs } = await life.create(check(NAMED));
        expect(outs["clientSecret"]).toBe(world.account.client(id)?.apiSecret);
        expect(time.waits).toEqual([250, 500, 1_000]);
      },
      { switches: { slowApply: 3 } },
    ));

  test("an answer that tells everything is not", () =>
    withWorld(async (world) => {
      const { life, check } = world.run();
      await life.create(check(NAMED));
      expect(world.calls().slice(2)).toEqual(["POST /api/v1/clients", ROLES]);
    }));
});

describe("an update", () => {
  test("whose answer masks the secret keeps the one that state has, without a further reading", () =>
    withWorld(
      async (world) => {
        const { life, check } = world.run();
        const { id, outs } = await life.create(check(NAMED));
        world.emulator.clearRequests();
        const updated = await life.update(id, outs, check({ ...NAMED, name: "Atlas" }));
        expect(updated.outs).toMatchObject({
          name: "Atlas",
          clientSecret: world.account.client(id)?.apiSecret,
        });
        expect(world.calls()).toEqual([`GET /api/v1/clients/${id}`, `POST /api/v1/clients/${id}`]);
      },
      { switches: { laterSecret: "masked" } },
    ));

  test("that somebody always comes before is given up after three readings", () =>
    withWorld(async (world) => {
      const { life, check } = world.run();
      const { id, outs } = await life.create(check(NAMED));
      world.emulator.fault({ kind: "status", status: 412, method: "POST", path: "/api/v1/clients/*" });
      await expect(life.update(id, outs, check({ ...NAMED, name: "Atlas" }))).rejects.toThrow(
        "Another program or person is changing the same client: run the command again.",
      );
      expect(world.emulator.requests({ method: "POST", path: "/api/v1/clients/*" })).toHaveLength(3);
    }));

  test("of a client that is gone says what makes it again, and makes nothing", () =>
    withWorld(async (world) => {
      const { life, check } = world.run();
      const { id, outs } = await life.create(check(NAMED));
      world.account.deleteClient(id);
      await expect(life.update(id, outs, check({ ...NAMED, name: "Atlas" }))).rejects.toThrow(
        `Could not update client "Atlas" (${id}): the account of thinkgeo:clientId has no such client. If somebody deleted it, run "pulumi up --refresh" to make it again`,
      );
      expect(world.own()).toEqual([]);
    }));

  test("clears a list that is declared no more", () =>
    withWorld(async (world) => {
      const { life, check, diff } = world.run();
      const { id, outs } = await life.create(check(NAMED));
      const news = check({ ...NAMED, allowedIpAddresses: undefined });
      expect(diff(id, outs, news)).toMatchObject({ changes: true, replaces: [] });
      const updated = (await life.update(id, outs, news)).outs;
      expect(world.account.client(id)?.allowedIpAddresses).toEqual([]);
      expect(diff(id, updated, news)).toMatchObject({ changes: false });
    }));
});
