import { withStack } from "./with-stack";

describe("adopting a client that exists", () => {
  test("changes what differs, keeps the keys, and then nothing is left to do, with or without the adopt line", () =>
    withStack(async ({ stack, account, own }) => {
      const there = account.addClient({ name: "By hand", allowedIpAddresses: ["203.0.113.7"] });
      const args = { name: "By hand", type: "NativeConfidential", allowedIpAddresses: ["203.0.113.0/24"] };
      await stack.declare({ name: "server", args: { ...args, adopt: there.id.toUpperCase() } }).quickStep();
      expect(own()).toEqual([{ ...there, allowedIpAddresses: ["203.0.113.0/24"] }]);
      expect(await stack.outputs("server")).toMatchObject({
        clientId: there.apiKey,
        clientSecret: there.apiSecret,
      });
      await stack.declare({ name: "server", args }).expectSettled();
    }));

  test("sends nothing where nothing differs", () =>
    withStack(async ({ stack, account, emulator }) => {
      const there = account.addClient({
        name: "By hand",
        clientType: "JavaScript",
        sharedMode: "Origin",
        allowedOrigins: ["acme.com"],
      });
      emulator.clearRequests();
      const args = { name: "By hand", type: "JavaScript", allowedOrigins: ["ACME.com"], adopt: there.id };
      await stack.declare({ name: "web", args }).up();
      expect(emulator.requests({ method: "POST", path: "/api/**" })).toEqual([]);
      await stack.expectSettled();
    }));

  test("refuses another type, an unknown GUID and a client that the stack has already", () =>
    withStack(async ({ stack, account, own }) => {
      const there = account.addClient({ name: "By hand" });
      const before = own();
      stack.declare({ name: "web", args: { type: "JavaScript", adopt: there.id } });
      expect(await stack.expect(1, "up", "--skip-preview")).toContain(
        "it is of type NativeConfidential, and the program declares JavaScript",
      );
      stack.declare({
        name: "web",
        args: { type: "JavaScript", adopt: "11111111-2222-3333-4444-555555555555" },
      });
      expect(await stack.expect(1, "up", "--skip-preview")).toContain(
        "the account has no client with that GUID",
      );
      const mine = { name: "mine", args: { type: "NativeConfidential", name: "By hand", adopt: there.id } };
      await stack.declare(mine).quickStep();
      stack.declare(mine, { name: "twin", args: { type: "NativeConfidential", adopt: there.id } });
      expect(await stack.expect(1, "up", "--skip-preview")).toContain("it is managed by this stack already");
      expect(own()).toEqual(before);
    }));

  test("by another resource of the same program, while the first goes, is how a resource is renamed", () =>
    withStack(async ({ stack, own }) => {
      const args = { type: "NativeConfidential", name: "Server" };
      await stack.declare({ name: "old", args }).quickStep();
      const before = own();
      await stack.declare({ name: "new", args: { ...args, adopt: before[0]?.id } }).quickStep();
      expect(own()).toEqual(before);
      expect(Object.keys(await stack.state())).toEqual(["new"]);
    }));

  test("get reads a client without managing it", () =>
    withStack(async ({ stack, account }) => {
      const there = account.addClient({ name: "By hand" });
      await stack.declare({ name: "other", args: {}, opts: { $get: there.id } }).up();
      expect(await stack.outputs("other")).toMatchObject({ name: "By hand", clientSecret: there.apiSecret });
      await stack.expect(0, "destroy", "--yes", "--skip-preview");
      expect(account.client(there.id)).toEqual(there);
    }));
});
