import type { EngineStack } from "./engine-stack";
import { withStack, type Scene } from "./with-stack";

const DAY_MS = 86_400_000;
const at = (day: number): string => new Date(Date.UTC(2026, 0, 1) + day * DAY_MS).toISOString();
/** A scheduled run begins some seconds earlier or later than the one before. */
const JITTER = 20_000 / DAY_MS;

/** Declares the rotating key of the tests, as it is seen on one day. */
function declare(stack: EngineStack, day: number, more: Record<string, unknown> = {}): EngineStack {
  const args = {
    type: "NativeConfidential",
    allowedIpAddresses: ["203.0.113.7"],
    rotateAfterDays: 90,
    ...more,
  };
  return stack.declare({ name: "tiles", kind: "RotatingClient", args: { ...args, now: at(day) } });
}

const working = ({ own }: Scene): boolean[] => own().map(({ isActive }) => isActive);

test("a key is renewed, and the one before retired, by up alone, by runs that come some seconds early", () =>
  withStack(async (scene) => {
    const { stack, own } = scene;
    await declare(stack, 0).expect(0, "preview", "--save-plan", "plan.json");
    await stack.up("--plan", "plan.json");
    await stack.expectSettled();
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
    await stack.expect(0, "refresh", "--skip-preview", "--run-program", "--expect-no-changes");
    const preview = await stack.expect(0, "preview", "--diff");
    expect(preview).toContain("a rotation is due: client 2 is made and becomes the current one");
    expect(own()).toEqual([first]);

    // A plan that was saved is carried out: no time of day stands in it.
    await stack.expect(0, "preview", "--save-plan", "plan.json");
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
    await declare(stack, 104 - 3 * JITTER).quickStep();
    expect(own()).toEqual([second]);

    const exported = await stack.expect(0, "stack", "export");
    expect(exported).not.toContain(first?.apiSecret ?? "none");
    expect(exported).not.toContain(second?.apiSecret ?? "none");
    await stack.expect(0, "destroy", "--skip-preview");
    expect(own()).toEqual([]);
  }));

test("a key that is renewed in an emergency leaves no other, and one token and one list serve both kinds of resource", () =>
  withStack(async ({ stack, own, emulator, calls }) => {
    await declare(stack, 0).up();
    const other = { name: "web", args: { type: "JavaScript" } };
    const args = {
      type: "NativeConfidential",
      allowedIpAddresses: ["203.0.113.7"],
      emergency: true,
      rotateAfterDays: 90,
    };
    stack.declare({ name: "tiles", kind: "RotatingClient", args }, other);
    emulator.clearRequests();
    await stack.quickStep();
    expect(own().filter(({ clientType }) => clientType === "NativeConfidential")).toHaveLength(1);
    const made = calls().slice(0, calls().indexOf("DELETE /api/v1/clients"));
    expect(made.filter((call) => call === "POST /identity/connect/token")).toHaveLength(1);
    expect(made.filter((call) => call === "GET /api/v1/clients")).toHaveLength(1);
  }));

test("a run that never learns that the next key was made: the rerun names it, and adopts it as told", () =>
  withStack(async (scene) => {
    const { stack, own, emulator } = scene;
    await declare(stack, 0).up();
    declare(stack, 90);
    // The client is made, its answer is lost, and the list that would tell is refused.
    const fault = emulator.fault({ kind: "drop", method: "POST", path: "/api/v1/clients", when: "after" });
    emulator.onRequest(({ request, moment }) => {
      if (moment === "after" && request.method === "POST" && request.path === "/api/v1/clients")
        emulator.fault({ kind: "status", status: 403, path: "/api/v1/clients" });
    });
    await stack.expect(1, "up", "--skip-preview");
    fault.remove();
    emulator.clearFaults();
    const [, lost, ...more] = own();
    expect(more).toEqual([]);
    const out = await stack.expect(1, "up", "--skip-preview");
    expect(out).toContain(`adopt: "${lost?.id ?? ""}"`);
    await declare(stack, 90, { adopt: lost?.id }).quickStep();
    await declare(stack, 90).expectNothingToDo();
    expect(own()).toHaveLength(2);
    expect((await stack.outputs("tiles"))["clientSecret"]).toBe(lost?.apiSecret);
  }));

test("a Client of the program becomes a RotatingClient, and keeps its key", () =>
  withStack(async ({ stack, own }) => {
    const args = { type: "NativeConfidential", allowedIpAddresses: ["203.0.113.7"] };
    await stack.declare({ name: "tiles", args }).up();
    const [client] = own();
    stack.declare({
      name: "tiles",
      kind: "RotatingClient",
      args: { ...args, adopt: client?.id, rotateAfterDays: 90 },
    });
    await stack.quickStep();
    expect(own().map(({ id, apiKey }) => [id, apiKey])).toEqual([[client?.id, client?.apiKey]]);
    expect((await stack.outputs("tiles"))["clientSecret"]).toBe(client?.apiSecret);
  }));

test("and if the run that adopted it came to no deletes, the next one does not delete it either", () =>
  withStack(async ({ stack, own }) => {
    const args = { type: "NativeConfidential", allowedIpAddresses: ["203.0.113.7"] };
    await stack.declare({ name: "tiles", args }).up();
    const [client] = own();
    stack.declare({ name: "tiles", kind: "RotatingClient", args: { ...args, adopt: client?.id } });
    const urn = "urn:pulumi:test::engine-test::pulumi-nodejs:dynamic/thinkgeo:RotatingClient::tiles";
    await stack.up("--target", urn);
    expect(Object.keys(await stack.state())).toEqual(["tiles"]);
    const out = await stack.up();
    expect(out).toContain("was not deleted");
    expect(own().map(({ id, apiKey }) => [id, apiKey])).toEqual([[client?.id, client?.apiKey]]);
    await stack.expectNothingToDo();
  }));

test("the names of both clients are secret in state if the declared one is", () =>
  withStack(async ({ stack, own }) => {
    declare(stack, 0, { name: { $secret: "Hidden tiles" } });
    await stack.up();
    await declare(stack, 90, { name: { $secret: "Hidden tiles" } }).up();
    await stack.expectNothingToDo();
    expect(own().map(({ name }) => name)).toEqual(["Hidden tiles", "Hidden tiles (2)"]);
    expect(await stack.expect(0, "stack", "export")).not.toContain("Hidden tiles");
    await stack.expect(0, "refresh", "--skip-preview");
    expect(await stack.expect(0, "stack", "export")).not.toContain("Hidden tiles");
  }));
