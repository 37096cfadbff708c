import { AddressList } from "../../provider/whitelist";
import { RotationWorld } from "./rotation-world";

const withRotation = (work: (world: RotationWorld) => Promise<void>): Promise<void> =>
  RotationWorld.with(work);

/** A rotation that has just happened. */
async function rotated(world: RotationWorld): Promise<void> {
  await world.expectUp();
  world.declare({ rotateWhenChanged: { reason: "1" } });
  await world.expectUp();
}

describe("reads that lag eight seconds behind writes", () => {
  test("end no rotation with three clients: refresh, rotate, roll on and destroy, one right after the other", () =>
    withRotation(async (world) => {
      world.pass(60_000);
      world.emulator.setSwitches({ listLag: 8_000, getLag: 8_000 });
      await world.expectUp();
      const first = world.currentId();
      await world.refresh();
      expect(world.currentId()).toBe(first);
      world.declare({ rotateWhenChanged: { reason: "1" } });
      await world.expectUp();
      await world.refresh();
      expect([world.previousId(), world.own().length]).toEqual([first, 2]);
      // At once into the next one: the one before goes first, though reads do not show that it is there.
      world.day = 8;
      world.declare({ rotateWhenChanged: { reason: "2" } });
      for (let turn = 0; turn < 3; turn++) await world.expectUp();
      expect([world.most, world.fewestWorking]).toEqual([2, 1]);
      await world.destroy();
      expect(world.own()).toEqual([]);
    }));
});

test("while nobody can use the current key, the one before stays valid, and every run says so", () =>
  withRotation(async (world) => {
    world.emulator.setSwitches({ laterSecret: "masked", mask: "[hidden]" });
    world.declare({ rotateAfterDays: 30 });
    await world.expectUp();
    const [first] = world.own();
    world.emulator.fault({ kind: "drop", when: "after", times: 1, method: "POST", path: "/api/v1/clients" });
    world.day = 30;
    expect((await world.up()).failure?.message).toContain("No response of ThinkGeo has the client's secret");
    for (const day of [30, 38, 46, 54]) {
      world.day = day;
      expect(world.due()).toBe(true);
      expect((await world.up()).failure?.message).toContain(
        "ThinkGeo does not show it any more, so nobody could use it",
      );
      expect(world.own()[0]).toEqual(first);
    }
    // As told: it is deleted, and another one is made.
    world.account.deleteClient(world.currentId() ?? "");
    await world.refresh();
    await world.expectUp();
    expect(world.output("clientSecret")).toBe(world.own().at(-1)?.apiSecret);
    expect(world.fewestWorking).toBe(1);
  }));

