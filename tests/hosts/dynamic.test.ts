import { startEmulator, type Emulator } from "../../emulator";
import type { provider as Provider } from "../../provider/hosts/dynamic";
import { SHELL } from "../../provider/shell";

type Runtime = typeof Provider;

const INPUTS = {
  type: "NativeConfidential",
  name: "Tiles",
  active: true,
  deletionPolicy: "delete",
  __provider: SHELL,
};

let emulator: Emulator;
beforeEach(async () => {
  emulator = await startEmulator();
});
afterEach(async () => {
  await emulator.close();
  jest.restoreAllMocks();
});

/** A host process of its own: its singletons are new, and its environment says only this. */
async function inNewProcess(
  environment: Record<string, string>,
  work: (provider: Runtime) => Promise<void>,
): Promise<void> {
  const before = process.env;
  process.env = { ...environment };
  try {
    await jest.isolateModulesAsync(async () => {
      const { provider } = jest.requireActual<{ provider: Runtime }>("../../provider/hosts/dynamic");
      await work(provider);
    });
  } finally {
    process.env = before;
  }
}

const configured = (config: Record<string, string>): Parameters<Runtime["configure"]>[0] => ({
  config: { get: (key) => config[key] },
});

const config = (): Record<string, string> => ({
  "thinkgeo:apiUrl": emulator.url,
  "thinkgeo:clientId": emulator.accounts[0].clientId,
  "thinkgeo:clientSecret": emulator.accounts[0].clientSecret,
});

test("leads a client through its whole life, and hands out nothing undefined", async () => {
  let made: { id: string; outs: Record<string, unknown> } = { id: "", outs: {} };
  await inNewProcess({}, async (provider) => {
    await provider.configure(configured(config()));
    const { inputs, failures } = await provider.check({}, INPUTS);
    expect(failures).toEqual([]);
    made = await provider.create({ ...inputs, __provider: SHELL });
    const { id, outs } = made;
    const changed = { ...INPUTS, name: "Atlas" };
    expect(await provider.diff(id, outs, changed)).toMatchObject({ changes: true, replaces: [] });
    const updated = await provider.update(id, outs, changed);
    const read = await provider.read(id, updated.outs);
    expect(read).toMatchObject({ id, props: { name: "Atlas", clientSecret: outs["clientSecret"] } });
    for (const answer of [outs, updated.outs, read.props ?? {}])
      expect(Object.values(answer)).not.toContain(undefined);
  });
  // A run of its own: none deletes what it has itself created.
  await inNewProcess({}, async (provider) => {
    await provider.configure(configured(config()));
    await provider.delete(made.id, made.outs);
  });
  expect(emulator.accounts[0].client(made.id)).toBeUndefined();
});

test("is configured before anything is awaited", () =>
  inNewProcess({}, async (provider) => {
    const done = provider.configure(configured(config()));
    const created = provider.create(INPUTS);
    await done;
    expect((await created).outs["name"]).toBe("Tiles");
  }));

test("takes new settings when it is configured again", () =>
  inNewProcess({}, async (provider) => {
    await provider.configure(configured({ ...config(), "thinkgeo:clientSecret": "wrong secret" }));
    await expect(provider.create(INPUTS)).rejects.toThrow("does not accept thinkgeo:clientId");
    await provider.configure(configured(config()));
    expect((await provider.create(INPUTS)).outs["name"]).toBe("Tiles");
  }));

test("a preview without changes makes no request", () =>
  inNewProcess(emulator.accounts[0].environment, async (provider) => {
    const { inputs } = await provider.check({}, INPUTS);
    await provider.check(inputs, INPUTS);
    await provider.diff("6f9619ff-8b86-4d01-b42d-00cf4fc964ff", inputs, inputs);
    expect(emulator.requests()).toEqual([]);
  }));

