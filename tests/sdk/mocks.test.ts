import { createHash } from "node:crypto";
import * as pulumi from "@pulumi/pulumi";
import type { MockResourceArgs } from "@pulumi/pulumi/runtime";
import { Client, RotatingClient } from "../../sdk";

/** A team's unit test, as docs/guides/testing.md describes it: no engine, no account, and nothing of the provider. */
const registered: MockResourceArgs[] = [];

beforeAll(async () => {
  await pulumi.runtime.setMocks({
    newResource: (args) => {
      registered.push(args);
      return {
        id: `id-of-${args.name}`,
        state: { ...args.inputs, clientId: `key-of-${args.name}` } as object,
      };
    },
    call: () => ({}),
  });
});
beforeEach(() => registered.splice(0));

const value = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => output.apply(resolve));

const NATIVE = { type: "NativeConfidential", allowedIpAddresses: ["203.0.113.7"] } as const;

class Keys extends pulumi.ComponentResource {
  readonly web: Client;
  readonly server: Client;
  readonly second: Client;
  readonly tiles: RotatingClient;

  constructor(name: string, opts?: pulumi.ComponentResourceOptions) {
    super("acme:platform:Keys", name, {}, opts);
    const child = { parent: this };
    this.web = new Client(`${name}-web`, { type: "JavaScript", allowedOrigins: ["acme.com"] }, child);
    this.server = new Client(`${name}-server`, { ...NATIVE, name: "Server" }, child);
    const named = { ...NATIVE, name: pulumi.interpolate`Second of ${this.server.clientId}` };
    this.second = new Client(`${name}-second`, named, child);
    this.tiles = new RotatingClient(`${name}-tiles`, NATIVE, child);
    this.registerOutputs({});
  }
}

class Platform extends pulumi.ComponentResource {
  readonly keys: Keys;

  constructor(name: string) {
    super("acme:platform:Platform", name);
    this.keys = new Keys("blue", { parent: this });
    this.registerOutputs({});
  }
}

test("under setMocks, clients in nested components register, with generated names that are known", async () => {
  const { keys } = new Platform("platform");
  expect(
    await Promise.all([keys.web, keys.server, keys.second, keys.tiles].map(({ id }) => value(id))),
  ).toEqual(["id-of-blue-web", "id-of-blue-server", "id-of-blue-second", "id-of-blue-tiles"]);
  const inputs = Object.fromEntries(
    registered.map(({ name, inputs: given }) => [name, given as Record<string, unknown>]),
  );
  const generated = (type: string, name: string): string => {
    const urn = `urn:pulumi:stack::project::acme:platform:Platform$acme:platform:Keys$pulumi-nodejs:dynamic/thinkgeo:${type}::${name}`;
    return `${name}-${createHash("sha256").update(urn).digest("hex").slice(0, 8)}`;
  };
  expect(inputs["blue-web"]).toMatchObject({ autoName: generated("Client", "blue-web") });
  expect(inputs["blue-tiles"]).toMatchObject({ autoName: generated("RotatingClient", "blue-tiles") });
  expect(inputs["blue-server"]).not.toHaveProperty("autoName");
  expect(inputs["blue-second"]).toMatchObject({ name: "Second of key-of-blue-server" });
  // The provider, which makes a name of it, does not run: `name` is what was declared, or what the mock says.
  expect(await value(keys.web.name)).toBeUndefined();
  expect(await value(keys.server.name)).toBe("Server");
});
