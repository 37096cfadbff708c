import type { EngineStack } from "./engine-stack";
import type { Declaration } from "./programs";
import { withStack, type Scene } from "./with-stack";

const server = { type: "NativeConfidential", allowedIpAddresses: ["203.0.113.7"] };
const other = ["198.51.100.7"];

/** A client of ours by the name of its resource, which begins the client's name. */
const clientOf = ({ own }: Scene, resource: string): ReturnType<Scene["own"]>[0] | undefined =>
  own().find(({ name }) => name.replace(/-[0-9a-f]{8}$/, "") === resource);
const resourcesOf = ({ own }: Scene): string[] =>
  own()
    .map(({ name }) => name.replace(/-[0-9a-f]{8}$/, ""))
    .sort();

describe("Pulumi's own options do with a client what they do elsewhere", () => {
  test("those that say how a client goes: protect, retainOnDelete, deletedWith, dependsOn", () =>
    withStack(async (scene) => {
      const { stack, account, emulator } = scene;
      const seen: string[] = [];
      emulator.onRequest(({ moment, request }) => {
        if (moment !== "after" || request.method === "GET" || !request.path.startsWith("/api")) return;
        const ordered = account.clients().filter(({ name }) => /^(?:one|two)-/.test(name));
        const names = ordered.map(({ name }) => name.replace(/-.*/, "")).join();
        if (names !== seen.at(-1)) seen.push(names);
      });
      const ordered = [
        { name: "one", args: server },
        { name: "two", args: server, opts: { dependsOn: "one" } },
      ];
      await stack.declare({ name: "guarded", args: server, opts: { protect: true } }).up();
      expect(await stack.expect(1, "destroy", "--skip-preview")).toContain("protect");
      expect(resourcesOf(scene)).toContain("guarded");
      await stack
        .declare(
          { name: "guarded", args: server },
          { name: "kept", args: server, opts: { retainOnDelete: true } },
          { name: "first", args: server },
          { name: "second", args: server, opts: { deletedWith: "first" } },
          ...ordered,
        )
        .up();
      await stack.expect(0, "destroy", "--skip-preview");
      // ThinkGeo deletes no client with another, so deletedWith leaves it behind: docs/reference/resources.md says so.
      expect(resourcesOf(scene)).toEqual(expect.arrayContaining(["kept", "second"]));
      expect(resourcesOf(scene).filter((name) => ["guarded", "first", "one", "two"].includes(name))).toEqual(
        [],
      );
      expect(await stack.state()).toEqual({});
      expect(seen.filter((names) => names !== "")).toEqual(["one", "one,two", "one"]);
    }));

  test("those that say what is a change: aliases, ignoreChanges, replaceOnChanges", () =>
    withStack(async (scene) => {
      const { stack, account, emulator } = scene;
      const ignored = { ignoreChanges: ["allowedIpAddresses"] };
      const replaced = { replaceOnChanges: ["allowedIpAddresses"] };
      const group = { name: "group", args: server };
      const declare = (turn: number, renamed: Declaration): EngineStack =>
        stack.declare(
          group,
          renamed,
          {
            name: "ignoring",
            args: turn === 1 ? server : { ...server, allowedIpAddresses: other, active: false },
            opts: ignored,
          },
          {
            name: "replaced",
            args: turn === 1 ? server : { ...server, allowedIpAddresses: other },
            opts: replaced,
          },
        );
      await declare(1, { name: "old", args: server }).up();
      const [renamed, old] = [clientOf(scene, "old"), clientOf(scene, "replaced")];

      // A resource that is renamed and gets a parent.
      const opts = { parent: "group", aliases: [{ name: "old", parent: { $root: true } }] };
      const alias = { name: "new", args: server, opts };
      emulator.clearRequests();
      await declare(2, alias).up();
      expect(account.client(renamed?.id ?? "")).toEqual(renamed);
      expect((await stack.state())["new"]?.urn).toContain("Client$pulumi-nodejs");
      const ignoring = clientOf(scene, "ignoring");
      expect(ignoring).toMatchObject({ allowedIpAddresses: ["203.0.113.7"], isActive: false });
      expect(clientOf(scene, "replaced")).toMatchObject({ allowedIpAddresses: other });
      expect(clientOf(scene, "replaced")?.id).not.toBe(old?.id);
      const writes = emulator.requests({ path: "/api/v1/clients" }).map(({ method }) => method);
      expect(writes.filter((method) => method !== "GET")).toEqual(["POST", "DELETE"]);

      account.editClient(ignoring?.id ?? "", { allowedIpAddresses: ["192.0.2.1"] });
      await stack.up("--refresh");
      expect(clientOf(scene, "ignoring")).toMatchObject({ allowedIpAddresses: ["192.0.2.1"] });
      await stack.expectNothingToDo();
    }));

  test("deleteBeforeReplace: the old client goes first; additionalSecretOutputs adds to ours; transforms change what is declared", () =>
    withStack(async (scene) => {
      const { stack, own, emulator } = scene;
      const program = (turn: number): void => {
        stack.write(
          "index.js",
          `
const thinkgeo = require("pulumi-thinkgeo");
const restrict = ({ type, props, opts }) => type === "pulumi-nodejs:dynamic/thinkgeo:Client"
  ? { props: { ...props, allowedIpAddresses: ["203.0.113.0/24"] }, opts }
  : undefined;
const client = new thinkgeo.Client(
  "a",
  { type: "NativeConfidential", replaceWhenChanged: { turn: ${turn} } },
  { transforms: [restrict], deleteBeforeReplace: true, additionalSecretOutputs: ["clientId"] },
);
exports.clientId = client.clientId;
`,
        );
      };
      program(1);
      await stack.up();
      emulator.clearRequests();
      program(2);
      await stack.up();
      const writes = emulator.requests({ path: "/api/v1/clients" }).map(({ method }) => method);
      expect(writes.filter((method) => method !== "GET")).toEqual(["DELETE", "POST"]);
      const [client, ...more] = own();
      expect(more).toEqual([]);
      expect(client).toMatchObject({ allowedIpAddresses: ["203.0.113.0/24"] });
      const state = await stack.expect(0, "stack", "export");
      expect(state).not.toContain(client?.apiKey);
      expect(state).not.toContain(client?.apiSecret);
      expect(await stack.expect(0, "stack", "output")).not.toContain(client?.apiKey);
    }));
});
