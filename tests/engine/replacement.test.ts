import type { Declaration } from "./programs";
import { hostsFor } from "./engine-stack";
import { stacksOn, type Scene } from "./with-stack";

const server = { type: "NativeConfidential", allowedIpAddresses: ["203.0.113.7"] };

/** Our clients by the name of their resource, which begins the name of the client. */
const byResource = ({ own }: Scene): Record<string, ReturnType<Scene["own"]>> =>
  Object.groupBy(own(), ({ name }) => name.split("-")[0]?.toLowerCase() ?? "") as Record<
    string,
    ReturnType<Scene["own"]>
  >;

/** How many of these resources' clients worked when the first delete arrived. */
function aliveAtFirstDelete(scene: Scene, names: readonly string[]): () => number | undefined {
  let alive: number | undefined;
  scene.emulator.onRequest(({ moment, request }) => {
    if (moment === "before" && request.method === "DELETE") {
      const clients = byResource(scene);
      alive ??= names.flatMap((name) => clients[name] ?? []).filter(({ isActive }) => isActive).length;
    }
  });
  return () => alive;
}

/** Replaces with one run, and proves that there is a new client for each old one, made before any is deleted. */
async function expectReplaced(
  scene: Scene,
  names: readonly string[],
  replace: () => Promise<unknown>,
): Promise<void> {
  const alive = aliveAtFirstDelete(scene, names);
  const before = byResource(scene);
  await replace();
  const after = byResource(scene);
  for (const name of names) {
    const [old] = before[name] ?? [];
    const [client, ...more] = after[name] ?? [];
    expect({ name, more }).toEqual({ name, more: [] });
    expect(client?.id).not.toBe(old?.id);
    expect(client?.apiSecret).not.toBe(old?.apiSecret);
  }
  expect(alive()).toBe(2 * names.length);
}

describe.each(hostsFor("native"))("on the %s host:", (host) => {
  const onStack = stacksOn(host);

  describe("replacement: a new client first, the old one deleted after", () => {
    test("by another type, by replaceWhenChanged, and by the engine's replacementTrigger, with a name or without", () =>
      onStack(async (scene) => {
        const { stack } = scene;
        const [Client, RotatingClient] = ["Client", "RotatingClient"] as const;
        const turn = (n: number, type: string): Declaration[] => [
          { name: "type", args: { ...server, type } },
          { name: "map", args: { ...server, replaceWhenChanged: { rotation: n } } },
          { name: "named", args: { ...server, name: "Named", replaceWhenChanged: { rotation: n } } },
          ...[Client, RotatingClient].flatMap((kind) => [
            { name: `trigger${kind}`, kind, args: server, opts: { replacementTrigger: n } },
            {
              name: `triggerNamed${kind}`,
              kind,
              args: { ...server, name: `TriggerNamed${kind}` },
              opts: { replacementTrigger: n },
            },
          ]),
        ];
        const deactivated = (n: number): Declaration => ({
          name: "off",
          args: { ...server, deletionPolicy: "deactivate" },
          opts: { replacementTrigger: n },
        });
        await stack.declare(deactivated(1), ...turn(1, "NativeConfidential")).up();
        const names = Object.keys(byResource(scene)).filter((name) => name !== "off");
        expect(names).toHaveLength(7);
        const generated = byResource(scene)["type"]?.[0]?.name;
        stack.declare(deactivated(2), ...turn(2, "JavaScript"));
        await expectReplaced(scene, names, () => stack.up());
        const [typed] = byResource(scene)["type"] ?? [];
        expect(typed).toMatchObject({ clientType: "JavaScript", allowedIpAddresses: ["203.0.113.7"] });
        // A generated name is new with the client.
        expect(typed?.name).not.toBe(generated);
        expect(await stack.outputs("type")).toMatchObject({ apiKey: typed?.apiKey });
        await stack.expectNothingToDo();
        // With that policy the old one stays, switched off.
        expect(byResource(scene)["off"]?.map(({ isActive }) => isActive)).toEqual([false, true]);
      }));

    test("by taint and by --replace, with --refresh, and by --target-replace with it", () =>
      onStack(async (scene) => {
        const { stack } = scene;
        const names = ["taint", "replace", "target"];
        await stack.declare(...names.map((name) => ({ name, args: server }))).up();
        const state = await stack.state();
        const [tainted = "", replaced = "", targeted = ""] = names.map((name) => state[name]?.urn ?? "");
        await stack.expect(0, "state", "taint", tainted, "--yes");
        await expectReplaced(scene, ["taint", "replace"], () => stack.up("--refresh", "--replace", replaced));
        await expectReplaced(scene, ["target"], () => stack.up("--refresh", "--target-replace", targeted));
      }));
  });
});
