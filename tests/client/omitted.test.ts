import type { Switches } from "../../emulator";
import { findClient, findClients } from "../../provider/client/lookups";
import { CLIENT_FIELDS } from "../client-fields";
import { NATIVE, withWorld, type World } from "./harness";

/* What an answer leaves out is not known: it is neither empty nor different. */

const NAMED = { ...NATIVE, autoName: undefined, name: "Tiles" };
const WEB = { type: "JavaScript", name: "Web", allowedOrigins: ["acme.com"] };
const LISTS = CLIENT_FIELDS.map((field): [string, Partial<Switches>] => [field, { listOmits: [field] }]);
const EVERYWHERE = CLIENT_FIELDS.map((field): [string, Partial<Switches>] => [
  field,
  { listOmits: [field], getOmits: [field] },
]);

interface Made {
  readonly id: string;
  readonly outs: Record<string, unknown>;
  readonly inputs: Record<string, unknown>;
}

async function made({ run }: World, declared: object = NAMED): Promise<Made> {
  const { life, check } = run();
  const inputs = check({ ...declared });
  return { ...(await life.create(inputs)), inputs };
}

describe.each([
  ["server", NAMED],
  ["browser", WEB],
])("a client for a %s lives as ever where", (_, declared) => {
  test.each([...LISTS, ["everything", { listOmits: CLIENT_FIELDS }] as const])(
    "the list leaves out %s",
    (_field, switches) =>
      withWorld(
        async (world) => {
          const { id, outs, inputs } = await made(world, { ...declared, grantedRoles: ["User"] });
          const { life, diff, warnings } = world.run();
          const { props = {} } = await life.read(id, outs);
          expect(props).toEqual(outs);
          expect(diff(id, props, inputs)).toMatchObject({ changes: false });
          expect((await world.run().life.import(id)).props).toMatchObject({
            type: declared.type,
            name: declared.name,
            clientId: outs["clientId"],
          });
          expect(warnings).toEqual([]);
          // Somebody's changes are seen all the same.
          world.account.editClient(id, { isActive: false, allowedIpAddresses: ["198.51.100.1"] });
          expect((await world.run().life.read(id, outs)).props).toMatchObject({
            active: false,
            ...(declared.type === "NativeConfidential" && { allowedIpAddresses: ["198.51.100.1"] }),
          });
          await world.run().life.delete(id, outs);
          expect(world.own()).toEqual([]);
        },
        { switches },
      ),
  );

  test.each(EVERYWHERE)("no answer but that of create has %s: state stays as it is", (field, switches) =>
    withWorld(
      async (world) => {
        const { id, outs, inputs } = await made(world, { ...declared, grantedRoles: ["User"] });
        const { life, diff, check, warnings } = world.run();
        const { props = {} } = await life.read(id, outs);
        expect(props).toEqual(outs);
        expect(diff(id, props, inputs)).toMatchObject({ changes: false });
        const told = field === "isActive" ? "active" : field === "clientType" ? "type" : field;
        const isWarned =
          ["name", "active", "type", "grantedRoles"].includes(told) || Object.hasOwn(declared, told);
        expect(warnings).toEqual(
          isWarned ? [expect.stringContaining(`no response of ThinkGeo has ${told} of client`)] : [],
        );
        const renamed = check({ ...declared, grantedRoles: ["User"], name: "Towers" });
        const { outs: updated } = await life.update(id, props, renamed);
        expect(updated).toEqual({ ...outs, name: "Towers" });
        expect(world.account.client(id)).toMatchObject({
          name: "Towers",
          isActive: true,
          grantedRoles: ["User"],
          ...(declared.type === "JavaScript"
            ? { allowedOrigins: ["acme.com"] }
            : { allowedIpAddresses: ["203.0.113.7"] }),
        });
      },
      { switches },
    ),
  );
});

