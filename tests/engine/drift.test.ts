import { withStack } from "./with-stack";

const web = { name: "web", args: { name: "Web", type: "JavaScript", allowedOrigins: ["acme.com"] } };
const server = {
  name: "server",
  args: { name: "Server", type: "NativeConfidential", grantedRoles: ["User"] },
};
const DRIFT_RUN = ["refresh", "--preview-only", "--run-program", "--expect-no-changes"];

describe("what somebody changed by hand", () => {
  test("is told by a drift run that changes nothing, and healed by up", () =>
    withStack(async ({ stack, account, emulator }) => {
      await stack.declare(web, server).step();
      const state = await stack.state();
      account.editClient("Web", { allowedOrigins: ["acme.com", "evil.example"], isActive: false });
      account.editClient("Server", { grantedRoles: ["User", "Evaluator"], name: "Renamed" });
      emulator.clearRequests();
      const out = await stack.expect(7, ...DRIFT_RUN, "--diff");
      expect(out).toContain("evil.example");
      expect(await stack.state()).toEqual(state);
      expect(emulator.requests({ path: "/api/**" }).map(({ method }) => method)).toEqual(["GET", "GET"]);
      await stack.step("--refresh");
      expect(account.client("Web")).toMatchObject({ allowedOrigins: ["acme.com"], isActive: true });
      expect(account.client("Server")).toMatchObject({ grantedRoles: ["User"] });
    }));

  test("a restriction that nobody declared is drift too", () =>
    withStack(async ({ stack, account }) => {
      await stack.declare({ name: "server", args: { name: "Server", type: "NativeConfidential" } }).up();
      account.editClient("Server", { allowedIpAddresses: ["203.0.113.7"] });
      await stack.expect(7, ...DRIFT_RUN);
      await stack.step("--refresh");
      expect(account.client("Server")).toMatchObject({ allowedIpAddresses: [] });
    }));

  test("a deletion is told, and healed with a new client", () =>
    withStack(async ({ stack, account }) => {
      await stack.declare(web).up();
      const before = account.client("Web");
      account.deleteClient("Web");
      await stack.expect(7, ...DRIFT_RUN);
      await stack.up("--refresh");
      await stack.expectSettled();
      expect(account.client("Web")?.id).not.toBe(before?.id);
    }));

  test("an update of a client that is gone says so, and loses nothing", () =>
    withStack(async ({ stack, account }) => {
      await stack.declare(web).up();
      account.deleteClient("Web");
      const out = await stack
        .declare({ ...web, args: { ...web.args, active: false } })
        .expect(1, "up", "--skip-preview");
      expect(out).toContain('run "pulumi up --refresh" to make it again');
      expect(Object.keys(await stack.state())).toEqual(["web"]);
    }));

  test("deleting what is gone already succeeds", () =>
    withStack(async ({ stack, account }) => {
      await stack.declare(web, server).up();
      account.deleteClient("Web");
      await stack.expect(0, "destroy", "--yes", "--skip-preview");
      expect(account.client("Server")).toBeUndefined();
    }));

  test("an account that turns from Evaluator to Subscriber is no drift where roles are not declared", () =>
    withStack(async ({ stack, account }) => {
      const plain = { name: "plain", args: { name: "Plain", type: "NativeConfidential" } };
      await stack.declare(plain).step();
      const subscriber = ["User", "Subscriber"];
      account.setRoles(subscriber);
      for (const client of account.clients()) account.editClient(client.id, { grantedRoles: subscriber });
      await stack.expect(0, "preview", "--expect-no-changes");
      await stack.expect(0, "refresh", "--skip-preview", "--expect-no-changes");
      await stack.expect(0, "preview", "--expect-no-changes");
      await stack.up();
      expect((await stack.outputs("plain"))["effectiveRoles"]).toEqual(["Subscriber", "User"]);
      expect(account.client("Plain")).toMatchObject({ grantedRoles: subscriber });
    }));
});