describe("the life of a rotating key", () => {
  test("from the first client to the deletion of the one before, step by step", () =>
    withRotation(async (world) => {
      world.declare({ rotateAfterDays: 90 });
      await world.expectUp();
      const [first] = world.own();
      expect(world.output("clientSecret")).toBe(first?.apiSecret);
      expect([world.output("rotatedAt"), world.output("nextAction"), world.output("nextActionAt")]).toEqual([
        "2026-01-01T00:00:00Z",
        "rotate",
        "2026-04-01T00:00:00Z",
      ]);

      world.day = 89.4;
      expect(world.due()).toBe(false);
      world.day = 90;
      expect(world.due()).toBe(true);
      await world.expectUp();
      const [, second, ...more] = world.own();
      expect(more).toEqual([]);
      expect(world.own().map(({ isActive }) => isActive)).toEqual([true, true]);
      expect(world.output("clientId")).toBe(second?.apiKey);
      expect(world.output("clientSecret")).toBe(second?.apiSecret);
      expect(world.output("previousClientSecret")).toBe(first?.apiSecret);
      expect(world.output("current")).toMatchObject({ id: second?.id, generation: 2 });
      expect(world.output("previous")).toMatchObject({ id: first?.id, generation: 1, active: true });
      expect([world.output("nextAction"), world.output("nextActionAt")]).toEqual([
        "deactivate",
        "2026-04-08T00:00:00Z",
      ]);

      world.day = 97;
      await world.expectUp();
      expect(world.own().map(({ isActive }) => isActive)).toEqual([false, true]);
      expect([world.output("nextAction"), world.output("nextActionAt")]).toEqual([
        "delete",
        "2026-04-15T00:00:00Z",
      ]);

      world.day = 104;
      await world.expectUp();
      expect(world.own()).toEqual([second]);
      expect([world.output("previous"), world.output("previousClientSecret")]).toEqual([
        undefined,
        undefined,
      ]);
      expect([world.output("nextAction"), world.output("nextActionAt")]).toEqual([
        "rotate",
        "2026-06-30T00:00:00Z",
      ]);
      expect([world.most, world.fewestWorking]).toEqual([2, 1]);
    }));

  test("each step done, nothing is to be done until the next is due", () =>
    withRotation(async (world) => {
      world.declare({ rotateAfterDays: 90 });
      for (const day of [0, 90, 97, 104]) {
        world.day = day;
        expect(world.due()).toBe(true);
        await world.expectUp();
        expect(world.due()).toBe(false);
        await world.refresh();
        expect(world.due()).toBe(false);
      }
    }));

  test("a change of rotateWhenChanged renews; the same value, or none, does not", () =>
    withRotation(async (world) => {
      await rotated(world);
      expect(world.own()).toHaveLength(2);
      world.day = 100;
      await world.expectUp();
      world.day = 200;
      await world.expectUp();
      expect(world.own()).toHaveLength(1);
      world.declare({ rotateWhenChanged: undefined });
      await world.expectUp();
      expect(world.own()).toHaveLength(1);
      expect(world.output("nextAction")).toBeUndefined();
    }));

  test("a change that comes in the overlap waits for its end, and then for room", () =>
    withRotation(async (world) => {
      await rotated(world);
      const [first, second] = world.own();
      world.declare({ rotateWhenChanged: { reason: "2" } });
      world.day = 1;
      await world.expectUp();
      expect(world.own()).toEqual([first, second]);
      world.day = 7;
      await world.expectUp();
      expect(world.seen()).toEqual([`(${first?.name ?? ""})`, second?.name]);
      expect(world.output("nextAction")).toBe("rotate");
      await world.expectUp();
      expect(world.own()).toHaveLength(2);
      expect(world.own()[0]).toEqual(second);
      expect([world.most, world.fewestWorking]).toEqual([2, 1]);
    }));

  test('retire: "delete" skips the step that can be undone', () =>
    withRotation(async (world) => {
      world.declare({ retire: "delete" });
      await rotated(world);
      const [, second] = world.own();
      expect(world.output("nextAction")).toBe("delete");
      world.day = 7;
      await world.expectUp();
      expect(world.own()).toEqual([second]);
    }));

  test("a longer overlap switches the one before on again", () =>
    withRotation(async (world) => {
      await rotated(world);
      world.day = 7;
      await world.expectUp();
      expect(world.own().map(({ isActive }) => isActive)).toEqual([false, true]);
      world.declare({ overlapDays: 14 });
      await world.expectUp();
      expect(world.own().map(({ isActive }) => isActive)).toEqual([true, true]);
      expect(world.output("nextActionAt")).toBe("2026-01-15T00:00:00Z");
    }));

  test("overlapDays 0: each up does the next step", () =>
    withRotation(async (world) => {
      world.declare({ overlapDays: 0 });
      await rotated(world);
      const seen = [world.own().length];
      for (let run = 0; run < 2; run++) {
        await world.expectUp();
        seen.push(world.own().length);
      }
      expect(seen).toEqual([2, 2, 1]);
      expect(world.due()).toBe(false);
    }));

  test("emergency replaces at once, once, and leaves only the new one", () =>
    withRotation(async (world) => {
      await rotated(world);
      world.declare({ emergency: true });
      await world.expectUp();
      expect(world.own().map(({ id }) => id)).toEqual([world.currentId()]);
      expect(world.output("current")).toMatchObject({ generation: 3 });
      expect(world.due()).toBe(false);
      world.declare({ emergency: false });
      await world.expectUp();
      expect(world.output("current")).toMatchObject({ generation: 3 });
      world.declare({ emergency: true });
      await world.expectUp();
      expect(world.output("current")).toMatchObject({ generation: 4 });
      expect([world.most, world.fewestWorking]).toEqual([2, 1]);
    }));

  test("what is declared holds for both while both are valid", () =>
    withRotation(async (world) => {
      await rotated(world);
      world.declare({ allowedIpAddresses: ["203.0.113.7"] });
      await world.expectUp();
      expect(world.own().map(({ allowedIpAddresses }) => allowedIpAddresses)).toEqual([
        ["203.0.113.7"],
        ["203.0.113.7"],
      ]);
      expect(world.due()).toBe(false);
    }));

  test("an explicit name is the first client's; later ones are numbered", () =>
    withRotation(async (world) => {
      world.declare({ name: "Tiles" });
      await rotated(world);
      expect(world.seen()).toEqual(["Tiles", "Tiles (2)"]);
      expect(world.due()).toBe(false);
      world.declare({ name: "Maps" });
      await world.expectUp();
      expect(world.seen()).toEqual(["Maps", "Maps (2)"]);
    }));

  test("an existing client is taken over as the first, and the line counts once", () =>
    withRotation(async (world) => {
      const existing = world.account.addClient({ name: "By hand", clientType: "NativeConfidential" });
      world.declare({ adopt: existing.id, name: "Tiles" });
      await world.expectUp();
      expect(world.own().map(({ id, name }) => [id, name])).toEqual([[existing.id, "Tiles"]]);
      world.declare({ rotateWhenChanged: { reason: "1" } });
      await world.expectUp();
      expect(world.seen()).toEqual(["Tiles", "Tiles (2)"]);
      world.day = 7;
      await world.expectUp();
      world.declare({ rotateWhenChanged: { reason: "2" } });
      await world.expectUp();
      expect(world.seen()).toEqual(["Tiles (2)", "Tiles (3)"]);
    }));

  test("an adopt line that is left over when the whole resource is replaced does not keep the old key", () =>
    withRotation(async (world) => {
      const existing = world.account.addClient({ name: "By hand", clientType: "NativeConfidential" });
      const replaceOnChanges = ["allowedIpAddresses"];
      world.declare({ adopt: existing.id, allowedIpAddresses: ["203.0.113.7"], replaceOnChanges });
      await world.expectUp();
      expect(world.own().map(({ id }) => id)).toEqual([existing.id]);
      world.declare({ allowedIpAddresses: ["203.0.113.8"] });
      await world.expectUp();
      expect(world.own().map(({ id }) => id)).toEqual([world.currentId()]);
      expect(world.currentId()).not.toBe(existing.id);
      // Nor does a later rotation ask for it.
      world.declare({ rotateWhenChanged: { reason: "1" } });
      await world.expectUp();
      expect(world.own()).toHaveLength(2);
    }));

  test("destroy deletes both, in one request", () =>
    withRotation(async (world) => {
      await rotated(world);
      world.emulator.clearRequests();
      await world.destroy();
      expect(world.own()).toEqual([]);
      expect(world.emulator.requests().filter(({ method }) => method === "DELETE")).toHaveLength(1);
    }));
});