describe("where no answer says what the whitelist is", () => {
  const NOWHERE = { getOmits: ["allowedIpAddresses"], listOmits: ["allowedIpAddresses"] };

  test("an adopted client gets the one that is declared", () =>
    withWorld(
      async (world) => {
        const { id } = world.account.addClient({ name: "Tiles" });
        const { life, check, warnings } = world.run();
        await life.create(check({ ...NAMED, adopt: id }));
        expect(world.account.client(id)?.allowedIpAddresses).toEqual(["203.0.113.7"]);
        expect(warnings.join("\n")).toContain("allowedIpAddresses, of which no response says what it was");
      },
      { switches: NOWHERE },
    ));

  test.each(["replace", "merge"] as const)(
    "one that is not declared is never taken away by an update that is about something else (%s)",
    (updateMode) =>
      withWorld(
        async (world) => {
          const { id } = world.account.addClient({ name: "Tiles", allowedIpAddresses: ["203.0.113.7"] });
          const { life, check } = world.run();
          const open = { ...NAMED, allowedIpAddresses: undefined };
          const { outs } = await life.create(check({ ...open, adopt: id }));
          expect(world.emulator.requests({ method: "POST", path: "/api/v1/clients/*" })).toEqual([]);
          await life.update(id, outs, check({ ...open, name: "Towers" }));
          const [write] = world.emulator.requests({ method: "POST", path: "/api/v1/clients/*" });
          expect(write?.body).toMatchObject({ name: "Towers" });
          expect(write?.body).not.toHaveProperty("allowedIpAddresses");
        },
        { switches: { ...NOWHERE, updateMode } },
      ),
  );

  test("and other clients have one, it is empty: a service may leave out what is null", () =>
    withWorld(async (world) => {
      const { id, outs } = await made(world);
      world.emulator.fault({ kind: "broken-client", client: id, field: "allowedIpAddresses" });
      const { life, warnings } = world.run();
      expect((await life.read(id, outs)).props).not.toHaveProperty("allowedIpAddresses");
      expect(warnings).toEqual([]);
    }));

  test("an import says what it does not know", () =>
    withWorld(
      async (world) => {
        const { id } = world.account.addClient({ name: "Tiles", allowedIpAddresses: ["203.0.113.7"] });
        const { life, warnings } = world.run();
        await life.import(id);
        expect(warnings).toEqual([
          expect.stringContaining(
            `no response of ThinkGeo has allowedIpAddresses of client "Tiles" (${id}), and perhaps of others. It is imported as if it had none`,
          ),
        ]);
      },
      { switches: NOWHERE },
    ));
});

test("a key that somebody has switched off stays off where only the list says so", () =>
  withWorld(
    async (world) => {
      const { id, outs } = await made(world);
      world.account.editClient(id, { isActive: false });
      const { life, check } = world.run();
      await life.update(id, outs, check({ ...NAMED, name: "Towers" }));
      expect(world.account.client(id)).toMatchObject({ name: "Towers", isActive: false });
    },
    { switches: { getOmits: ["isActive"] } },
  ));

test("a key that no answer has is told", () =>
  withWorld(async (world) => {
    world.emulator.fault({ kind: "broken-client", client: "*", field: "apiKey" });
    const { life, check, warnings } = world.run();
    await life.create(check(NAMED));
    expect(warnings).toEqual([
      expect.stringContaining('no response of ThinkGeo has the key of client "Tiles"'),
    ]);
  }));

test("roles by ids that nobody explains are no difference", () =>
  withWorld(async (world) => {
    const { id, outs } = await made(world, { ...NAMED, grantedRoles: ["User"] });
    world.emulator.fault({ kind: "status", status: 403, path: "/api/v1/clients/roles" });
    const { life, warnings, check } = world.run();
    expect((await life.read(id, outs)).props).toEqual(outs);
    const renamed = check({ ...NAMED, grantedRoles: ["User"], name: "Towers" });
    expect((await life.update(id, outs, renamed)).outs).toEqual({ ...outs, name: "Towers" });
    expect(warnings).toEqual([]);
  }));

