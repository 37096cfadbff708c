import { inspect } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import type { MockResourceArgs } from "@pulumi/pulumi/runtime";
import { startEmulator, type Emulator, type EmulatorAccount, type EmulatorOptions } from "../../emulator";
import {
  Account,
  getAccount,
  getClient,
  getClientOutput,
  getClients,
  getClientsOutput,
  getRoles,
  type ClientInfo,
} from "../../sdk";

const registered: MockResourceArgs[] = [];
beforeAll(async () => {
  await pulumi.runtime.setMocks({
    newResource: (args) => {
      registered.push(args);
      return { id: `${args.name}-id`, state: args.inputs as Record<string, unknown> };
    },
    call: () => ({}),
  });
});

/** How Pulumi marks a secret on its way to the engine. */
const SECRET = { "4dabf18193072939515e22adb298388d": "1b47061264138c4ac30d75fd1eb44270" };

const value = <T>(output: pulumi.Output<T>): Promise<T> => new Promise((resolve) => output.apply(resolve));
const isSecret = (output: pulumi.Output<unknown>): Promise<boolean> => pulumi.isSecret(output);

interface World {
  readonly emulator: Emulator;
  readonly remote: EmulatorAccount;
  readonly account: Account;
  readonly calls: () => string[];
}

async function withAccount(
  work: (world: World) => Promise<void>,
  options: EmulatorOptions = {},
): Promise<void> {
  const emulator = await startEmulator(options);
  const [remote] = emulator.accounts;
  const { clientId, clientSecret } = remote;
  const account = new Account("emea", { clientId, clientSecret, apiUrl: emulator.url });
  try {
    await work({
      emulator,
      remote,
      account,
      calls: () => emulator.requests().map(({ method, path }) => `${method} ${path}`),
    });
  } finally {
    await emulator.close();
  }
}

describe("an account", () => {
  test("is a provider of Pulumi's own kind, whose settings are all secret", async () => {
    const clientSecret = pulumi.output("the secret");
    const account = new Account("us", {
      clientId: "id",
      clientSecret,
      maxConcurrency: 4,
      allowSelfLockout: true,
    });
    await value(account.id);
    expect(registered.at(-1)).toMatchObject({ type: "pulumi:providers:pulumi-nodejs", name: "us" });
    const secret = (value: string): object => expect.objectContaining({ ...SECRET, value }) as object;
    expect(registered.at(-1)?.inputs).toMatchObject({
      "thinkgeo:clientId": secret("id"),
      "thinkgeo:clientSecret": secret("the secret"),
      "thinkgeo:maxConcurrency": secret("4"),
      "thinkgeo:allowSelfLockout": secret("true"),
    });
  });
});

describe("one client", () => {
  test("is found by its name, without its secret", () =>
    withAccount(async ({ account, remote }) => {
      const made = remote.addClient({
        name: "Tiles",
        allowedIpAddresses: ["203.0.113.7"],
        grantedRoles: ["User"],
      });
      const found = await getClient({ name: "Tiles" }, { account });
      expect(found).toEqual<ClientInfo>({
        id: made.id,
        name: "Tiles",
        type: "NativeConfidential",
        active: true,
        allowedOrigins: [],
        allowedIpAddresses: ["203.0.113.7"],
        grantedRoles: ["User"],
        clientId: made.apiKey,
        apiKey: undefined,
        ownerId: made.ownerId,
      });
      expect(JSON.stringify(found)).not.toContain(made.apiSecret);
    }));

  test("is found by its GUID; a browser's has the key that goes into the URL", () =>
    withAccount(async ({ account, remote }) => {
      const { id, apiKey } = remote.addClient({ name: "Web", clientType: "JavaScript" });
      expect(await getClient({ id }, { account })).toMatchObject({
        id,
        name: "Web",
        apiKey,
        clientId: apiKey,
      });
    }));

  test("gives its secret where that is asked for, marked as one", () =>
    withAccount(async ({ account, remote }) => {
      const { id, apiSecret } = remote.addClient({ name: "Tiles" });
      const { clientSecret } = await getClient({ id, withSecret: true }, { account });
      if (clientSecret === undefined) throw new Error("There is no secret.");
      expect([await value(clientSecret), await isSecret(clientSecret)]).toEqual([apiSecret, true]);
      const output = getClientOutput({ id, withSecret: true }, { account });
      expect([(await value(output)).clientSecret, await isSecret(output)]).toEqual([apiSecret, true]);
    }));

  test("as an output is no secret because the credentials are", () =>
    withAccount(async ({ account, remote }) => {
      const { id } = remote.addClient({ name: "Tiles" });
      const output = getClientOutput({ id: pulumi.output(id) }, { account });
      expect([(await value(output)).name, await isSecret(output)]).toEqual(["Tiles", false]);
    }));

  test.each<[string, Parameters<typeof getClient>[0], RegExp]>([
    ["no name", { name: "Nobody" }, /^The account has no client named "Nobody"\.$/m],
    [
      "no GUID",
      { id: "7a3c2b10-0000-4000-8000-000000000000" },
      /^Could not look up client 7a3c\S+: the account of thinkgeo:clientId has no client with that GUID\. .* finds a client by its name\.$/m,
    ],
    [
      "a key",
      { id: "a-uwz8hVAOiFlxCv9o3mxtGQnOGuUGnzSnEPcgm6tYM~" },
      /^Could not look up a client: the given id is not a GUID/,
    ],
    [
      "a name of two",
      { name: "Twin" },
      /^The account has 2 clients named "Twin": look one up by its id, \S+ or \S+ \(deactivated\)\.$/m,
    ],
    ["nothing", {}, /^getClient needs an id or a name, and not both\.$/m],
    ["both", { id: "x", name: "y" }, /^getClient needs an id or a name, and not both\.$/m],
  ])("that is not there, or not one, is an error: %s", (_, args, expected) =>
    withAccount(async ({ account, remote }) => {
      remote.addClient({ name: "Twin" });
      remote.addClient({ name: "Twin", isActive: false });
      await expect(getClient(args, { account })).rejects.toThrow(expected);
    }),
  );
});

