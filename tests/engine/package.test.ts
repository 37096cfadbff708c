import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { version as pulumiVersion } from "@pulumi/pulumi/package.json";
import { startEmulator, type Emulator } from "../../emulator";
import { EngineStack } from "./engine-stack";

const REPOSITORY = resolve(__dirname, "../..");

/** The package as npm would publish it, installed in a project of its own with one version of Pulumi's SDK. */
function install(sdk: string, typescript: string): string {
  const folder = mkdtempSync(join(tmpdir(), "thinkgeo-package-"));
  const npm = (...args: string[]): string =>
    execFileSync("npm", args, { cwd: folder, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  const packed = JSON.parse(
    execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], {
      cwd: REPOSITORY,
      encoding: "utf8",
    }),
  ) as [{ filename: string }];
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name: "fresh", private: true }));
  npm(
    "install",
    "--no-audit",
    "--no-fund",
    "--ignore-scripts",
    `@pulumi/pulumi@${sdk}`,
    `typescript@${typescript}`,
    "@types/node@^24.0.0",
    join(folder, packed[0].filename),
  );
  return folder;
}

describe.each([
  ["the SDK of this repository", pulumiVersion, "~6.0.3"],
  // Which takes no TypeScript 6.
  ["the oldest supported SDK", "3.216.0", "~5.9.3"],
])("the package as npm packs it, in a fresh project with %s", (_, sdk, typescript) => {
  let folder: string;
  let emulator: Emulator;
  let stack: EngineStack;

  beforeAll(async () => {
    folder = install(sdk, typescript);
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
    await stack.declare({ ...server, args: { ...server.args, allowedIpAddresses: undefined } }).step();
    expect(emulator.accounts[0].client("Server")).toMatchObject({ allowedIpAddresses: [] });
    await stack.expect(0, "destroy", "--yes", "--skip-preview");
    expect(emulator.accounts[0].client("Server")).toBeUndefined();
  });

  test("compiles in a strict TypeScript project, emulator included", () => {
    const project = join(folder, "project");
    cpSync(join(REPOSITORY, "examples/quickstart"), project, { recursive: true });
    writeFileSync(
      join(project, "emulated.ts"),
      'import { startEmulator } from "pulumi-thinkgeo/emulator";\nexport const started = startEmulator({ accounts: 2 });\n',
    );
    const args = ["-p", project, "--skipLibCheck", "false"];
    execFileSync(join(folder, "node_modules/.bin/tsc"), args, { cwd: project, stdio: "pipe" });
  });

  test("runs the quickstart as it stands, its types stripped by Node.js", async () => {
    const project = join(folder, "quickstart");
    cpSync(join(REPOSITORY, "examples/quickstart"), project, { recursive: true });
    await stack.expect(0, "stack", "init", "quickstart", "--cwd", project);
    await stack.expect(0, "up", "--yes", "--skip-preview", "--cwd", project);
    expect(emulator.accounts[0].client("Tile renderer")).toMatchObject({ clientType: "NativeConfidential" });
    await stack.expect(0, "destroy", "--yes", "--skip-preview", "--cwd", project);
    expect(emulator.accounts[0].client("Tile renderer")).toBeUndefined();
  });

  test("has the rules for a policy pack, which need no @pulumi/policy to be read", () => {
    const script = 'console.log(require("pulumi-thinkgeo/policy").clientPolicies.length > 8)';
    const said = execFileSync(process.execPath, ["-e", script], { cwd: folder, encoding: "utf8" });
    expect(said).toBe("true\n");
    expect(existsSync(join(folder, "node_modules/@pulumi/policy"))).toBe(false);
  });

  test("holds what a user needs and nothing of our tests", () => {
    const installed = join(folder, "node_modules/pulumi-thinkgeo");
    expect(
      readdirSync(installed)
        .filter((name) => name !== "node_modules")
        .sort(),
    ).toEqual(["CHANGELOG.md", "LICENSE", "README.md", "dist", "docs", "package.json"]);
    expect(readdirSync(join(installed, "dist")).sort()).toEqual(
      expect.arrayContaining(["emulator", "policy", "provider", "sdk"]),
    );
  });

  test("zod and undici are dependencies as others are: npm installs them, and dist/ holds no copy", () => {
    const installed = join(folder, "node_modules/pulumi-thinkgeo");
    const { dependencies } = JSON.parse(readFileSync(join(installed, "package.json"), "utf8")) as {
      dependencies: Record<string, string>;
    };
    const { resolve: found } = createRequire(join(installed, "package.json"));
    for (const name of ["undici", "zod"]) {
      expect(dependencies[name]).toMatch(/^\^\d/);
      expect(found(name)).toContain(join("node_modules", name));
    }
    const held = readdirSync(join(installed, "dist"), { recursive: true, encoding: "utf8" });
    expect(held.filter((name) => /(?:^|\/)(?:zod|undici)\b/.test(name))).toEqual([]);
  });
});