describe("a list without names", () => {
  const NAMELESS = { listOmits: ["name"] };

  test("hides none that a create would make a second time", () =>
    withWorld(
      async (world) => {
        const lost = world.account.addClient({ name: "Tiles", allowedIpAddresses: ["203.0.113.7"] });
        await expect(made(world)).rejects.toThrow(`adopt: "${lost.id}"`);
        expect(world.own()).toEqual([lost]);
        // One of another name is nobody's business.
        await made(world, { ...NAMED, name: "Towers" });
        expect(world.own()).toHaveLength(2);
      },
      { switches: NAMELESS },
    ));

  test("lets a pipeline take over what its own killed run left", () =>
    withWorld(
      async (world) => {
        const { run, emulator } = world;
        const first = run();
        emulator.fault({ kind: "status", status: 404, method: "GET", path: "/api/v1/clients/*", times: 1 });
        const { id } = await first.life.create(first.check(NATIVE));
        const second = run({ THINKGEO_ON_LOST_CLIENT: "adopt" });
        expect((await second.life.create(second.check(NATIVE))).id).toBe(id);
        expect(world.own()).toHaveLength(1);
      },
      { switches: NAMELESS },
    ));

  test.each(["adopt", "stop"])("nor do answers without names make a second one (%s)", (onLost) =>
    withWorld(
      async (world) => {
        const { id } = await made(world, NATIVE);
        const { life, check } = world.run({ THINKGEO_ON_LOST_CLIENT: onLost });
        await expect(life.create(check(NATIVE))).rejects.toThrow(`adopt: "${id}"`);
        expect(world.own()).toHaveLength(1);
      },
      { switches: { listOmits: ["name"], getOmits: ["name"] } },
    ),
  );

  test("nor does an answer about the lost one that leaves out its name", () =>
    withWorld(
      async (world) => {
        const { id } = await made(world, NATIVE);
        const { life, check } = world.run({ THINKGEO_ON_LOST_CLIENT: "adopt" });
        expect((await life.create(check(NATIVE))).id).toBe(id);
        expect(world.own()).toHaveLength(1);
      },
      { switches: { getOmits: ["name"] } },
    ));
});

test.each([
  ["list", ["apiKey"], []],
  ["list and GET", ["apiKey"], ["apiKey"]],
])("the client that we sign in with is not deleted where the %s leaves out keys", (_, listOmits, getOmits) =>
  withWorld(async (world) => {
    const { id, outs } = await made(world, { ...NAMED, allowedIpAddresses: ["127.0.0.1"] });
    const credentials = {
      THINKGEO_CLIENT_ID: String(outs["clientId"]),
      THINKGEO_CLIENT_SECRET: String(outs["clientSecret"]),
    };
    world.emulator.setSwitches({ listOmits, getOmits });
    const { life, check } = world.run(credentials);
    await expect(life.delete(id, outs)).rejects.toThrow("would lock this program out");
    await expect(life.update(id, outs, check({ ...NAMED, active: false }))).rejects.toThrow(
      "lock this program out",
    );
    expect(world.account.client(id)).toMatchObject({ isActive: true });
  }),
);

describe("look-ups", () => {
  test.each([...LISTS, ["everything", { listOmits: CLIENT_FIELDS }] as const])(
    "find the same where the list leaves out %s",
    (field, switches) =>
      withWorld(async ({ account, emulator, lookupSource }) => {
        const { id } = account.addClient({
          name: "Tiles",
          allowedIpAddresses: ["203.0.113.7"],
          isActive: false,
        });
        // Which account a client belongs to is not worth a request for each.
        const owner = field === "ownerId" ? { ownerId: undefined } : {};
        const [one, all] = [await findClient(lookupSource(), { id }), await findClients(lookupSource(), {})];
        emulator.setSwitches(switches);
        expect(await findClient(lookupSource(), { name: "Tiles" })).toMatchObject({
          ...one,
          ...owner,
          clientSecret: undefined,
        });
        expect(await findClient(lookupSource(), { id })).toMatchObject({
          ...one,
          ...owner,
          clientSecret: undefined,
        });
        expect(await findClients(lookupSource(), {})).toMatchObject(
          all.map((each) => ({ ...each, ...owner })),
        );
      }),
  );

  test("say what no answer has", () =>
    withWorld(
      async ({ account, lookupSource }) => {
        const { id } = account.addClient({ name: "Tiles", isActive: false });
        const { warnings, ...about } = lookupSource();
        await findClient(about, { id });
        expect(warnings).toEqual([expect.stringContaining("no response of ThinkGeo has active of client")]);
      },
      { switches: { listOmits: ["isActive"], getOmits: ["isActive"] } },
    ));
});