describe("what somebody did by hand", () => {
  test("the one before that was deleted is forgotten, and no new one is made in its place", () =>
    withRotation(async (world) => {
      await rotated(world);
      const [first, second] = world.own();
      world.account.deleteClient(first?.id ?? "");
      await world.refresh();
      expect([world.output("previous"), world.output("nextAction")]).toEqual([undefined, undefined]);
      expect(world.due()).toBe(false);
      world.day = 7;
      await world.expectUp();
      expect(world.own()).toEqual([second]);
    }));

  test("without a refresh, too: up finds out by itself", () =>
    withRotation(async (world) => {
      await rotated(world);
      const [first, second] = world.own();
      world.account.deleteClient(first?.id ?? "");
      world.day = 7;
      await world.expectUp();
      expect([world.own(), world.output("previous")]).toEqual([[second], undefined]);
    }));

  test("the current one that was deleted is made again, and the one before stays", () =>
    withRotation(async (world) => {
      await rotated(world);
      const [first, second] = world.own();
      world.account.deleteClient(second?.id ?? "");
      await world.refresh();
      expect(world.due()).toBe(true);
      await world.expectUp();
      expect(world.own()).toHaveLength(2);
      expect(world.own()[0]).toEqual(first);
      expect(world.output("current")).toMatchObject({ generation: 2, name: second?.name });
      expect(world.fewestWorking).toBe(1);
    }));

  test("one before that was narrowed is seen by refresh and put right by up", () =>
    withRotation(async (world) => {
      await rotated(world);
      const [first] = world.own();
      world.account.editClient(first?.id ?? "", { allowedIpAddresses: ["198.51.100.1"] });
      await world.refresh();
      expect(world.due()).toBe(true);
      await world.expectUp();
      expect(world.said.filter((text) => text.startsWith("RotatingClient"))).toEqual([
        expect.stringMatching(/^RotatingClient .*: a rotation is due/),
        `RotatingClient "${String(world.output("name"))}": the client before the current one is not what is declared, and is made so: a refresh has seen that, or an update did not reach it.`,
      ]);
      const [{ isActive, allowedIpAddresses } = {}] = world.own();
      expect([isActive, new AddressList(allowedIpAddresses ?? ["none"]).restrictsNobody]).toEqual([
        true,
        true,
      ]);
      expect(world.due()).toBe(false);
    }));

  const refresh = (world: RotationWorld): Promise<void> => world.refresh();
  const unrelated = async (world: RotationWorld): Promise<void> => {
    world.declare({ allowedIpAddresses: ["203.0.113.7"] });
    await world.expectUp();
  };
  test.each<[string, readonly ((world: RotationWorld) => Promise<void>)[]]>([
    ["up --refresh", [refresh]],
    ["an unrelated update", [unrelated]],
    ["an unrelated update, and up --refresh", [unrelated, refresh]],
    ["up --refresh, and an unrelated update", [refresh, unrelated]],
  ])(
    "one before that was switched off stays off for the rest of its overlap, and that is said: %s",
    (_, steps) =>
      withRotation(async (world) => {
        await rotated(world);
        const [first] = world.own();
        world.account.editClient(first?.id ?? "", { isActive: false });
        for (const step of [...steps, refresh]) await step(world);
        await world.expectUp();
        world.day = 5;
        await world.expectUp();
        expect(world.due()).toBe(false);
        expect(world.own().map(({ isActive }) => isActive)).toEqual([false, true]);
        expect(world.output("previous")).toMatchObject({ active: false, keptOff: true });
        // Nor does what covers the overlap switch it on again.
        world.day = 8;
        await world.expectUp();
        world.declare({ overlapDays: 20 });
        await world.expectUp();
        await world.refresh();
        await world.expectUp();
        expect(world.own().map(({ isActive }) => isActive)).toEqual([false, true]);
        const words = world.said.filter((text) => text.includes("it was deactivated"));
        expect(words).toEqual([
          `client "${first?.name ?? ""}" (${first?.id ?? ""}): it was deactivated outside this program. It is the previous client of a RotatingClient, so it stays deactivated for the rest of its overlap, and no refresh activates it. If that was not intended, activate it in ThinkGeo's console.`,
        ]);
        expect(world.said.join(" ")).not.toContain("pulumi up --refresh");
        // What it says helps.
        world.account.editClient(first?.id ?? "", { isActive: true });
        await world.refresh();
        expect([world.output("previous"), world.due()]).toEqual([
          expect.objectContaining({ active: true }),
          false,
        ]);
      }),
  );

  test("what else was changed in it is told beside, and put right after a refresh", () =>
    withRotation(async (world) => {
      await rotated(world);
      const [first] = world.own();
      const id = first?.id ?? "";
      world.account.editClient(id, { isActive: false, name: "By hand" });
      world.declare({ allowedIpAddresses: ["203.0.113.7"] });
      await world.expectUp();
      expect(world.said.at(-1)).toMatch(
        /deactivated outside this program\..* name changed outside this program\. This update did not overwrite that/,
      );
      await world.refresh();
      await world.expectUp();
      expect(world.account.client(id)).toMatchObject({ isActive: false, name: first?.name });
      expect(world.due()).toBe(false);
    }));

  test("one before that is switched off between a refresh and the up that puts it right stays off", () =>
    withRotation(async (world) => {
      await rotated(world);
      const id = world.own()[0]?.id ?? "";
      world.account.editClient(id, { allowedIpAddresses: ["198.51.100.1"] });
      await world.refresh();
      world.account.editClient(id, { isActive: false });
      await world.expectUp();
      expect(world.account.client(id)).toMatchObject({ isActive: false, allowedIpAddresses: [] });
      expect(world.output("previous")).toMatchObject({ keptOff: true });
    }));

  test.each([true, false])(
    "a current one that was switched off stays off when its turn is over (seen by a refresh: %s)",
    (seen) =>
      withRotation(async (world) => {
        await world.expectUp();
        const [leaked] = world.own();
        world.account.editClient(leaked?.id ?? "", { isActive: false });
        if (seen) await world.refresh();
        world.declare({ rotateWhenChanged: { reason: "leaked" } });
        await world.expectUp();
        for (const day of [0, 1, 6.9, 7, 14.1]) {
          world.day = day;
          await world.refresh();
          await world.expectUp();
          expect(world.account.client(leaked?.id ?? "")?.isActive ?? false).toBe(false);
        }
        expect(world.own().map(({ isActive }) => isActive)).toEqual([true]);
      }),
  );

  test("one that is switched off stays in step with what is declared", () =>
    withRotation(async (world) => {
      await rotated(world);
      const [first] = world.own();
      world.day = 7;
      await world.expectUp();
      world.declare({ allowedIpAddresses: ["203.0.113.7"] });
      await world.expectUp();
      expect(world.own().map(({ allowedIpAddresses, isActive }) => [allowedIpAddresses, isActive])).toEqual([
        [["203.0.113.7"], false],
        [["203.0.113.7"], true],
      ]);
      world.account.editClient(first?.id ?? "", { allowedIpAddresses: [] });
      await world.refresh();
      expect(world.due()).toBe(true);
    }));

  test("both deleted: up makes the current one again", () =>
    withRotation(async (world) => {
      await rotated(world);
      for (const { id } of world.own()) world.account.deleteClient(id);
      await world.refresh();
      expect([world.currentId(), world.previousId(), world.due()]).toEqual([undefined, undefined, true]);
      await world.expectUp();
      expect(world.own().map(({ id }) => id)).toEqual([world.currentId()]);
      expect(world.output("current")).toMatchObject({ generation: 2 });
      expect(world.due()).toBe(false);
    }));
});

