import { hostsFor, type EngineStack } from "./engine-stack";
import { stacksOn, withStack, type Scene } from "./with-stack";

const DAY_MS = 86_400_000;
const at = (day: number): string => new Date(Date.UTC(2026, 0, 1) + day * DAY_MS).toISOString();
/** A scheduled run begins some seconds earlier or later than the one before. */
const JITTER = 20_000 / DAY_MS;

/** Declares the rotating key of the tests, as it is seen on one day. */
function declare(stack: EngineStack, day: number): EngineStack {
  const args = {
    type: "NativeConfidential",
    allowedIpAddresses: ["203.0.113.7"],
    rotateAfterDays: 90,
    now: at(day),
  };
  return stack.declare({ name: "tiles", kind: "RotatingClient", args });
}

const working = ({ own }: Scene): boolean[] => own().map(({ isActive }) => isActive);

test.each(hostsFor("native"))(
  "on the %s host, a key is renewed, and the one before retired, by up alone, by runs that come some seconds early",
  (host) =>
    stacksOn(host)(async (scene) => {
      const { stack, own, emulator, calls } = scene;
      await declare(stack, 0).expect(0, "preview", "--save-plan", "plan.json");
      await stack.up("--plan", "plan.json");
      const [first] = own();
      expect(await stack.outputs("tiles")).toMatchObject({
        clientId: first?.apiKey,
        clientSecret: first?.apiSecret,
        current: { id: first?.id, generation: 1 },
        nextAction: "rotate",
      });

      declare(stack, 90 - JITTER);
      // What a nightly drift run does: no drift, and nothing is renewed.
      await stack.expect(0, "refresh", "--preview-only", "--run-program", "--expect-no-changes");
      // A plan that was saved is carried out: no time of day stands in it.
      const preview = await stack.expect(0, "preview", "--diff", "--save-plan", "plan.json");
      expect(preview).toContain("a rotation is due: client 2 is made and becomes the current one");
      expect(own()).toEqual([first]);
      await stack.up("--plan", "plan.json");
      await stack.expectNothingToDo();
      const [, second] = own();
      expect(working(scene)).toEqual([true, true]);
      expect(await stack.outputs("tiles")).toMatchObject({
        clientId: second?.apiKey,
        clientSecret: second?.apiSecret,
        previous: { id: first?.id, active: true },
        nextAction: "deactivate",
      });

      // Each period counts from the step before it.
      await declare(stack, 97 - 2 * JITTER).up();
      expect(working(scene)).toEqual([false, true]);
      await declare(stack, 104 - 3 * JITTER).up();
      expect(own()).toEqual([second]);

      // In an emergency no other is left; one token and one list serve both kinds of resource.
      // The clients' names are secret in state if the declared one is.
      const name = { $secret: "Hidden tiles" };
      const args = {
        name,
        type: "NativeConfidential",
        allowedIpAddresses: ["203.0.113.7"],
        rotateAfterDays: 90,
      };
      stack.declare(
        { name: "tiles", kind: "RotatingClient", args: { ...args, emergency: true } },
        { name: "web", args: { type: "JavaScript" } },
      );
      emulator.clearRequests();
      await stack.up();
      const natives = own().filter(({ clientType }) => clientType === "NativeConfidential");
      expect(natives).toHaveLength(1);
      expect(natives).not.toEqual([second]);
      const made = calls().slice(0, calls().indexOf("DELETE /api/v1/clients"));
      expect(made.filter((call) => call === "POST /identity/connect/token")).toHaveLength(1);
      expect(made.filter((call) => call === "GET /api/v1/clients")).toHaveLength(1);
      await stack.expectNothingToDo();
      const exported = await stack.expect(0, "stack", "export");
      expect(natives[0]?.name).toContain("Hidden tiles");
      for (const secret of [first?.apiSecret, second?.apiSecret, natives[0]?.apiSecret, "Hidden tiles"])
        expect(exported).not.toContain(secret ?? "none");
      await stack.expect(0, "destroy", "--skip-preview");
      expect(own()).toEqual([]);
    }),
);

// What cut-off runs leave, and how the next one goes on: tests/rotation/interruptions.test.ts.
test("a Client of the program becomes a RotatingClient, and keeps its key, also if the run that adopted it came to no deletes", () =>
  withStack(async ({ stack, own }) => {
    const args = { type: "NativeConfidential", allowedIpAddresses: ["203.0.113.7"] };
    await stack.declare({ name: "tiles", args }, { name: "maps", args }).up();
    const before = own();
    const idOf = (name: string): string | undefined =>
      before.find((client) => client.name.startsWith(`${name}-`))?.id;
    const rotating = ["tiles", "maps"].map((name) => ({
      name,
      kind: "RotatingClient" as const,
      args: { ...args, adopt: idOf(name), rotateAfterDays: 90 },
    }));
    stack.declare(...rotating);
    const urn = "urn:pulumi:test::engine-test::pulumi-nodejs:dynamic/thinkgeo:RotatingClient::tiles";
    await stack.up("--target", urn);
    expect(await stack.up()).toContain("was not deleted");
    const keys = ({ id, apiKey }: (typeof before)[number]): string[] => [id, apiKey];
    expect(own().map(keys)).toEqual(before.map(keys));
    const secret = before.find(({ id }) => id === idOf("maps"))?.apiSecret;
    expect((await stack.outputs("maps"))["clientSecret"]).toBe(secret);
  }));