describe("what goes wrong is one sentence for a program, without frames and inner members", () => {
  const looks: [string, (account: Account) => Promise<unknown>][] = [
    ["getClient", (account) => getClient({ name: "Nobody" }, { account })],
    ["getClient by id", (account) => getClient({ id: "6f9619ff-8b86-4d01-b42d-00cf4fc964ff" }, { account })],
    ["getClients", (account) => getClients({}, { account })],
    ["getRoles", (account) => getRoles({ account })],
    ["getAccount", (account) => getAccount({ account })],
  ];
  const failing = async (look: Promise<unknown>): Promise<Error> => {
    const error = await look.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    if (error instanceof Error) return error;
    throw new Error("It should have failed and did not.");
  };

  test.each(looks)("%s", (_, look) =>
    withAccount(async ({ account, emulator }) => {
      emulator.fault({ kind: "status", status: 403, message: "not you", path: "/api/**" });
      const error = await failing(look(account));
      expect(error.stack).toBe(`Error: ${error.message}\n(THINKGEO_LOG=debug shows more)`);
      expect(inspect(error)).toBe(`[${error.stack ?? ""}]`);
      expect([Object.keys(error), Object.getPrototypeOf(error), error.cause]).toEqual([
        [],
        Error.prototype,
        undefined,
      ]);
    }),
  );

  test("but for THINKGEO_LOG=debug, which shows where it comes from", () =>
    withAccount(async ({ account }) => {
      jest.replaceProperty(process, "env", { ...process.env, THINKGEO_LOG: "debug" });
      try {
        const error = await failing(getClient({ name: "Nobody" }, { account }));
        expect(error.stack).toMatch(
          /^Error: The account has no client named "Nobody"\.\nSee docs\/.*\n {4}at /,
        );
      } finally {
        jest.restoreAllMocks();
      }
    }));
});

