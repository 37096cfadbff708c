import { Known } from "../../provider/client/known";
import { check, diff } from "../../provider/client/resource";
import { ClientWriter } from "../../provider/client/write";
import { PROPERTIES } from "../../provider/model/client";
import { NATIVE, withWorld, type ProviderRun, type World } from "./harness";

const NAMED = { ...NATIVE, autoName: undefined, name: "Tiles" };
const WRITE = { method: "POST", path: "/api/v1/clients/*" } as const;

interface Managed {
  readonly id: string;
  readonly outs: Record<string, unknown>;
}

async function made(world: World, declared: object = NAMED): Promise<Managed> {
  const { life, check } = world.run();
  return life.create(check({ ...declared }));
}

/** What an `up` without a refresh does, in a process of its own. */
async function up(
  world: World,
  { id, outs }: Managed,
  declared: object,
): Promise<{ run: ProviderRun; outs: Record<string, unknown> }> {
  const run = world.run();
  const news = run.check({ ...declared }, outs);
  expect(run.diff(id, outs, news)).toMatchObject({ changes: true, replaces: [] });
  return { run, outs: (await run.life.update(id, outs, news)).outs };
}

describe("an update changes what the program has changed", () => {
  test.each<[string, object]>([
    ["the whitelist", { allowedIpAddresses: ["198.51.100.1"] }],
    ["roles", { grantedRoles: ["Evaluator"] }],
    ["the name", { name: "Towers" }],
  ])("a key that was switched off by hand stays off when %s changes", (_, change) =>
    withWorld(async (world) => {
      const managed = await made(world);
      world.account.editClient(managed.id, { isActive: false });
      const { run, outs } = await up(world, managed, { ...NAMED, ...change });
      expect(world.account.client(managed.id)).toMatchObject({ isActive: false, ...change });
      expect(run.warnings).toEqual([
        expect.stringContaining(
          'active changed outside this program. This update did not overwrite that; "pulumi up --refresh" shows it and corrects it, unless the option ignoreChanges names it.',
        ),
      ]);
      // State keeps what it had, so no preview undoes it; a refresh brings it up, and then the program decides.
      const news = run.check({ ...NAMED, ...change }, outs);
      expect(run.diff(managed.id, outs, news)).toMatchObject({ changes: false });
      const { props = {} } = await world.run().life.read(managed.id, outs);
      expect(run.diff(managed.id, props, news)).toMatchObject({ changes: true });
      await world.run().life.update(managed.id, props, news);
      expect(world.account.client(managed.id)).toMatchObject({ isActive: true, ...change });
    }),
  );

  test.each<[string, string[], object]>([
    [
      "stays if the option ignoreChanges names it",
      ["allowedIpAddresses"],
      { allowedIpAddresses: ["192.0.2.1"] },
    ],
    ["goes otherwise", [], { allowedOrigins: ["acme.org"], allowedIpAddresses: [] }],
  ])(
    "a list of the other kind that was added by hand, where the program changes its own, %s",
    (_, ignoreChanges, expected) =>
      withWorld(async (world) => {
        const declared = { name: "Web", type: "JavaScript", ignoreChanges };
        const managed = await made(world, { ...declared, allowedOrigins: ["acme.com"] });
        const edit = { allowedOrigins: [], allowedIpAddresses: ["192.0.2.1"] };
        world.account.editClient(managed.id, { ...edit, sharedMode: "IpAddress" });
        const { run } = await up(world, managed, {
          ...declared,
          name: "Web 2",
          allowedOrigins: ["acme.org"],
        });
        expect(world.account.client(managed.id)).toMatchObject({ name: "Web 2", ...expected });
        expect(run.warnings).toHaveLength(1);
      }),
  );

  test("a whitelist and roles that were edited by hand stay when the name changes", () =>
    withWorld(async (world) => {
      const managed = await made(world, { ...NAMED, grantedRoles: ["Evaluator"] });
      world.account.editClient(managed.id, { allowedIpAddresses: ["192.0.2.1"], grantedRoles: ["User"] });
      const { run } = await up(world, managed, { ...NAMED, grantedRoles: ["Evaluator"], name: "Towers" });
      expect(world.account.client(managed.id)).toMatchObject({
        name: "Towers",
        allowedIpAddresses: ["192.0.2.1"],
        grantedRoles: ["User"],
      });
      expect(run.warnings).toEqual([
        expect.stringContaining("allowedIpAddresses, grantedRoles changed outside"),
      ]);
    }));

  test("a whitelist that somebody added to a client without one stays", () =>
    withWorld(async (world) => {
      const web = { type: "JavaScript", name: "Web" };
      const managed = await made(world, web);
      world.account.editClient(managed.id, { sharedMode: "IpAddress", allowedIpAddresses: ["192.0.2.1"] });
      await up(world, managed, { ...web, name: "Web 2" });
      expect(world.account.client(managed.id)).toMatchObject({
        name: "Web 2",
        sharedMode: "IpAddress",
        allowedIpAddresses: ["192.0.2.1"],
      });
      // A whitelist that the program declares takes the place of both.
      await up(world, managed, { ...web, allowedOrigins: ["acme.com"] });
      expect(world.account.client(managed.id)).toMatchObject({
        sharedMode: "Origin",
        allowedOrigins: ["acme.com"],
        allowedIpAddresses: [],
      });
    }));

  test.each<[string, object, object, object, string]>([
    [
      "the other kind of whitelist",
      { type: "JavaScript", name: "Web", allowedOrigins: ["a.com"] },
      { allowedOrigins: ["a.com", "b.com"] },
      { sharedMode: "IpAddress", allowedIpAddresses: ["192.0.2.1"], allowedOrigins: [] },
      'allowedOrigins was [], allowedIpAddresses was ["192.0.2.1"]',
    ],
    ["the name", NAMED, { name: "Towers" }, { name: "By hand" }, 'name was "By hand"'],
    [
      "a whitelist that is secret",
      { ...NAMED, secretInputs: ["allowedIpAddresses"] },
      { allowedIpAddresses: ["198.51.100.1"] },
      { allowedIpAddresses: ["192.0.2.1"] },
      "allowedIpAddresses, which is secret, was another",
    ],
    [
      "roles that nobody declared until now",
      NAMED,
      { grantedRoles: ["Evaluator"] },
      { grantedRoles: ["User"] },
      'grantedRoles was ["User"]',
    ],
  ])("what was edited by hand and is changed by the program too is told: %s", (_, first, change, edit, was) =>
    withWorld(async (world) => {
      const managed = await made(world, first);
      world.account.editClient(managed.id, { ...edit, sharedMode: "IpAddress" });
      const { run } = await up(world, managed, { ...first, ...change });
      expect(world.account.client(managed.id)).toMatchObject({ ...change });
      const { name } = { ...first, ...change } as { name: string };
      expect(run.warnings).toEqual([
        `client "${name}" (${managed.id}): properties that this update sets had changed outside this program, and were overwritten: ${was}.`,
      ]);
    }),
  );

  test("nothing is told of what a hand has made just what the program makes it", () =>
    withWorld(async (world) => {
      const managed = await made(world);
      world.account.editClient(managed.id, { allowedIpAddresses: ["198.51.100.1"] });
      const { run } = await up(world, managed, { ...NAMED, allowedIpAddresses: ["198.51.100.1"] });
      expect(run.warnings).toEqual([]);
    }));

  test("a name that was edited by hand stays when the whitelist changes", () =>
    withWorld(async (world) => {
      const managed = await made(world);
      world.account.editClient(managed.id, { name: "By hand" });
      await up(world, managed, { ...NAMED, allowedIpAddresses: ["198.51.100.1"] });
      expect(world.account.client(managed.id)).toMatchObject({
        name: "By hand",
        allowedIpAddresses: ["198.51.100.1"],
      });
    }));

  test("what only state needs to know writes nothing", () =>
    withWorld(async (world) => {
      const managed = await made(world);
      world.account.editClient(managed.id, { isActive: false });
      const { outs } = await up(world, managed, { ...NAMED, deletionPolicy: "retain" });
      expect(world.emulator.requests(WRITE)).toEqual([]);
      expect(outs).toMatchObject({ deletionPolicy: "retain", active: true });
      expect(world.account.client(managed.id)).toMatchObject({ isActive: false });
    }));

  test("the client that Pulumi signs in with may be changed in what shuts nobody out", () =>
    withWorld(async (world) => {
      const { operatorId } = world.account;
      const declared = { type: "NativeConfidential", name: "Operator", adopt: operatorId };
      const managed = await made(world, declared);
      await up(world, managed, { ...declared, name: "Pulumi" });
      expect(world.account.client(operatorId)?.name).toBe("Pulumi");
    }));

  test.each<[string, string, unknown, object]>([
    ["opens the whitelist", "allowedIpAddresses", ["*.*.*.*"], { allowedIpAddresses: ["*.*.*.*"] }],
    ["switches the key off", "isActive", false, { isActive: false }],
  ])("a server that %s in the same write is told of, field by field", (_, field, value, edit) =>
    withWorld(async (world) => {
      const managed = await made(world);
      world.emulator.fault({ kind: "broken-client", client: managed.id, field, value, ...WRITE });
      const stop = world.emulator.onRequest(({ request, moment }) => {
        if (
          request.method !== "POST" ||
          request.path !== `/api/v1/clients/${managed.id}` ||
          moment !== "after"
        )
          return;
        stop();
        world.account.editClient(managed.id, { ...edit, sharedMode: "IpAddress" });
      });
      const run = world.run();
      const news = run.check({ ...NAMED, name: "Towers" }, managed.outs);
      const failed = await run.life.update(managed.id, managed.outs, news).catch((error: unknown) => error);
      expect(failed).toMatchObject({ name: "PartialFailure", id: managed.id });
      expect(String(failed)).toMatch(/ThinkGeo accepted (?:active|allowedIpAddresses) .* and kept/);
    }),
  );

  test("what an answer leaves out is sent as declared: an update may reset what it lacks", () =>
    withWorld(
      async (world) => {
        const managed = await made(world);
        await up(world, managed, { ...NAMED, name: "Towers" });
        expect(world.account.client(managed.id)).toMatchObject({
          name: "Towers",
          allowedIpAddresses: ["203.0.113.7"],
        });
      },
      { switches: { getOmits: ["allowedIpAddresses", "sharedMode"] } },
    ));
});

