import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { startEmulator, type Emulator } from "../../emulator";
import { EngineStack } from "../engine/engine-stack";
import { UNCHECKED } from "../examples/command";
import { KINDS, type KindOfProgram } from "../cli/export/kinds-of-programs";
import { runCommand } from "../cli/run-command";

const TSC = resolve(__dirname, "../../node_modules/typescript/bin/tsc");

describe("the engine runs what is written", () => {
  let emulator: Emulator;
  let stack: EngineStack;

  beforeAll(async () => {
    emulator = await startEmulator();
    emulator.accounts[0].addClient({ name: "Shop", allowedIpAddresses: ["203.0.113.7"] });
    stack = new EngineStack(emulator.accounts[0]);
    // Each export is a project of its own, and there is none above them.
    rmSync(join(stack.folder, "Pulumi.yaml"));
    // That it compiles is known: tests/cli/export/export.test.ts.
    Object.assign(stack.environment, UNCHECKED);
  });
  afterAll(async () => {
    stack.remove();
    await emulator.close();
  });

  /** Exports the account into a project of that kind, which has a stack and is compiled, where it is to be. */
  async function exportInto(
    kind: KindOfProgram,
    folder: string,
  ): Promise<{ said: string; read: (file: string) => string }> {
    const keys = join(stack.folder, folder);
    for (const [file, text] of Object.entries(kind.files)) {
      mkdirSync(dirname(join(keys, file)), { recursive: true });
      writeFileSync(join(keys, file), text);
    }
    const environment = { ...stack.environment, PATH: process.env["PATH"] };
    const ended = await runCommand(["export", "--out", folder], { folder: stack.folder, environment });
    expect(ended).toMatchObject({ code: 0, err: "" });
    if (kind.compiles) execFileSync(process.execPath, [TSC, "-p", keys], { stdio: "pipe" });
    await stack.expect(0, "-C", folder, "stack", "init", folder);
    return { said: ended.out, read: (file) => readFileSync(join(keys, file), "utf8") };
  }

  test.each(Object.entries(KINDS).map(([name, kind], index) => ({ name, kind, folder: `keys-${index}` })))(
    "into $name",
    async ({ kind, folder }) => {
      const { said, read } = await exportInto(kind, folder);
      const preview = await stack.expect(0, "-C", folder, "preview");
      expect(preview).toMatch(/thinkgeo:Client shop +create/);
      // Node.js itself warns of modules in a package without a type.
      expect(preview.replace(/^.*MODULE_TYPELESS_PACKAGE_JSON.*$/gm, "")).not.toMatch(/warning:|error:/i);
      expect(
        read(kind.entry)
          .split("\n")
          .filter((line) => line === kind.line),
      ).toHaveLength(1);
      expect(read(kind.clients)).toMatch(/new thinkgeo\.Client\("shop", \{/);
      for (const [file, text] of Object.entries(kind.files)) expect(read(file).startsWith(text)).toBe(true);
      expect(said.includes('Compile before "pulumi up"')).toBe(kind.compiles === true);
    },
  );

  test("clients of both types, out of JavaScript of either kind, are taken over and not changed", async () => {
    emulator.accounts[0].addClient({ name: "Web", clientType: "JavaScript", allowedOrigins: ["acme.com"] });
    const before = emulator.accounts[0].clients();
    const kind = KINDS["JavaScript, CommonJS"];
    if (kind === undefined) throw new Error("there is no such kind");
    await exportInto(kind, "keys-up");
    await stack.expect(0, "-C", "keys-up", "up", "--skip-preview");
    expect(emulator.accounts[0].clients()).toEqual(before);
    await stack.expect(0, "-C", "keys-up", "preview", "--refresh", "--expect-no-changes");
  });
});
