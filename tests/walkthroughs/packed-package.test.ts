import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "../repository";
import { startEmulator, type Emulator } from "../../emulator";
import { EngineStack } from "../engine/engine-stack";

/** The package as npm would publish it, installed in a project of its own with one version of Pulumi's SDK. */
function install(sdk: string, typescript: string): string {
  const folder = mkdtempSync(join(tmpdir(), "thinkgeo-package-"));
  const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const [packed] = JSON.parse(execFileSync("npm", pack, { cwd: REPOSITORY, encoding: "utf8" })) as [
    { filename: string },
  ];
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "fresh", private: true }));
  const packages = [
    `@pulumi/pulumi@${sdk}`,
    `typescript@${typescript}`,
    "@types/node@^24.0.0",
    join(folder, packed.filename),
  ];
  execFileSync("npm", ["install", "--no-audit", "--no-fund", "--ignore-scripts", ...packages], {
    cwd: folder,
    stdio: "pipe",
  });
  return folder;
}

// The SDK of this repository, and its TypeScript, meet the packed package in tests/published-types.test.ts, and the quickstart in
// tests/examples/start.test.ts. The oldest takes no TypeScript 6.
describe("the package as npm packs it, in a fresh project with the oldest supported SDK", () => {
  let folder: string;
  let emulator: Emulator;
  let stack: EngineStack;

  beforeAll(async () => {
    folder = install("3.216.0", "~5.9.3");
    emulator = await startEmulator();
    stack = await new EngineStack(emulator.accounts[0], join(folder, "node_modules")).init();
  });
  afterAll(async () => {
    stack.remove();
    rmSync(folder, { recursive: true, force: true });
    await emulator.close();
  });

  test("manages a client through its life", async () => {
    const server = {
      name: "server",
      args: { name: "Server", type: "NativeConfidential", allowedIpAddresses: ["203.0.113.7"] },
    };
    await stack.declare(server).up();
    expect(emulator.accounts[0].client("Server")).toMatchObject({ allowedIpAddresses: ["203.0.113.7"] });
    await stack.declare({ ...server, args: { ...server.args, allowedIpAddresses: undefined } }).up();
    expect(emulator.accounts[0].client("Server")).toMatchObject({ allowedIpAddresses: [] });
    await stack.expect(0, "destroy", "--yes", "--skip-preview");
    expect(emulator.accounts[0].client("Server")).toBeUndefined();
  });

  test("compiles in a strict TypeScript project, emulator included, and runs the quickstart as it stands", async () => {
    const project = join(folder, "project");
    cpSync(join(REPOSITORY, "examples/quickstart"), project, { recursive: true });
    writeFileSync(
      join(project, "emulated.ts"),
      'import { startEmulator } from "pulumi-thinkgeo/emulator";\nexport const started = startEmulator({ accounts: 2 });\n',
    );
    const args = ["-p", project, "--skipLibCheck", "false"];
    execFileSync(join(folder, "node_modules/.bin/tsc"), args, { cwd: project, stdio: "pipe" });
    // Node.js strips its types.
    await stack.expect(0, "stack", "init", "quickstart", "--cwd", project);
    await stack.expect(0, "up", "--yes", "--skip-preview", "--cwd", project);
    expect(emulator.accounts[0].client("Tile renderer")).toMatchObject({ clientType: "NativeConfidential" });
  });

  test("has the rules for a policy pack, which need no @pulumi/policy to be read", () => {
    const script = 'console.log(require("pulumi-thinkgeo/policy").clientPolicies.length > 8)';
    const said = execFileSync(process.execPath, ["-e", script], { cwd: folder, encoding: "utf8" });
    expect(said).toBe("true\n");
    expect(existsSync(join(folder, "node_modules/@pulumi/policy"))).toBe(false);
  });

  test("zod and undici are installed by npm, as dependencies are", () => {
    const { resolve: found } = createRequire(join(folder, "node_modules/pulumi-thinkgeo/package.json"));
    for (const name of ["undici", "zod"]) expect(found(name)).toContain(join("node_modules", name));
  });
});