test("a misspelt setting fails the preview, and every request", () =>
  inNewProcess(emulator.accounts[0].environment, async (provider) => {
    const rawConfig = { "aws:apiURL": "x", "thinkgeo:apiURL": emulator.url };
    await provider.configure({ config: { get: () => undefined, rawConfig, projectName: "shop" } });
    expect((await provider.check({}, INPUTS)).failures).toEqual([
      { property: "", reason: expect.stringContaining("did you mean thinkgeo:apiUrl?") as string },
    ]);
    await expect(provider.read("some id", INPUTS)).rejects.toThrow(
      "thinkgeo:apiURL is not a configuration key",
    );
    expect(emulator.requests()).toEqual([]);
  }));

test("a setting that cannot be used fails the preview, once a run", () =>
  inNewProcess({ THINKGEO_CLIENT_ID: "id" }, async (provider) => {
    const first = await provider.check({}, INPUTS);
    expect(first.failures).toEqual([
      { property: "", reason: expect.stringContaining("ThinkGeo's clientSecret is not set.") as string },
    ]);
    expect((await provider.check({}, INPUTS)).failures).toEqual([]);
    await expect(provider.create(INPUTS)).rejects.toMatchObject({ name: "ConfigurationError" });
  }));

describe("an error", () => {
  const errorOf = async (provider: Runtime): Promise<Error> => {
    const { clientSecret } = emulator.accounts[0];
    emulator.fault({ kind: "status", status: 400, message: `canary ${clientSecret}`, path: "/api/**" });
    return (await provider.create(INPUTS).catch((error: unknown) => error)) as Error;
  };

  test("of ours has no frames in what the host prints, and no secret", () =>
    inNewProcess(emulator.accounts[0].environment, async (provider) => {
      const error = await errorOf(provider);
      expect(error.message).toContain("canary [redacted]");
      expect(error.stack).toBe("(THINKGEO_LOG=debug shows more)");
    }));

  test("shows where it comes from with THINKGEO_LOG=debug, and no secret", () => {
    const written: string[] = [];
    jest.spyOn(process.stderr, "write").mockImplementation((text) => written.push(String(text)) > 0);
    return inNewProcess({ ...emulator.accounts[0].environment, THINKGEO_LOG: "debug" }, async (provider) => {
      const error = await errorOf(provider);
      expect(error.stack).toContain("    at ");
      expect(written).toHaveLength(2);
      expect(written[1]).toMatch(/^thinkgeo: GET \/api\/v1\/clients 400 \d+ ms attempt 1\n$/);
      const everything = [error.stack, error.message, ...written].join("\n");
      expect(everything).not.toContain(emulator.accounts[0].clientSecret);
      expect(everything).not.toContain("eyJ");
    });
  });

  test("of somebody else, and a warning, hold nothing that could change the screen", () => {
    const written: string[] = [];
    jest.spyOn(process.stderr, "write").mockImplementation((text) => written.push(String(text)) > 0);
    return inNewProcess(emulator.accounts[0].environment, async (provider) => {
      const hostile = "a\u001b[2J\u009b\u202e\u200bb";
      const trap = (): never => {
        throw new TypeError(`${hostile}\nnext`);
      };
      const error = await provider
        .check({}, new Proxy({}, { ownKeys: trap }))
        .catch((reason: unknown) => reason);
      const shown = "a\\u001b[2J\\u009b\\u202e\\u200bb";
      expect(error).toMatchObject({ name: "TypeError", message: `${shown}\nnext` });
      expect((error as Error).stack).toMatch(/^TypeError: a\\u001b\[2J\\u009b\\u202e\\u200bb\nnext\n {4}at /);
      const { id } = emulator.accounts[0].addClient({ name: "Tiles", clientType: "NativeConfidential" });
      const { outs } = await provider.create({ ...INPUTS, adopt: id });
      written.length = 0;
      await provider.delete(id, { ...outs, name: `${hostile}\n` });
      expect(written).toEqual([
        expect.stringContaining(`warning: Client "${shown}\\n" (${id}) was not deleted`),
      ]);
    });
  });

  test("of somebody else is cleaned too", () =>
    inNewProcess(emulator.accounts[0].environment, async (provider) => {
      await provider.create(INPUTS);
      const { clientSecret } = emulator.accounts[0];
      const trap = (): never => {
        throw new TypeError(`canary ${clientSecret}`);
      };
      const error = await provider
        .check({}, new Proxy({}, { ownKeys: trap }))
        .catch((reason: unknown) => reason);
      expect(error).toMatchObject({ name: "TypeError", message: "canary [redacted]" });
      expect((error as Error).stack).toMatch(/canary \[redacted\]\n {4}at /);
      expect((error as Error).stack).not.toContain(clientSecret);
    }));
});

describe("what the program made secret is in no text, whoever says it", () => {
  const NAME = "Merger with Acme";
  const ENTRY = "198.51.100.77";
  const inputs = {
    ...INPUTS,
    name: NAME,
    allowedIpAddresses: [ENTRY],
    secretInputs: ["name", "allowedIpAddresses", "type"],
  };

  /** Everything that a process of its own lets out, errors and what it writes. */
  const textOf = async (work: (provider: Runtime) => Promise<unknown>): Promise<string> => {
    const written: string[] = [];
    jest.spyOn(process.stderr, "write").mockImplementation((text) => written.push(String(text)) > 0);
    await inNewProcess(emulator.accounts[0].environment, async (provider) => {
      await work(provider).catch((error: unknown) => written.push(String(error)));
    });
    return written.join("\n");
  };
  const refusing = (): void => {
    const message = `"${ENTRY}" of "${NAME}" is not for a NativeConfidential client`;
    emulator.fault({ kind: "status", status: 400, message, path: "/api/v1/clients**" });
  };
  const made = async (): Promise<{ id: string; outs: Record<string, unknown> }> => {
    let done: { id: string; outs: Record<string, unknown> } | undefined;
    await textOf(async (provider) => (done = await provider.create(inputs)));
    if (done === undefined) throw new Error("It was not made.");
    return done;
  };

  test.each<[string, string, () => Promise<string>]>([
    [
      "a name conflict",
      "that this stack does not know",
      () => {
        emulator.accounts[0].addClient({ name: NAME });
        return textOf((provider) => provider.create(inputs));
      },
    ],
    [
      "taking over",
      "was adopted and changed",
      () => {
        const { id } = emulator.accounts[0].addClient({ name: "By hand", allowedIpAddresses: [ENTRY] });
        return textOf((provider) => provider.create({ ...inputs, adopt: id }));
      },
    ],
    [
      "what is left as it is",
      "did not overwrite that",
      async () => {
        const { id, outs } = await made();
        emulator.accounts[0].editClient(id, { isActive: false });
        return textOf((provider) => provider.update(id, outs, { ...inputs, grantedRoles: ["User"] }));
      },
    ],
    [
      "opening to the world",
      "is opened to the world",
      async () => {
        const { id, outs } = await made();
        const open = { ...inputs, allowedIpAddresses: undefined };
        return textOf(async (provider) => {
          const checked = await provider.check(inputs, open);
          return provider.diff(id, outs, checked.inputs);
        });
      },
    ],
    [
      "a refused update, in the server's words",
      "is not for a NativeConfidential client",
      async () => {
        const { id, outs } = await made();
        refusing();
        return textOf((provider) => provider.update(id, outs, { ...inputs, active: false }));
      },
    ],
    [
      "a refused reading, of which the engine shows no inputs",
      "is not for a NativeConfidential client",
      async () => {
        const { id, outs } = await made();
        refusing();
        return textOf((provider) => provider.read(id, outs));
      },
    ],
    [
      "a refused delete, after a refresh",
      "is not for a NativeConfidential client",
      async () => {
        const { id, outs } = await made();
        let props: Record<string, unknown> | undefined;
        await textOf(async (provider) => ({ props } = await provider.read(id, outs)));
        refusing();
        return textOf((provider) => provider.delete(id, props ?? {}));
      },
    ],
  ])("%s", async (_, words, meet) => {
    const text = await meet();
    expect(text).toContain(words);
    expect(text).toContain("[redacted]");
    for (const secret of [NAME, ENTRY]) expect(text).not.toContain(secret);
  });
});