describe("what goes wrong on the way", () => {
  test("a client that ThinkGeo does not switch off: the rotation is kept, and tried again", () =>
    withRotation(async (world) => {
      await rotated(world);
      const [first, second] = world.own();
      world.emulator.setSwitches({ ignoreFields: ["isActive"] });
      world.day = 7;
      const { failure } = await world.up();
      expect(failure?.message).toContain("active");
      expect(world.state?.id).toBe("tiles-1234abcd");
      expect([world.currentId(), world.previousId()]).toEqual([second?.id, first?.id]);
      expect(world.output("clientSecret")).toBe(second?.apiSecret);
      world.emulator.setSwitches({ ignoreFields: [] });
      await world.expectUp();
      expect(world.own().map(({ isActive }) => isActive)).toEqual([false, true]);
    }));

  test("a key before the current one that cannot be read does not hold up the new one", () =>
    withRotation(async (world) => {
      await world.expectUp();
      const [first] = world.own();
      world.declare({ rotateWhenChanged: { reason: "1" } });
      const fault = world.emulator.fault({
        kind: "status",
        status: 403,
        path: `/api/v1/clients/${first?.id ?? ""}`,
      });
      await world.expectUp();
      expect(world.output("clientId")).toBe(world.own()[1]?.apiKey);
      fault.remove();
      expect(world.due()).toBe(true);
      await world.expectUp();
      expect(world.due()).toBe(false);
    }));

  test("a lost client whose secret nobody can have any more is not made the current one", () =>
    withRotation(async (world) => {
      world.onLostClient = "adopt";
      world.emulator.setSwitches({ laterSecret: "absent" });
      await world.expectUp();
      const [first] = world.own();
      world.declare({ rotateWhenChanged: { reason: "1" } });
      for (let request = 1; world.own().length < 2; request++) await world.up({ request, moment: "after" });
      const lost = world.own()[1]?.id ?? "";
      const { failure } = await world.up();
      expect(failure?.message).toContain(`Delete client ${lost} in ThinkGeo's console`);
      expect(world.currentId()).toBe(first?.id);
      world.account.deleteClient(lost);
      await world.expectUp();
      expect(world.output("clientSecret")).toBe(world.own()[1]?.apiSecret);
    }));

  test("a retired key does not come back because the current one was deleted by hand", () =>
    withRotation(async (world) => {
      await rotated(world);
      const [first, second] = world.own();
      world.day = 7;
      await world.expectUp();
      world.account.deleteClient(second?.id ?? "");
      await world.refresh();
      world.declare({ rotateWhenChanged: { reason: "2" } });
      await world.expectUp();
      expect(world.own().map(({ id }) => id)).toEqual([world.currentId()]);
      expect(world.own()[0]?.id).not.toBe(first?.id);
    }));

  test("one that somebody deactivated is neither deleted nor activated because the current one was deleted by hand", () =>
    withRotation(async (world) => {
      await rotated(world);
      const [first, second] = world.own();
      world.account.editClient(first?.id ?? "", { isActive: false });
      world.account.deleteClient(second?.id ?? "");
      await world.refresh();
      await world.expectUp();
      expect(world.own()).toEqual([
        expect.objectContaining({ id: first?.id, isActive: false }),
        expect.objectContaining({ id: world.currentId(), isActive: true }),
      ]);
      expect(world.output("previous")).toMatchObject({ id: first?.id, keptOff: true });
      await world.refresh();
      expect(world.due()).toBe(false);
    }));

  test("nor because a clock went back", () =>
    withRotation(async (world) => {
      await rotated(world);
      world.day = 8;
      await world.expectUp();
      world.day = 6;
      expect(world.due()).toBe(false);
    }));
});

