import { hostsFor } from "./engine-stack";
import { stacksOn, type Scene } from "./with-stack";

const declared = (name: string, changes: object = {}) => ({
  name: name.toLowerCase(),
  args: {
    name,
    type: "NativeConfidential",
    grantedRoles: ["User"],
    allowedIpAddresses: ["203.0.113.7"],
    ...changes,
  },
});

/** A server that takes the roles and does not apply them: made, and not what was declared. */
async function madeHalfWay({ stack, emulator, account }: Scene, name: string): Promise<string> {
  emulator.setSwitches({ ignoreFields: ["grantedRoles"] });
  const out = await stack.expect(1, "up", "--skip-preview");
  expect(out).toContain('ThinkGeo accepted grantedRoles ["User"] and kept ["Evaluator","User"]');
  emulator.setSwitches({ ignoreFields: [] });
  const made = account.client(name);
  const { [name.toLowerCase()]: resource } = await stack.state();
  expect(resource?.id).toBe(made?.id);
  return made?.id ?? "";
}

describe.each(hostsFor("dynamic"))("on the %s host:", (host) => {
  const onStack = stacksOn(host);

  test("a client that was made and is not yet what was declared stays in state: up, refresh and destroy go on from there", () =>
    onStack(async (scene) => {
      const { stack, emulator, account, own } = scene;
      stack.declare(declared("Server"));
      const id = await madeHalfWay(scene, "Server");
      await stack.up();
      expect(own()).toEqual([expect.objectContaining({ id, grantedRoles: ["User"] })]);
      expect((await stack.outputs("server"))["clientSecret"]).toBe(own()[0]?.apiSecret);

      // An update that the server accepts and does not apply is told, field by field, and tried again.
      emulator.setSwitches({ ignoreFields: ["allowedIpAddresses"] });
      const wider = { ...declared("Renamed", { allowedIpAddresses: ["203.0.113.0/24"] }), name: "server" };
      const out = await stack.declare(wider).expect(1, "up", "--skip-preview");
      expect(out).toContain(
        'ThinkGeo accepted allowedIpAddresses ["203.0.113.0/24"] and kept ["203.0.113.7"]',
      );
      emulator.setSwitches({ ignoreFields: [] });
      await stack.quickStep();
      expect(account.client("Renamed")).toMatchObject({ id, allowedIpAddresses: ["203.0.113.0/24"] });

      stack.declare(wider, declared("Other"));
      await madeHalfWay(scene, "Other");
      await stack.expect(0, "refresh", "--skip-preview");
      await stack.expect(0, "destroy", "--skip-preview");
      expect(own()).toEqual([]);
    }));
});