describe("a secret that is wanted and is not there is told", () => {
  const secretOf = async (name: string, account: Account): Promise<[unknown, string[]]> => {
    const told: string[] = [];
    const warn = jest
      .spyOn(pulumi.log, "warn")
      .mockImplementation((text) => Promise.resolve(void told.push(text)));
    try {
      const { clientSecret } = await getClient({ name, withSecret: true }, { account });
      return [clientSecret && (await value(clientSecret)), told];
    } finally {
      warn.mockRestore();
    }
  };

  test("of a client whose answers hide it, and of a JavaScript client, which has none", () =>
    withAccount(
      async ({ account, remote }) => {
        remote.addClient({ name: "Tiles" });
        remote.addClient({ name: "Web", clientType: "JavaScript" });
        expect(await secretOf("Tiles", account)).toEqual([
          undefined,
          [expect.stringMatching(/^client "Tiles" \(\S+\): No response of ThinkGeo has the client's secret/)],
        ]);
        expect(await secretOf("Web", account)).toEqual([
          undefined,
          [expect.stringMatching(/^client "Web" \(\S+\) has no secret: it is a JavaScript client/)],
        ]);
      },
      { switches: { laterSecret: "masked", mask: "[hidden]" } },
    ));

  test("and one that only the list leaves out is read", () =>
    withAccount(
      async ({ account, remote }) => {
        const { apiSecret } = remote.addClient({ name: "Tiles" });
        expect(await secretOf("Tiles", account)).toEqual([apiSecret, []]);
      },
      { switches: { listOmits: ["apiSecret"] } },
    ));
});

describe("many clients", () => {
  test("of a type that is misspelt are an error that names the two", () =>
    withAccount(async ({ account, emulator }) => {
      const args = { type: "Javascript" } as unknown as Parameters<typeof getClients>[0];
      await expect(getClients(args, { account })).rejects.toThrow(
        /^The type of getClients must be "JavaScript" or "NativeConfidential", not "Javascript"; did you mean "JavaScript"\?$/m,
      );
      expect(emulator.requests()).toEqual([]);
    }));

  test("are filtered by all that is given, and in order", () =>
    withAccount(async ({ account, remote }) => {
      for (const name of ["pr-2", "pr-1", "prod"]) remote.addClient({ name, clientType: "JavaScript" });
      remote.addClient({ name: "pr-3", clientType: "JavaScript", isActive: false });
      remote.addClient({ name: "pr-4" });
      const names = async (args: Parameters<typeof getClients>[0]): Promise<string[]> =>
        (await getClients(args, { account })).map(({ name }) => name);
      expect(await names({ nameMatches: /^pr-/g, type: "JavaScript", active: true })).toEqual([
        "pr-1",
        "pr-2",
      ]);
      expect(await names({ nameMatches: /^pr-/g })).toEqual(["pr-1", "pr-2", "pr-3", "pr-4"]);
      expect(await names({ active: false })).toEqual(["pr-3"]);
      expect(await value(getClientsOutput({ nameMatches: /^prod$/ }, { account }))).toMatchObject([
        { name: "prod" },
      ]);
    }));

  test("of a list that is cut short are an error", () =>
    withAccount(
      async ({ account, remote }) => {
        for (let index = 0; index < 10; index++) remote.addClient({ name: `pr-${index}` });
        await expect(getClients({}, { account })).rejects.toThrow(
          "ThinkGeo listed 5 clients and says that there are",
        );
      },
      { switches: { listCap: 5 } },
    ));
});

test("roles and the account", () =>
  withAccount(async ({ account }) => {
    expect((await getRoles({ account })).map(({ name }) => name)).toContain("User");
    const { id, name, roles } = await getAccount({ account });
    expect([id, name]).toEqual([expect.stringMatching(/^[0-9a-f-]{36}$/), expect.any(String)]);
    expect(roles.map((role) => role.name)).toContain("User");
  }));

test("a client that was made after the list was read is found, for one list more", () =>
  withAccount(async ({ account, remote, calls }) => {
    await getClients({}, { account });
    remote.addClient({ name: "later" });
    expect((await getClient({ name: "later" }, { account })).name).toBe("later");
    expect(calls().filter((call) => call === "GET /api/v1/clients")).toHaveLength(2);
  }));

test("a misspelt setting of an account is an error, and nothing is sent", () =>
  withAccount(async ({ emulator, remote }) => {
    const { clientId, clientSecret } = remote;
    const args = { clientId, clientSecret, apiURL: emulator.url };
    const account = new Account("misspelt", args);
    await expect(getClient({ name: "Tiles" }, { account })).rejects.toThrow("did you mean thinkgeo:apiUrl?");
    expect(emulator.requests()).toEqual([]);
  }));

test("all look-ups of a run share one token and one list", () =>
  withAccount(async ({ account, remote, calls }) => {
    for (let index = 0; index < 20; index++) remote.addClient({ name: `pr-${index}` });
    await Promise.all(
      Array.from({ length: 20 }, (_, index) => getClient({ name: `pr-${index}` }, { account })),
    );
    await getClients({ nameMatches: /x/ }, { account });
    await value(getClientOutput({ name: "pr-1" }, { account }));
    expect(calls()).toEqual([
      "POST /identity/connect/token",
      "GET /api/v1/clients",
      "GET /api/v1/clients/roles",
    ]);
  }));

test("two accounts are asked apart, and one with wrong credentials does not stop the other", () =>
  withAccount(async ({ account, remote, emulator }) => {
    remote.addClient({ name: "Tiles" });
    const wrong = new Account("wrong", {
      clientId: remote.clientId,
      clientSecret: "not-it",
      apiUrl: emulator.url,
    });
    const [right, failed] = await Promise.allSettled([
      getClient({ name: "Tiles" }, { account }),
      getClient({ name: "Tiles" }, { account: wrong }),
    ]);
    expect([right.status, failed.status]).toEqual(["fulfilled", "rejected"]);
    expect(String((failed as PromiseRejectedResult).reason)).not.toContain("not-it");
  }));
