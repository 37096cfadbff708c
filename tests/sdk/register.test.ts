import * as pulumi from "@pulumi/pulumi";
import type { MockResourceArgs } from "@pulumi/pulumi/runtime";
import { Client, RotatingClient } from "../../sdk";
import { Client as AnyClient } from "../../sdk/client";
import { RotatingClient as AnyRotatingClient } from "../../sdk/rotating-client";

const registered: MockResourceArgs[] = [];
const NATIVE = { type: "NativeConfidential", allowedIpAddresses: ["203.0.113.7"] } as const;

beforeAll(async () => {
  await pulumi.runtime.setMocks({
    newResource: (args) => {
      registered.push(args);
      return { id: args.id === "" ? "guid" : args.id, state: args.inputs as object };
    },
    call: () => ({}),
  });
});
beforeEach(() => registered.splice(0));

/** What a program in JavaScript may give. */
const anything = (value: unknown): never => value as never;

describe.each([
  ["Client", (name: string, opts = {}) => new Client(name, NATIVE, opts)],
  ["RotatingClient", (name: string, opts = {}) => new RotatingClient(name, NATIVE, opts)],
] satisfies [string, (name: string, opts?: pulumi.CustomResourceOptions) => unknown][])(
  "a %s",
  (kind, make) => {
    const output = pulumi.output("web");
    test.each<[string, unknown, string]>([
      ["an Output", output, "an Output"],
      // eslint-disable-next-line @typescript-eslint/restrict-template-expressions, @typescript-eslint/no-base-to-string
      ["an Output in a text", `key of ${output}`, "the text of an Output"],
      ["a number", 7, "of type number"],
      ["nothing", undefined, "of type undefined"],
      ["null", null, "null"],
    ])("is refused where its name is %s", (_, name, what) => {
      expect(() => make(anything(name))).toThrow(
        `The name of a ${kind} resource must be a plain string, and this one is ${what}: Pulumi knows a resource by it before anything is made. ` +
          'Write a name out; the value of an Output can go into the input "name", by pulumi.interpolate.',
      );
      expect(registered).toEqual([]);
    });

    test("is refused with the option import, in a sentence that says what works", () => {
      expect(() => make("web", { import: "e876f033-27bb-499a-82e2-b1070256de03" })).toThrow(
        `${kind} "web" has the option "import", which Pulumi does not support for dynamic resources. ` +
          'Declare adopt: "e876f033-27bb-499a-82e2-b1070256de03" among its arguments instead; "thinkgeo export" writes such a program for a whole account (docs/guides/import.md).',
      );
      expect(registered).toEqual([]);
    });
  },
);

describe("Client.get", () => {
  const NO_GUID = 'Client.get("web", …) was given no GUID.';

  test.each([undefined, "", null, 7, {}])("is refused where there is no GUID: %p", (id) => {
    expect(() => Client.get("web", anything(id))).toThrow(NO_GUID);
    expect(registered).toEqual([]);
  });

  test("reads by the id alone", async () => {
    const client = Client.get("web", pulumi.output("a guid"), { protect: true });
    const id = await new Promise((resolve) => client.id.apply(resolve));
    expect(id).toBe("a guid");
    expect(registered).toMatchObject([{ name: "web", id: "a guid" }]);
    expect(Object.keys(registered[0]?.inputs as object)).toEqual(["__provider"]);
  });
});

test("a secret in plain text in the stack's configuration is warned of, once a run", async () => {
  const KEY = "thinkgeo:clientSecret";
  const said: string[] = [];
  const log = jest.spyOn(pulumi.log, "warn").mockImplementation((message) => {
    said.push(message);
    return Promise.resolve();
  });
  const make = async (config: Record<string, string>, secrets: string[]): Promise<void> => {
    pulumi.runtime.setAllConfig(config, secrets);
    const clients = ["a", "b"].map((name) => new Client(name, NATIVE));
    await Promise.all(clients.map(({ id }) => new Promise((resolve) => id.apply(resolve))));
  };
  await make({}, []);
  await make({ [KEY]: "canary" }, [KEY]);
  expect(said).toEqual([]);
  await make({ [KEY]: "canary" }, []);
  await make({ [KEY]: "canary" }, []);
  expect(said).toEqual([
    'thinkgeo:clientSecret is in plain text in Pulumi.stack.yaml, so everybody who reads that file has it. Store it with "pulumi config set --secret thinkgeo:clientSecret"; if the file was ever shared, create a new client for Pulumi, and delete this one.',
  ]);
  pulumi.runtime.setAllConfig({});
  log.mockRestore();
});

const classes = { Client: AnyClient, RotatingClient: AnyRotatingClient };

describe.each(["Client", "RotatingClient"] as const)("%s", (name) => {
  const Made = classes[name];

  test("leaves the length of stacks as it was", () => {
    const before = Error.stackTraceLimit;
    new Made("web", { type: "JavaScript", allowedOrigins: ["acme.com"] });
    expect(Error.stackTraceLimit).toBe(before);
    expect(() => new Made("", { type: "JavaScript" })).toThrow(/name/);
    expect(Error.stackTraceLimit).toBe(before);
  });

  test("an error in the program still names its line", () => {
    const theProgram = (): unknown => new Made("", { type: "JavaScript" });
    try {
      theProgram();
      throw new Error("no error");
    } catch (error) {
      const frames = (error as Error).stack?.split("\n").filter((line) => line.startsWith("    at ")) ?? [];
      expect(frames.length).toBeGreaterThan(2);
      expect(frames.join("\n")).toContain("theProgram");
      expect(frames.join("\n")).toContain("register.test.ts");
    }
  });
});
