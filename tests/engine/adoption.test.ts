import { withStack } from "./with-stack";

const server = { type: "NativeConfidential", name: "Server", allowedIpAddresses: ["203.0.113.7"] };

describe("adopting a client that exists", () => {
  // What is refused, and that neither order of a replacement ends the key: tests/client/adoption.test.ts and changes.test.ts.
  test("changes what differs, keeps the keys, leaves nothing to do, and is how a resource is renamed", () =>
    withStack(async ({ stack, account, own, emulator }) => {
      const native = account.addClient({ name: "By hand", allowedIpAddresses: ["192.0.2.1"] });
      const script = account.addClient({
        name: "Web",
        clientType: "JavaScript",
        sharedMode: "Origin",
        allowedOrigins: ["acme.com"],
      });
      const web = { type: "JavaScript", name: "Web", allowedOrigins: ["ACME.com"] };
      const adopting = [
        { name: "server", args: { ...server, adopt: native.id.toUpperCase() } },
        { name: "web", args: { ...web, adopt: script.id } },
      ];
      emulator.clearRequests();
      const out = await stack.declare(...adopting).up();
      expect(out).toContain(
        'was adopted and changed to what the program declares: name was "By hand", allowedIpAddresses was ["192.0.2.1"].',
      );
      // Where nothing differs, nothing is sent.
      expect(emulator.requests({ method: "POST", path: "/api/**" }).map(({ path }) => path)).toEqual([
        `/api/v1/clients/${native.id}`,
      ]);
      expect(own()).toEqual([{ ...native, name: "Server", allowedIpAddresses: ["203.0.113.7"] }, script]);
      expect(await stack.outputs("server")).toMatchObject({
        clientId: native.apiKey,
        clientSecret: native.apiSecret,
      });
      await stack.declare({ name: "server", args: server }, { name: "web", args: web }).expectNothingToDo();

      // An adopt line that is left over does no harm: in a replacement, and after a deletion by hand.
      const turn = { replaceWhenChanged: { turn: 1 } };
      stack.declare(
        { name: "server", args: { ...server, ...turn, adopt: native.id } },
        {
          name: "web",
          args: { ...web, ...turn, adopt: script.id },
          opts: { deleteBeforeReplace: true },
        },
      );
      await stack.up();
      const replaced = own();
      expect(replaced.map(({ name }) => name).sort()).toEqual(["Server", "Web"]);
      expect(replaced.filter(({ id }) => id === native.id || id === script.id)).toEqual([]);
      account.deleteClient("Web");

      // To adopt the client of a resource that goes is how a resource is renamed.
      const renamed = account.client("Server");
      stack.declare(
        { name: "renamed", args: { ...server, adopt: renamed?.id } },
        { name: "web", args: { ...web, ...turn, adopt: script.id } },
      );
      await stack.up("--refresh");
      expect(account.client("Server")).toEqual(renamed);
      expect(Object.keys(await stack.state()).sort()).toEqual(["renamed", "web"]);
      expect(own()).toHaveLength(2);
      await stack.expectNothingToDo();
    }));

  test("of a client that the stack has is refused, and the key lives on", () =>
    withStack(async ({ stack, own }) => {
      await stack.declare({ name: "mine", args: server }).up();
      const [before] = own();
      const twin = { name: "twin", args: { ...server, adopt: before?.id } };
      // The engine takes resources as they come; what one depends on comes first.
      const mine = { name: "mine", args: server, opts: { dependsOn: "twin" } };
      const out = await stack.declare(twin, mine).expect(1, "up", "--skip-preview");
      expect(out).toContain("another resource of this program has the same client, or adopts it");
      expect(own()).toMatchObject([{ id: before?.id, isActive: true }]);
      // Only the other of the two stays in the program: this converges, with a refresh, and the key lives on.
      await stack.declare(twin).up("--refresh");
      expect(own()).toEqual([before]);
      expect(Object.keys(await stack.state())).toEqual(["twin"]);
    }));
});
