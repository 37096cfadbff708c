import { withStack, type Scene } from "./with-stack";

const server = {
  name: "server",
  args: {
    name: "Server",
    type: "NativeConfidential",
    grantedRoles: ["User"],
    allowedIpAddresses: ["203.0.113.7"],
  },
};

/** A server that takes the roles and does not apply them: made, and not what was declared. */
async function madeHalfWay({ stack, emulator, account }: Scene): Promise<string> {
  emulator.setSwitches({ ignoreFields: ["grantedRoles"] });
  const out = await stack.declare(server).expect(1, "up", "--skip-preview");
  expect(out).toContain('ThinkGeo accepted grantedRoles ["User"] and kept ["Evaluator","User"]');
  const [made] = account.clients().filter(({ name }) => name === "Server");
  const { server: resource } = await stack.state();
  expect(resource?.id).toBe(made?.id);
  emulator.setSwitches({ ignoreFields: [] });
  return made?.id ?? "";
}

describe("a client that was made and is not yet what was declared stays in state", () => {
  test("and the next up finishes it", () =>
    withStack(async (scene) => {
      const id = await madeHalfWay(scene);
      await scene.stack.quickStep();
      expect(scene.own()).toEqual([expect.objectContaining({ id, grantedRoles: ["User"] })]);
      expect((await scene.stack.outputs("server"))["clientSecret"]).toBe(scene.own()[0]?.apiSecret);
    }));

  test("and a refresh, then destroy, work", () =>
    withStack(async (scene) => {
      await madeHalfWay(scene);
      await scene.stack.expect(0, "refresh", "--yes", "--skip-preview");
      await scene.stack.expect(0, "destroy", "--yes", "--skip-preview");
      expect(scene.own()).toEqual([]);
    }));

  test("and destroy works at once", () =>
    withStack(async (scene) => {
      await madeHalfWay(scene);
      await scene.stack.expect(0, "destroy", "--yes", "--skip-preview");
      expect(scene.own()).toEqual([]);
    }));

  test("an update that the server accepts and does not apply is told, field by field, and tried again", () =>
    withStack(async ({ stack, emulator, account }) => {
      await stack.declare(server).quickStep();
      emulator.setSwitches({ ignoreFields: ["allowedIpAddresses"] });
      const wider = {
        ...server,
        args: { ...server.args, name: "Renamed", allowedIpAddresses: ["203.0.113.0/24"] },
      };
      const out = await stack.declare(wider).expect(1, "up", "--skip-preview");
      expect(out).toContain(
        'ThinkGeo accepted allowedIpAddresses ["203.0.113.0/24"] and kept ["203.0.113.7"]',
      );
      emulator.setSwitches({ ignoreFields: [] });
      await stack.quickStep();
      expect(account.client("Renamed")).toMatchObject({ allowedIpAddresses: ["203.0.113.0/24"] });
    }));
});
