import * as pulumi from "@pulumi/pulumi";
import type { MockResourceArgs } from "@pulumi/pulumi/runtime";
import { SHELL } from "../../provider/shell";
import { Client } from "../../sdk";

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
