import { hostsFor } from "./engine-stack";
import { stacksOn } from "./with-stack";

const web = { name: "web", args: { name: "Web", type: "JavaScript", allowedOrigins: ["acme.com"] } };
const server = {
  name: "server",
  args: { name: "Server", type: "NativeConfidential", grantedRoles: ["User"] },
};
const DRIFT_RUN = ["refresh", "--preview-only", "--run-program", "--expect-no-changes"];

describe.each(hostsFor("dynamic"))("on the %s host:", (host) => {
  const onStack = stacksOn(host);

  describe("what somebody changed by hand", () => {
    test("is told by a drift run that changes nothing, and healed by up; roles that were not declared never differ", () =>
      onStack(async ({ stack, account, emulator }) => {
        const plain = { name: "plain", args: { name: "Plain", type: "NativeConfidential" } };
        await stack.declare(web, server, plain).up();
        const state = await stack.state();
        account.editClient("Web", { allowedOrigins: ["acme.com", "evil.example"], isActive: false });
        account.editClient("Server", { grantedRoles: ["User", "Evaluator"], name: "Renamed" });
        // A restriction that nobody declared is drift too.
        account.editClient("Plain", { allowedIpAddresses: ["203.0.113.7"] });
        emulator.clearRequests();
        const out = await stack.expect(7, ...DRIFT_RUN, "--diff");
        for (const told of ["evil.example", "Renamed", "203.0.113.7"]) expect(out).toContain(told);
        expect(await stack.state()).toEqual(state);
        expect(emulator.requests({ path: "/api/**" }).map(({ method }) => method)).toEqual(["GET", "GET"]);
        await stack.up("--refresh");
        expect(account.client("Web")).toMatchObject({ allowedOrigins: ["acme.com"], isActive: true });
        expect(account.client("Server")).toMatchObject({ grantedRoles: ["User"] });
        expect(account.client("Plain")).toMatchObject({ allowedIpAddresses: [] });

        // Nor is an account that turns from Evaluator to Subscriber drift where roles are not declared.
        const subscriber = ["User", "Subscriber"];
        account.setRoles(subscriber);
        for (const name of ["Web", "Plain"]) account.editClient(name, { grantedRoles: subscriber });
        await stack.expectNothingToDo();
        await stack.up("--refresh");
        expect((await stack.outputs("plain"))["effectiveRoles"]).toEqual(["Subscriber", "User"]);
        expect(account.client("Plain")).toMatchObject({ grantedRoles: subscriber });
      }));

    test("a deletion is told, and healed with a new client", () =>
      onStack(async ({ stack, account, own }) => {
        await stack.declare(web, server).up();
        const before = account.client("Web");
        account.deleteClient("Web");
        await stack.expect(7, ...DRIFT_RUN);
        // An update of a client that is gone says so, and loses nothing.
        stack.declare({ ...web, args: { ...web.args, active: false } }, server);
        const out = await stack.expect(1, "up", "--skip-preview");
        expect(out).toContain('run "pulumi up --refresh" to make it again');
        expect(Object.keys(await stack.state()).sort()).toEqual(["server", "web"]);
        await stack.up("--refresh");
        expect(account.client("Web")).toMatchObject({ isActive: false });
        expect(account.client("Web")?.id).not.toBe(before?.id);
        // Deleting what is gone already succeeds.
        account.deleteClient("Server");
        await stack.expect(0, "destroy", "--yes", "--skip-preview");
        expect(own()).toEqual([]);
      }));
  });
});
