import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { withStack, type Scene } from "../../engine/with-stack";
import { KINDS, type KindOfProgram } from "./kinds-of-programs";
import { runMain } from "./scene";

const TSC = resolve(__dirname, "../../../node_modules/typescript/bin/tsc");

/** Exports the account into a project of that kind, which has a stack and is compiled, where it is to be. */
async function exportInto(
  { stack }: Scene,
  kind: KindOfProgram,
): Promise<{ said: string; read: (file: string) => string }> {
  const keys = join(stack.folder, "keys");
  for (const [file, text] of Object.entries(kind.files)) {
    mkdirSync(dirname(join(keys, file)), { recursive: true });
    writeFileSync(join(keys, file), text);
  }
  const environment = { ...stack.environment, PATH: process.env["PATH"] };
  const ended = await runMain(["export", "--out", "keys"], stack.folder, environment);
  expect(ended).toMatchObject({ code: 0, err: "" });
  if (kind.compiles) execFileSync(process.execPath, [TSC, "-p", keys], { stdio: "pipe" });
  // That it compiles is known: tests/cli/export/export.test.ts.
  stack.environment["PULUMI_NODEJS_TRANSPILE_ONLY"] = "true";
  await stack.expect(0, "-C", "keys", "stack", "init", "test");
  return { said: ended.out, read: (file) => readFileSync(join(keys, file), "utf8") };
}

test.each(Object.entries(KINDS))("into %s: the engine runs what is written", (_, kind) =>
  withStack(async (scene) => {
    scene.account.addClient({ name: "Shop" });
    const { said, read } = await exportInto(scene, kind);
    const preview = await scene.stack.expect(0, "-C", "keys", "preview");
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
  }),
);

test("clients of both types, out of JavaScript of either kind, are taken over and not changed", () =>
  withStack(async (scene) => {
    const { stack, account, own } = scene;
    account.addClient({ name: "Web", clientType: "JavaScript", allowedOrigins: ["acme.com"] });
    account.addClient({ name: "Server", allowedIpAddresses: ["203.0.113.7"] });
    const before = own();
    const kind = KINDS["JavaScript, CommonJS"];
    if (kind === undefined) throw new Error("there is no such kind");
    await exportInto(scene, kind);
    await stack.expect(0, "-C", "keys", "up", "--skip-preview");
    expect(own()).toEqual(before);
    await stack.expect(0, "-C", "keys", "preview", "--refresh", "--expect-no-changes");
  }));