describe("an adopt line", () => {
  test("says what it has changed, with what was there", () =>
    withWorld(async (world) => {
      const { id } = world.account.addClient({
        name: "By hand",
        allowedIpAddresses: ["192.0.2.1", "192.0.2.2"],
        grantedRoles: ["User"],
      });
      const { life, check, warnings } = world.run();
      await life.create(check({ ...NAMED, adopt: id, grantedRoles: ["Evaluator"] }));
      expect(warnings).toEqual([
        `client "Tiles" (${id}) was adopted and changed to what the program declares: name was "By hand", allowedIpAddresses was ["192.0.2.1","192.0.2.2"], grantedRoles was ["User"].`,
      ]);
    }));

  test("says that it opens the client to everybody, and nothing of what is secret", () =>
    withWorld(async (world) => {
      const { id } = world.account.addClient({ name: "Tiles", allowedIpAddresses: ["192.0.2.1"] });
      const { life, check, warnings } = world.run();
      const open = { ...NAMED, allowedIpAddresses: undefined, grantedRoles: ["Evaluator"], adopt: id };
      await life.create(check({ ...open, secretInputs: ["grantedRoles"] }));
      expect(warnings).toEqual([
        `client "Tiles" (${id}) was adopted and changed to what the program declares: allowedIpAddresses was ["192.0.2.1"], grantedRoles, which is secret, was another.`,
        expect.stringContaining('client "Tiles" is opened to the world: its allowedIpAddresses (1 address)'),
      ]);
    }));

  test("that is left over: after a deletion by hand, seen by the refresh of the same run, the client is made again", () =>
    withWorld(async (world) => {
      const { id } = world.account.addClient({ name: "By hand" });
      const declared = { ...NAMED, adopt: id };
      const { outs } = await made(world, declared);
      world.account.deleteClient(id);
      const run = world.run();
      expect(await run.life.read(id, outs)).toEqual({});
      const again = await run.life.create(run.check(declared));
      expect(world.own().map((client) => client.id)).toEqual([again.id]);
      const next = world.run();
      expect(next.diff(again.id, again.outs, next.check(declared, again.outs))).toMatchObject({
        changes: false,
      });
    }));

  test.each([true, false])(
    "of two resources that swap their clients: neither key ends (deleteBeforeReplace: %s)",
    (deleteFirst) =>
      withWorld(async (world) => {
        const [one, two] = ["One", "Two"].map((name) => world.account.addClient({ name }));
        const swapping = (name: string, adopt = ""): object => ({ ...NAMED, name, adopt });
        const first = await made(world, swapping("One", one?.id));
        const second = await made(world, swapping("Two", two?.id));
        const run = world.run();
        const turned = [swapping("Two", two?.id), swapping("One", one?.id)];
        [first, second].forEach(({ id, outs }, index) => {
          const news = run.check({ ...turned[index] }, outs);
          expect(run.diff(id, outs, news)).toMatchObject({ replaces: ["adopt"] });
        });
        const deleteBoth = async (): Promise<void> => {
          await run.life.delete(first.id, first.outs);
          await run.life.delete(second.id, second.outs);
        };
        if (deleteFirst) await deleteBoth();
        const replaced = [];
        for (const declared of turned) replaced.push(await run.life.create(run.check({ ...declared })));
        if (!deleteFirst) await deleteBoth();
        expect(replaced.map(({ id }) => id)).toEqual([two?.id, one?.id]);
        expect(world.own().map(({ id, apiKey }) => [id, apiKey])).toEqual(
          [one, two].map((client) => [client?.id, client?.apiKey]),
        );
        expect(run.warnings).toContainEqual(expect.stringContaining("was not deleted: "));
      }),
  );

  test("that names a client which another resource replaces in the same run takes that one over", () =>
    withWorld(async (world) => {
      const { id } = world.account.addClient({ name: "By hand" });
      const leaving = { ...NAMED, name: "Leaving", adopt: id };
      const { outs } = await made(world, leaving);
      const run = world.run();
      const turned = { ...leaving, replaceWhenChanged: { reason: "leaked" } };
      expect(run.diff(id, outs, run.check(turned, outs))).toMatchObject({
        replaces: ["replaceWhenChanged"],
      });
      const taken = await run.life.create(run.check({ ...NAMED, name: "Taking", adopt: id }));
      const replacement = await run.life.create(run.check(turned));
      await run.life.delete(id, outs);
      expect(taken.id).toBe(id);
      expect(world.own().map((client) => client.id)).toEqual([id, replacement.id]);
    }));

  test.each([true, false])(
    "that names the client being replaced is ignored (deleteBeforeReplace: %s)",
    (deleteFirst) =>
      withWorld(async (world) => {
        const { id } = world.account.addClient({ name: "By hand" });
        const declared = { ...NAMED, adopt: id };
        const { outs } = await made(world, declared);
        const run = world.run();
        const changed = { ...declared, replaceWhenChanged: { reason: "leaked" } };
        const news = run.check(changed, outs);
        expect(run.diff(id, outs, news)).toMatchObject({ replaces: ["replaceWhenChanged"] });
        if (deleteFirst) await run.life.delete(id, outs);
        const replacement = await run.life.create(run.check(changed));
        if (!deleteFirst) await run.life.delete(id, outs);
        expect(replacement.id).not.toBe(id);
        expect(world.own().map((client) => client.id)).toEqual([replacement.id]);
        const next = world.run();
        expect(
          next.diff(replacement.id, replacement.outs, next.check(changed, replacement.outs)),
        ).toMatchObject({ changes: false });
        // Another GUID is another wish.
        const other = { ...changed, adopt: "6f9619ff-8b86-4d01-b42d-00cf4fc964ff" };
        expect(
          next.diff(replacement.id, replacement.outs, next.check(other, replacement.outs)),
        ).toMatchObject({ replaces: ["adopt"] });
      }),
  );
});