describe("a refresh, or time alone", () => {
  test("renews nothing, whatever is due", () =>
    withRotation(async (world) => {
      world.declare({ rotateAfterDays: 90 });
      await world.expectUp();
      world.day = 1000;
      const before = world.own();
      await world.refresh();
      expect(world.own()).toEqual(before);
      expect(world.output("current")).toMatchObject({ generation: 1 });
    }));
});

describe("the option ignoreChanges of a rotation", () => {
  const HAND = ["192.0.2.1"];
  const server = { allowedIpAddresses: ["203.0.113.7"], rotateAfterDays: 90 };

  /** A rotation in its overlap. */
  const inOverlap = async (world: RotationWorld, ignoreChanges: string[]): Promise<void> => {
    world.declare({ ...server, ignoreChanges });
    await world.expectUp();
    world.day = 90;
    await world.expectUp();
  };

  test("keeps what a person did to either client, and gives the next one the current one's whitelist", () =>
    RotationWorld.with(async (world) => {
      await inOverlap(world, ["allowedIpAddresses"]);
      const [before = "", current = ""] = [world.previousId(), world.currentId()];
      world.account.editClient(current, { allowedIpAddresses: HAND });
      world.account.editClient(before, { allowedIpAddresses: ["192.0.2.2"] });
      await world.refresh();
      expect(world.due()).toBe(false);
      // A change of something else reaches both.
      world.declare({ grantedRoles: ["Evaluator"] });
      await world.expectUp();
      expect([before, current].map((id) => world.account.client(id))).toMatchObject([
        { allowedIpAddresses: ["192.0.2.2"], grantedRoles: ["Evaluator"] },
        { allowedIpAddresses: HAND, grantedRoles: ["Evaluator"] },
      ]);
      for (const day of [97, 180]) {
        world.day = day;
        await world.expectUp();
      }
      expect(world.account.client(world.currentId() ?? "")).toMatchObject({ allowedIpAddresses: HAND });
      expect(world.account.client(current)).toMatchObject({ allowedIpAddresses: HAND });
      await world.refresh();
      expect(world.due()).toBe(false);
    }));

  test("keeps a name, and whether the key works; steps go on as ever", () =>
    RotationWorld.with(async (world) => {
      await inOverlap(world, ["name", "active"]);
      const current = world.currentId() ?? "";
      world.account.editClient(current, { name: "By hand", isActive: false });
      await world.refresh();
      expect(world.due()).toBe(false);
      world.declare({ grantedRoles: ["Evaluator"] });
      await world.expectUp();
      expect(world.account.client(current)).toMatchObject({ name: "By hand", isActive: false });
      expect(world.account.client(world.previousId() ?? "")).toMatchObject({ isActive: true });
      for (const day of [97, 180]) {
        world.day = day;
        await world.expectUp();
      }
      expect(world.account.client(world.currentId() ?? "")).toMatchObject({ isActive: true });
      expect(world.account.client(current)).toMatchObject({ name: "By hand", isActive: false });
      world.day = 187;
      await world.expectUp();
      expect(world.own().map(({ name, isActive }) => [name, isActive])).toContainEqual(["By hand", false]);
      await world.refresh();
      expect(world.due()).toBe(false);
    }));

  test("without it, both are made as declared", () =>
    RotationWorld.with(async (world) => {
      await inOverlap(world, []);
      for (const id of [world.previousId(), world.currentId()])
        world.account.editClient(id ?? "", { allowedIpAddresses: HAND });
      await world.refresh();
      await world.expectUp();
      expect(world.own().map(({ allowedIpAddresses }) => allowedIpAddresses)).toEqual([
        ["203.0.113.7"],
        ["203.0.113.7"],
      ]);
    }));
});
