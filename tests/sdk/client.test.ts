import * as pulumi from "@pulumi/pulumi";
import type { MockResourceArgs } from "@pulumi/pulumi/runtime";
import { SHELL } from "../../provider/shell";
import { Client, RotatingClient } from "../../sdk";

interface Inputs {
  readonly secretInputs?: readonly string[];
}

const registered: MockResourceArgs[] = [];

const value = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => output.apply(resolve));

beforeAll(async () => {
  await pulumi.runtime.setMocks({
    newResource: (args) => {
      registered.push(args);
      const outputs = args.inputs as Record<string, unknown>;
      return {
        id: `guid-of-${args.name}`,
        state: { ...outputs, clientId: "key", clientSecret: "the secret" },
      };
    },
    call: () => ({}),
  });
});
beforeEach(() => registered.splice(0));

describe("what a program registers", () => {
  test("is the declared inputs, the shell, and what a name is made of", async () => {
    const client = new Client("web", { type: "JavaScript", allowedOrigins: ["acme.com", "*.acme.com"] });
    await value(client.id);
    expect(registered).toMatchObject([{ type: "pulumi-nodejs:dynamic/thinkgeo:Client", name: "web" }]);
    expect(registered[0]?.inputs).toEqual({
      type: "JavaScript",
      allowedOrigins: ["acme.com", "*.acme.com"],
      autoName: expect.stringMatching(/^web-[0-9a-f]{8}$/) as string,
      __provider: SHELL,
    });
  });

  test("has no generated name where one is given", async () => {
    const client = new Client("server", { name: "Server", type: "NativeConfidential" });
    await value(client.id);
    expect(registered[0]?.inputs).toEqual({ name: "Server", type: "NativeConfidential", __provider: SHELL });
  });

  test("names the properties that are secret, because a provider is shown their plain values", async () => {
    const clients = [
      new Client("a", { type: "NativeConfidential", allowedIpAddresses: pulumi.secret(["203.0.113.7"]) }),
      new RotatingClient("b", {
        type: "NativeConfidential",
        name: pulumi.secret("Server"),
        allowedIpAddresses: ["203.0.113.7", pulumi.output(Promise.resolve(pulumi.secret("203.0.113.8")))],
      }),
      new Client("c", {
        type: "JavaScript",
        replaceWhenChanged: { of: [pulumi.secret(1)] },
        allowedOrigins: pulumi.output(["acme.com"]),
      }),
    ];
    await Promise.all(clients.map(({ id }) => value(id)));
    const secrets = registered.map(({ name, inputs }) => [name, (inputs as Inputs).secretInputs]);
    expect(Object.fromEntries(secrets)).toEqual({
      a: ["allowedIpAddresses"],
      b: ["name", "allowedIpAddresses"],
      c: ["replaceWhenChanged"],
    });
  });

  test("says nothing of secrets where there are none, be values late or not", async () => {
    const allowedOrigins = [pulumi.output("acme.com"), Promise.resolve("acme.org")];
    const client = new Client("web", { type: "JavaScript", allowedOrigins });
    await value(client.id);
    expect(registered[0]?.inputs).not.toHaveProperty("secretInputs");
  });

  test("makes another name under another parent", async () => {
    class Component extends pulumi.ComponentResource {
      constructor(name: string) {
        super("tests:Component", name);
      }
    }
    const parent = new Component("parent");
    const clients = [
      new Client("a", { type: "NativeConfidential" }),
      new Client("a", { type: "NativeConfidential" }, { parent }),
    ];
    await Promise.all(clients.map(({ id }) => value(id)));
    const names = registered
      .filter(({ type }) => type.endsWith(":Client"))
      .map(({ inputs }) => (inputs as { autoName: string }).autoName);
    expect(new Set(names).size).toBe(2);
  });
});
