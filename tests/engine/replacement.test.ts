import { withStack, type Scene } from "./with-stack";

const server = { type: "NativeConfidential", allowedIpAddresses: ["203.0.113.7"] };

/** How many of our clients worked at the moment each delete arrived. */
function aliveAtDelete({ emulator, own }: Scene): number[] {
  const counts: number[] = [];
  emulator.onRequest(({ moment, request }) => {
    if (moment === "before" && request.method === "DELETE")
      counts.push(own().filter(({ isActive }) => isActive).length);
  });
  return counts;
}

async function expectReplaced(scene: Scene, replace: () => Promise<unknown>): Promise<void> {
  const alive = aliveAtDelete(scene);
  const [before] = scene.own();
  await replace();
  const [after, ...more] = scene.own();
  expect(more).toEqual([]);
  expect(after?.id).not.toBe(before?.id);
  expect(after?.apiSecret).not.toBe(before?.apiSecret);
  expect(after?.name).not.toBe(before?.name);
  expect(alive).toEqual([2]);
  expect((await scene.stack.outputs("server"))["clientId"]).toBe(after?.apiKey);
  await scene.stack.expectNothingToDo();
}

describe("replacement: a new client first, the old one deleted after", () => {
  test("by another type", () =>
    withStack(async (scene) => {
      await scene.stack.declare({ name: "server", args: server }).up();
      scene.stack.declare({ name: "server", args: { ...server, type: "JavaScript" } });
      await expectReplaced(scene, () => scene.stack.up());
      expect(scene.own()[0]).toMatchObject({ clientType: "JavaScript", allowedIpAddresses: ["203.0.113.7"] });
    }));

  test("by replaceWhenChanged, again and again; taking the map out is no replacement", () =>
    withStack(async (scene) => {
      const turn = (n: number) => ({
        name: "server",
        args: { ...server, replaceWhenChanged: { rotation: n } },
      });
      await scene.stack.declare(turn(1)).quickStep();
      scene.stack.declare(turn(2));
      await expectReplaced(scene, () => scene.stack.up());
      scene.stack.declare(turn(1));
      scene.emulator.clearRequests();
      await scene.stack.up();
      const [kept] = scene.own();
      scene.stack.declare({ name: "server", args: server });
      await scene.stack.quickStep();
      expect(scene.own().map(({ id }) => id)).toEqual([kept?.id]);
    }));

  test("by the engine's replacementTrigger, twice", () =>
    withStack(async (scene) => {
      const turn = (n: number) => ({ name: "server", args: server, opts: { replacementTrigger: n } });
      await scene.stack.declare(turn(1)).quickStep();
      scene.stack.declare(turn(2));
      await expectReplaced(scene, () => scene.stack.up());
      scene.stack.declare(turn(3));
      await scene.stack.quickStep();
      expect(scene.own()).toHaveLength(1);
    }));

  test("by replacementTrigger with an explicit name, and of a RotatingClient, with a name or without", () =>
    withStack(async ({ stack, own }) => {
      const turn = (n: number) => [
        { name: "server", args: { ...server, name: "Server" }, opts: { replacementTrigger: n } },
        { name: "tiles", kind: "RotatingClient" as const, args: server, opts: { replacementTrigger: n } },
        {
          name: "named",
          kind: "RotatingClient" as const,
          args: { ...server, name: "Named" },
          opts: { replacementTrigger: n },
        },
      ];
      await stack.declare(...turn(1)).up();
      const before = own().map(({ id }) => id);
      await stack.declare(...turn(2)).up();
      expect(own()).toHaveLength(3);
      expect(own().filter(({ id }) => before.includes(id))).toEqual([]);
      await stack.expectNothingToDo();
    }));

  test.each(["taint", "--replace"])("by %s, with --refresh", (way) =>
    withStack(async (scene) => {
      const { stack } = scene;
      await stack.declare({ name: "server", args: server }).up();
      const urn = (await stack.state())["server"]?.urn ?? "";
      if (way === "taint") await stack.expect(0, "state", "taint", urn, "--yes");
      await expectReplaced(scene, () =>
        way === "taint" ? stack.up("--refresh") : stack.up("--refresh", "--replace", urn),
      );
      await stack.expectNothingToDo();
    }),
  );

  test("by --target-replace with --refresh", () =>
    withStack(async (scene) => {
      await scene.stack.declare({ name: "server", args: server }).up();
      const { server: resource } = await scene.stack.state();
      await expectReplaced(scene, () => scene.stack.up("--refresh", "--target-replace", resource?.urn ?? ""));
    }));

  test("a bare --target-replace, which shows the provider nothing of the old client, stops and says what to do", () =>
    withStack(async (scene) => {
      await scene.stack.declare({ name: "server", args: server }).up();
      const { server: resource } = await scene.stack.state();
      const [before] = scene.own();
      const out = await scene.stack.expect(
        1,
        "up",
        "--skip-preview",
        "--target-replace",
        resource?.urn ?? "",
      );
      expect(out).toContain(`adopt: "${before?.id ?? ""}"`);
      expect(out).toContain("run with --refresh");
      expect(scene.own()).toEqual([before]);
      await scene.stack.expectNothingToDo();
    }));

  test("a bare --target-replace where lost clients are taken over keeps the client alive", () =>
    withStack(async (scene) => {
      scene.stack.environment["THINKGEO_ON_LOST_CLIENT"] = "adopt";
      await scene.stack.declare({ name: "server", args: server }).up();
      const { server: resource } = await scene.stack.state();
      const [before] = scene.own();
      const out = await scene.stack.up("--target-replace", resource?.urn ?? "");
      expect(out).toContain("was not deleted: this run has taken the very same client over");
      expect(scene.own()).toEqual([before]);
      await scene.stack.quickStep("--refresh");
      expect(scene.own()).toEqual([before]);
    }));

  test("with an explicit name both bear it for a moment", () =>
    withStack(async (scene) => {
      const turn = (n: number) => ({
        name: "server",
        args: { ...server, name: "Server", replaceWhenChanged: { n } },
      });
      await scene.stack.declare(turn(1)).quickStep();
      const alive = aliveAtDelete(scene);
      await scene.stack.declare(turn(2)).quickStep();
      expect(alive).toEqual([2]);
      expect(scene.own()).toHaveLength(1);
    }));

  test("with deletionPolicy deactivate the old one stays, switched off", () =>
    withStack(async (scene) => {
      const turn = (n: number) => ({
        name: "server",
        args: { ...server, deletionPolicy: "deactivate" },
        opts: { replacementTrigger: n },
      });
      for (const n of [1, 2, 3]) await scene.stack.declare(turn(n)).quickStep();
      expect(scene.own().map(({ isActive }) => isActive)).toEqual([false, false, true]);
    }));
});
