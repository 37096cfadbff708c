import { withStack } from "./with-stack";

const server = { type: "NativeConfidential", allowedIpAddresses: ["203.0.113.7"] };
const other = ["198.51.100.7"];

describe("Pulumi's own options do with a client what they do elsewhere", () => {
  test("protect: destroy refuses, and the client stays", () =>
    withStack(async ({ stack, own }) => {
      await stack.declare({ name: "a", args: server, opts: { protect: true } }).up();
      const out = await stack.expect(1, "destroy", "--skip-preview");
      expect(out).toContain("protect");
      expect(own()).toHaveLength(1);
      await stack.declare({ name: "a", args: server }).up();
      await stack.expect(0, "destroy", "--skip-preview");
      expect(own()).toEqual([]);
    }));

  test("retainOnDelete leaves the client, deletedWith leaves it to the other, and both are out of state", () =>
    withStack(async ({ stack, own }) => {
      await stack
        .declare(
          { name: "kept", args: server, opts: { retainOnDelete: true } },
          { name: "first", args: server },
          { name: "second", args: server, opts: { deletedWith: "first" } },
        )
        .up();
      await stack.expect(0, "destroy", "--skip-preview");
      // ThinkGeo deletes no client with another, so deletedWith leaves it behind: docs/options.md says so.
      expect(
        own()
          .map(({ name }) => name.replace(/-.*/, ""))
          .sort(),
      ).toEqual(["kept", "second"]);
      expect(await stack.state()).toEqual({});
    }));

  test("aliases: a resource that is renamed or gets a parent keeps its client, unchanged", () =>
    withStack(async ({ stack, own, calls, emulator }) => {
      await stack.declare({ name: "old", args: server }, { name: "group", args: server }).up();
      const before = own();
      emulator.clearRequests();
      await stack
        .declare(
          { name: "group", args: server },
          {
            name: "new",
            args: server,
            opts: { parent: "group", aliases: [{ name: "old", parent: { $root: true } }] },
          },
        )
        .up();
      expect(calls()).toEqual([]);
      expect(own()).toEqual(before);
      expect((await stack.state())["new"]?.urn).toContain("Client$pulumi-nodejs");
      await stack.expectNothingToDo();
    }));

  test("ignoreChanges: what the program says of the property does not count", () =>
    withStack(async ({ stack, own, account }) => {
      const opts = { ignoreChanges: ["allowedIpAddresses"] };
      await stack.declare({ name: "a", args: server, opts }).up();
      await stack
        .declare({ name: "a", args: { ...server, allowedIpAddresses: other, active: false }, opts })
        .quickStep();
      const [client] = own();
      expect(client).toMatchObject({ allowedIpAddresses: ["203.0.113.7"], isActive: false });
      account.editClient(client?.id ?? "", { allowedIpAddresses: ["192.0.2.1"] });
      await stack.up("--refresh");
      await stack.expectNothingToDo();
      expect(own()).toMatchObject([{ allowedIpAddresses: ["192.0.2.1"] }]);
    }));

  test("replaceOnChanges: another value is another client, and the old one goes after it", () =>
    withStack(async ({ stack, own, calls, emulator }) => {
      const opts = { replaceOnChanges: ["allowedIpAddresses"] };
      await stack.declare({ name: "a", args: server, opts }).up();
      const [before] = own();
      emulator.clearRequests();
      await stack.declare({ name: "a", args: { ...server, allowedIpAddresses: other }, opts }).quickStep();
      expect(own()).toMatchObject([{ allowedIpAddresses: other }]);
      expect(own()[0]?.id).not.toBe(before?.id);
      const writes = calls().filter((call) => /^(?:POST|DELETE) \/api/.test(call));
      expect(writes).toEqual(["POST /api/v1/clients", "DELETE /api/v1/clients"]);
    }));

  test("deleteBeforeReplace: the old client goes first", () =>
    withStack(async ({ stack, own, calls, emulator }) => {
      const declare = (turn: number): void => {
        const args = { ...server, replaceWhenChanged: { turn } };
        stack.declare({ name: "a", args, opts: { deleteBeforeReplace: true } });
      };
      declare(1);
      await stack.up();
      emulator.clearRequests();
      declare(2);
      await stack.quickStep();
      expect(own()).toHaveLength(1);
      const writes = calls().filter((call) => /^(?:POST|DELETE) \/api/.test(call));
      expect(writes).toEqual(["DELETE /api/v1/clients", "POST /api/v1/clients"]);
    }));

  test("additionalSecretOutputs adds to ours: both are encrypted", () =>
    withStack(async ({ stack, own }) => {
      await stack.declare({ name: "a", args: server, opts: { additionalSecretOutputs: ["clientId"] } }).up();
      const [client] = own();
      const state = await stack.expect(0, "stack", "export");
      expect(state).not.toContain(client?.apiKey);
      expect(state).not.toContain(client?.apiSecret);
      expect(await stack.expect(0, "stack", "output")).not.toContain(client?.apiKey);
    }));

  test("dependsOn: the client is made after the other, and deleted before it", () =>
    withStack(async ({ stack, account, emulator }) => {
      const seen: string[] = [];
      emulator.onRequest(({ moment, request }) => {
        if (moment !== "after" || request.method === "GET" || !request.path.startsWith("/api")) return;
        seen.push(
          account
            .clients()
            .map(({ name }) => name.replace(/-.*/, ""))
            .filter((name) => name === "one" || name === "two")
            .join(),
        );
      });
      stack.declare({ name: "one", args: server }, { name: "two", args: server, opts: { dependsOn: "one" } });
      await stack.up();
      await stack.expect(0, "destroy", "--skip-preview");
      expect(seen).toEqual(["one", "one,two", "one", ""]);
    }));

  test("transforms see a client and change what it declares", () =>
    withStack(async ({ stack, own }) => {
      stack.write(
        "index.js",
        `
const thinkgeo = require("pulumi-thinkgeo");
const restrict = ({ type, props, opts }) => type === "pulumi-nodejs:dynamic/thinkgeo:Client"
  ? { props: { ...props, allowedIpAddresses: ["203.0.113.0/24"] }, opts }
  : undefined;
new thinkgeo.Client("a", { type: "NativeConfidential" }, { transforms: [restrict] });
`,
      );
      await stack.quickStep();
      expect(own()).toMatchObject([{ allowedIpAddresses: ["203.0.113.0/24"] }]);
    }));
});
