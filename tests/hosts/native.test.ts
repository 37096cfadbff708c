import * as grpc from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb";
import * as rpc from "@pulumi/pulumi/proto/provider_pb";
import * as runtime from "@pulumi/pulumi/runtime";
import { Empty } from "google-protobuf/google/protobuf/empty_pb";
import { Struct, type JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb";
import { createServer } from "node:net";
import { startEmulator, type Emulator } from "../../emulator";
import { detailsOf } from "../../provider/hosts/native/detailed-diff";
import { fromStruct, toStruct } from "../../provider/hosts/native/properties";
import { serve } from "../../provider/hosts/native/server";
import { listening } from "../cloud/local-servers";

const KEY = runtime.specialSigKey;
const secret = (value: unknown): object => ({ [KEY]: runtime.specialSecretSig, value });

describe("properties", () => {
  const struct = (value: object): Struct => Struct.fromJavaScript(value as Record<string, JavaScriptValue>);

  test("lose what wraps them, and it is told which were secret", () => {
    const given = {
      plain: "a",
      hidden: secret("b"),
      within: { list: ["x", secret("y")] },
      late: runtime.unknownValue,
      output: { [KEY]: "d0e6a833031e9bbcd3f4e8bde6ca49a4", value: ["z"], secret: true },
      lateOutput: { [KEY]: "d0e6a833031e9bbcd3f4e8bde6ca49a4" },
    };
    expect(fromStruct(struct(given))).toEqual({
      values: {
        plain: "a",
        hidden: "b",
        within: { list: ["x", "y"] },
        late: runtime.unknownValue,
        output: ["z"],
        lateOutput: runtime.unknownValue,
      },
      secrets: ["hidden", "output", "within"],
    });
    expect(fromStruct(undefined)).toEqual({ values: {}, secrets: [] });
  });

  test("are marked as secret once, and hold nothing undefined", () => {
    const marked = toStruct({ a: "1", b: secret("2"), c: undefined, d: 4 }, ["a", "b", "c"]);
    expect(marked.toJavaScript()).toEqual({ a: secret("1"), b: secret("2"), d: 4 });
  });
});

describe("a detailed difference", () => {
  test.each<[string, unknown, unknown, Record<string, string>]>([
    [
      "allowedIpAddresses",
      ["192.0.2.1", "192.0.2.2"],
      ["192.0.2.2/32"],
      { "allowedIpAddresses[0]": "delete" },
    ],
    ["allowedIpAddresses", ["192.0.2.1"], ["192.0.2.2"], { "allowedIpAddresses[0]": "update" }],
    ["allowedOrigins", ["acme.com"], ["b.org", "ACME.com."], { "allowedOrigins[0]": "add" }],
    ["allowedOrigins", undefined, ["b.org"], { allowedOrigins: "add" }],
    ["allowedOrigins", ["b.org"], undefined, { allowedOrigins: "delete" }],
    ["allowedOrigins", ["b.org"], runtime.unknownValue, { allowedOrigins: "update" }],
    ["grantedRoles", ["User"], ["Evaluator", "user"], { "grantedRoles[0]": "add" }],
    ["grantedRoles", ["User"], [], { grantedRoles: "update" }],
    // The same addresses otherwise said: the whole list is what differs.
    [
      "allowedIpAddresses",
      ["192.0.2.0/24"],
      ["192.0.2.0/24", "192.0.2.0/24"],
      { allowedIpAddresses: "update" },
    ],
    ["name", "a", "b", { name: "update" }],
  ])("of %s, from %j to %j", (name, before, after, expected) => {
    const details = detailsOf([name], [], { [name]: before }, { [name]: after });
    expect(Object.fromEntries([...details].map(([path, { change }]) => [path, change]))).toEqual(expected);
  });

  test("says what replaces", () => {
    expect(detailsOf(["type", "name"], ["type"], { type: "a", name: "a" }, { type: "b", name: "b" })).toEqual(
      new Map([
        ["type", { change: "update", replaces: true }],
        ["name", { change: "update", replaces: false }],
      ]),
    );
  });
});

describe("the server", () => {
  let emulator: Emulator;
  beforeEach(async () => {
    emulator = await startEmulator();
  });
  afterEach(() => emulator.close());

  /** Serves to an engine that listens and never asks, and is asked by the test. */
  async function served(work: (client: ResourceProviderClient) => Promise<void>): Promise<void> {
    const before = process.env;
    process.env = { ...before, ...emulator.accounts[0].environment };
    try {
      await listening(createServer(), async (engine) => {
        const { port, stop } = await serve({ host: "127.0.0.1", port: engine });
        const client = new ResourceProviderClient(`127.0.0.1:${port}`, grpc.credentials.createInsecure());
        try {
          await work(client);
        } finally {
          client.close();
          stop();
        }
      });
    } finally {
      process.env = before;
    }
  }

  const URN = "urn:pulumi:dev::lab::thinkgeo:index:Client::web";

  test("says what it is, and what it has", () =>
    served(async (client) => {
      const info = await new Promise<string>((resolve) => {
        client.getPluginInfo(new Empty(), (_, answer) => {
          resolve(answer.getVersion());
        });
      });
      const schema = await new Promise<string>((resolve) => {
        client.getSchema(new rpc.GetSchemaRequest(), (_, answer) => {
          resolve(answer.getSchema());
        });
      });
      expect(JSON.parse(schema)).toMatchObject({ name: "thinkgeo", version: info });
    }));

  test.each<[string, Record<string, JavaScriptValue>, string]>([
    ["getClient", { name: "Nobody" }, 'The account has no client named "Nobody".'],
    ["getClient", {}, "getClient needs an id or a name, and not both."],
    [
      "getClients",
      { type: "Javascript" },
      'The type of getClients must be "JavaScript" or "NativeConfidential", not "Javascript"; did you mean "JavaScript"?',
    ],
  ])("says what is wrong with a look-up in a sentence: %s of %j", (name, args, expected) =>
    served(async (client) => {
      const request = new rpc.InvokeRequest().setTok(`thinkgeo:index:${name}`);
      request.setArgs(Struct.fromJavaScript(args));
      const details = await new Promise((resolve) => {
        client.invoke(request, (error) => {
          resolve(error?.details);
        });
      });
      expect(details).toBe(
        `${expected}\nSee docs/troubleshooting.md#client-not-found in the package pulumi-thinkgeo.`,
      );
    }),
  );

  test("lists the account's clients, as many as are wanted", () =>
    served(async (client) => {
      const list = (token: string, limit: number): Promise<string[]> =>
        new Promise((resolve, reject) => {
          const names: string[] = [];
          client
            .list(new rpc.ListRequest().setToken(token).setLimit(limit))
            .on("data", (answer: rpc.ListResponse) => names.push(answer.getResult()?.getName() ?? ""))
            .on("error", reject)
            .on("end", () => {
              resolve(names);
            });
        });
      expect(await list("thinkgeo:index:Client", 0)).toEqual([
        "Emulator operator",
        "Sample Browser Client",
        "Sample Native Client",
      ]);
      expect(await list("thinkgeo:index:Client", 1)).toEqual(["Emulator operator"]);
      expect(await list("thinkgeo:index:RotatingClient", 0)).toEqual([]);
    }));

  test("stops what waits when the run is cancelled, and sends nothing again", () =>
    served(async (client) => {
      const fault = emulator.fault({
        kind: "status",
        status: 429,
        retryAfter: 60,
        method: "POST",
        path: "/api/v1/clients",
      });
      const request = new rpc.CreateRequest();
      request.setUrn(URN);
      request.setProperties(
        Struct.fromJavaScript({ type: "JavaScript", name: "Web", active: true, deletionPolicy: "delete" }),
      );
      const failed = new Promise<string>((resolve) => {
        client.create(request, (error) => {
          resolve(error?.details ?? "");
        });
      });
      await fault.untilFired();
      await new Promise((resolve) => client.cancel(new Empty(), resolve));
      expect(await failed).toContain("Could not create client");
      expect(emulator.requests({ method: "POST", path: "/api/v1/clients" })).toHaveLength(1);
    }));
});
