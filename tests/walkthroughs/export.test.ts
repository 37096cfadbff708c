import { join } from "node:path";
import { thinkgeo } from "../cli/in-stack";
import { addOddClients, UNDECLARABLE } from "../cli/export/odd-account";
import { PLUGIN_FOLDER, writePlugin } from "../engine/programs";
import { withStack, type Scene } from "../engine/with-stack";

interface Done {
  readonly written: readonly { readonly id: string; readonly file: string }[];
  readonly leftOut: readonly { readonly id: string; readonly why: string }[];
}

/** The requests that may have changed the account. */
const writes = ({ emulator }: Scene): string[] =>
  emulator
    .requests()
    .filter(({ method, path }) => method !== "GET" && path.startsWith("/api"))
    .map(({ method, path }) => `${method} ${path}`);

/** Three clients more: exactly they are what the stack does not manage, and what another export adds. */
async function growAndExport(
  account: Scene["account"],
  exportAccount: (out: string, ...args: readonly string[]) => Promise<Done>,
): Promise<void> {
  const before = account.clients().length;
  for (const name of ["Shop web key", "New one", "🚀"]) account.addClient({ name });
  const added = account
    .clients()
    .slice(before)
    .map(({ id }) => id)
    .sort();
  const rest = await exportAccount("rest", "--unmanaged", "--stack", "test", "--cwd", "keys");
  expect(rest.written.map(({ id }) => id).sort()).toEqual(added);
  const again = await exportAccount("keys");
  expect(again.written.map(({ id }) => id).sort()).toEqual(added);
}

test("an account of 60 odd clients goes into a program, through pulumi up, and is not changed", () =>
  withStack(async (scene) => {
    const { stack, account, emulator } = scene;
    stack.environment["PULUMI_SKIP_CHECKPOINTS"] = "true";
    addOddClients(account, 60);
    for (const client of Object.values(UNDECLARABLE)) account.addClient(client);
    const exportAccount = async (out: string, ...args: readonly string[]): Promise<Done> =>
      (await thinkgeo(scene, "export", "--out", out, ...args)) as Done;
    const pulumi = (...args: readonly string[]): Promise<string> => stack.expect(0, "-C", "keys", ...args);
    const before = account.clients();

    const first = await exportAccount("keys");
    expect(first.written).toHaveLength(60);
    expect(first.leftOut.map(({ why }) => why).sort()).toEqual([
      "own",
      "sample",
      "sample",
      ...Object.keys(UNDECLARABLE).map(() => "undeclarable"),
    ]);
    await pulumi("stack", "init", "test");
    emulator.clearRequests();
    await pulumi("up", "--skip-preview");
    expect(account.clients()).toEqual(before);
    expect(writes(scene)).toEqual([]);
    // That it compiles is known by now.
    stack.environment["PULUMI_NODEJS_TRANSPILE_ONLY"] = "true";

    await growAndExport(account, exportAccount);
    const grown = account.clients();
    const out = await pulumi("up", "--skip-preview");
    expect(out).toMatch(/\+ 3 created/);
    expect(out).toMatch(/61 unchanged/);
    expect(account.clients()).toEqual(grown);
    await pulumi("preview", "--refresh", "--expect-no-changes");
  }));

test("an account of 60 odd clients goes into a YAML program, through pulumi up, and is not changed", () =>
  withStack(async (scene) => {
    const { stack, account, emulator } = scene;
    stack.environment["PULUMI_SKIP_CHECKPOINTS"] = "true";
    addOddClients(account, 60);
    const exportAccount = async (out: string, ...args: readonly string[]): Promise<Done> =>
      (await thinkgeo(scene, "export", "--out", out, "--language", "yaml", ...args)) as Done;
    const pulumi = (...args: readonly string[]): Promise<string> => stack.expect(0, "-C", "keys", ...args);
    const before = account.clients();

    expect((await exportAccount("keys")).written).toHaveLength(60);
    writePlugin(join(stack.folder, "keys", PLUGIN_FOLDER));
    await pulumi("stack", "init", "test");
    emulator.clearRequests();
    expect(await pulumi("preview")).toMatch(/= 60 to import\n/);
    expect(await pulumi("up", "--skip-preview")).toMatch(/= 60 imported\n/);
    expect(account.clients()).toEqual(before);
    expect(writes(scene)).toEqual([]);

    await growAndExport(account, exportAccount);
    const grown = account.clients();
    expect(await pulumi("up", "--skip-preview")).toMatch(/= 3 imported\n/);
    expect(account.clients()).toEqual(grown);
    await pulumi("preview", "--refresh", "--expect-no-changes");
    expect(writes(scene)).toEqual([]);
  }));

test.each([
  { host: "dynamic", args: ["--dynamic"], refresh: true },
  { host: "native", args: ["--language", "yaml"], refresh: false },
])("pulumi import takes the clients of an import file over for the $host provider", ({ args, refresh }) =>
  withStack(async (scene) => {
    const { stack, account, emulator } = scene;
    addOddClients(account, 30);
    const before = account.clients();
    await thinkgeo(scene, "export", "--out", "keys", "--import-file", "import.json", ...args);
    const pulumi = (...args: readonly string[]): Promise<string> => stack.expect(0, "-C", "keys", ...args);
    if (!refresh) writePlugin(join(stack.folder, "keys", PLUGIN_FOLDER));
    await pulumi("stack", "init", "test");
    emulator.clearRequests();
    const file = join(stack.folder, "import.json");
    const flags = ["--generate-code=false", "--protect=false", "--yes"];
    expect(await pulumi("import", "--file", file, ...flags)).toMatch(/= 30 imported\n/);
    if (refresh) await pulumi("refresh", "--skip-preview");
    // What is said of single resources would be a difference.
    const preview = await pulumi("preview", "--expect-no-changes");
    expect(preview).toMatch(/\n {4}31 unchanged\n/);
    expect(preview).not.toContain("[diff:");
    await pulumi("preview", "--refresh", "--expect-no-changes");
    await pulumi("up", "--skip-preview", "--expect-no-changes");
    expect(writes(scene)).toEqual([]);
    expect(account.clients()).toEqual(before);

    const state = await pulumi("stack", "export", "--show-secrets");
    const hidden = await pulumi("stack", "export");
    for (const { name, apiSecret, clientType } of account.clients().slice(3)) {
      if (clientType === "NativeConfidential")
        expect([name, state.includes(apiSecret)]).toEqual([name, true]);
      expect(hidden).not.toContain(apiSecret);
    }
  }),
);