describe("two resources with one client", () => {
  const SECOND = { ...NAMED, name: "Second" };

  test("the one that has it first: the one that adopts it is refused", () =>
    withWorld(async (world) => {
      const { id, outs } = await made(world);
      const run = world.run();
      run.diff(id, outs, run.check(NAMED, outs));
      await expect(run.life.create(run.check({ ...SECOND, adopt: id }))).rejects.toThrow(
        "it is managed by this stack already",
      );
      expect(world.account.client(id)?.name).toBe("Tiles");
    }));

  test("the one that adopts it first: the one that has it is refused, and neither delete ends the key", () =>
    withWorld(async (world) => {
      const first = await made(world);
      const run = world.run();
      const second = await run.life.create(run.check({ ...SECOND, adopt: first.id }));
      expect(() => run.diff(first.id, first.outs, run.check(NAMED, first.outs))).toThrow(
        "another resource of this program has the same client, or adopts it. Nothing was changed.",
      );
      // State has it twice now: the next preview says so, whichever comes first.
      for (const order of [
        [first, second],
        [second, first],
      ] as const) {
        const next = world.run();
        const [one, other] = order.map(({ id, outs }) => ({
          id,
          outs,
          news: next.check(outs === first.outs ? NAMED : { ...SECOND, adopt: first.id }, outs),
        }));
        next.diff(one?.id ?? "", one?.outs ?? {}, one?.news ?? {});
        expect(() => next.diff(other?.id ?? "", other?.outs ?? {}, other?.news ?? {})).toThrow(
          "has the same client",
        );
      }
      // When only one of the two stays in the program, the delete of the other spares the key, with a refresh or without.
      for (const refreshed of [false, true]) {
        const last = world.run();
        if (refreshed) for (const { id, outs } of [first, second]) await last.life.read(id, outs);
        last.diff(second.id, second.outs, last.check({ ...SECOND, adopt: first.id }, second.outs));
        await last.life.delete(first.id, first.outs);
        expect(last.warnings.at(-1)).toContain(
          "was not deleted: another resource of this stack has the same client",
        );
        expect(world.account.client(first.id)).toMatchObject({ isActive: true, name: "Second" });
      }
    }));

  test("a rename by adopt goes through with a refresh too", () =>
    withWorld(async (world) => {
      const { id, outs } = await made(world);
      const run = world.run();
      await run.life.read(id, outs);
      const second = await run.life.create(run.check({ ...SECOND, adopt: id }));
      await run.life.delete(id, outs);
      expect(second.id).toBe(id);
      expect(world.own()).toEqual([expect.objectContaining({ id, name: "Second", isActive: true })]);
    }));
});

test("one diff reads its inputs and its state once", () => {
  const known = new Known();
  const olds = { ...NATIVE, name: "Tiles", clientId: "key" };
  const { inputs } = check(olds, { ...NATIVE, name: "Atlas" }, known);
  const readings = jest.spyOn(PROPERTIES.allowedIpAddresses.value, "parse");
  diff("00000000-0000-4000-8000-000000000001", olds, inputs, known);
  expect(readings).toHaveBeenCalledTimes(2);
  jest.restoreAllMocks();
});

test("one update reads its inputs, its state and the roles once, and compares with the account once before and once after it writes", () =>
  withWorld(async (world) => {
    const first = world.run();
    const olds = first.check({ ...NATIVE, grantedRoles: ["User"] });
    const { id, outs } = await first.life.create(olds);
    const { life, check } = world.run();
    const news = check({ ...NATIVE, grantedRoles: ["User", "Evaluator"] }, olds);
    const readings = jest.spyOn(PROPERTIES.allowedIpAddresses.value, "parse");
    const comparisons = jest.spyOn(ClientWriter.prototype, "compare");
    world.emulator.clearRequests();
    await life.update(id, outs, news);
    // The state and the inputs.
    expect(readings).toHaveBeenCalledTimes(2);
    expect(comparisons).toHaveBeenCalledTimes(2);
    expect(world.calls().filter((call) => call === "GET /api/v1/clients/roles")).toHaveLength(1);
    expect(world.own()[0]?.grantedRoles).toHaveLength(2);
    jest.restoreAllMocks();
  }));
