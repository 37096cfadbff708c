import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { createHash } from "node:crypto";
import { delimiter, join } from "node:path";
import { startEmulator, type Emulator } from "../../emulator";
import schema from "../../provider/hosts/native/schema.json";
import { OLDEST, VERSION } from "../../provider/versions";
import { EngineStack } from "../engine/engine-stack";
import { pathWithout, REPOSITORY } from "../repository";
import { PackedPackage, THIS_SYSTEM } from "./packed";

const BIN = "./node_modules/.bin/pulumi-resource-thinkgeo";
const PROGRAM = `name: maps
runtime: yaml
resources:
  web:
    type: thinkgeo:Client
    properties: {type: JavaScript, allowedOrigins: [acme.com]}
outputs:
  apiKey: \${web.apiKey}
`;
/** Without a plugin that is on PATH already, which the engine would take. */
const PATH = pathWithout("pulumi-resource-thinkgeo");

let emulator: Emulator;
let packed: PackedPackage;
let stack: EngineStack;
let archives: string;
const clients = (): string[] =>
  emulator.accounts[0]
    .clients()
    .map(({ name }) => name)
    .filter((name) => name.startsWith("web-"));

beforeAll(async () => {
  emulator = await startEmulator();
  packed = new PackedPackage();
  stack = new EngineStack(emulator.accounts[0], packed.modules);
  stack.write("Pulumi.yaml", PROGRAM);
  await stack.init();
  archives = join(stack.folder, "archives");
  buildArchives(archives);
});
afterAll(async () => {
  stack.remove();
  packed.remove();
  await emulator.close();
});

const buildArchives = (folder: string): string =>
  execFileSync(process.execPath, [join(REPOSITORY, "scripts/build-plugin.mjs"), folder], {
    encoding: "utf8",
  });
const archive = (system: string): string =>
  join(archives, `pulumi-resource-thinkgeo-v${VERSION}-${system}.tar.gz`);
const contentOf = (file: string): string[] =>
  execFileSync("tar", ["-tvzf", file], { encoding: "utf8" })
    .trim()
    .split("\n")
    .map((line) => `${line.slice(0, 10)} ${line.split(" ").at(-1) ?? ""}`);

/** Each way is used by itself, one after the other on one stack: the client of the first stays as it is. */
describe("ways to install the plugin", () => {
  const noChange = async (): Promise<void> => {
    const out = await stack.expect(0, "preview", "--expect-no-changes");
    expect(out).not.toContain("warning:");
    expect(clients()).toHaveLength(1);
  };

  test("npm's bin on PATH, which the engine remarks on", async () => {
    stack.environment["PATH"] = `${join(packed.modules, ".bin")}${delimiter}${PATH}`;
    const out = await stack.up();
    expect(out).toContain("using pulumi-resource-thinkgeo from $PATH");
    expect(clients()).toHaveLength(1);
    stack.environment["PATH"] = PATH;
  });

  test("plugins in Pulumi.yaml, with the folder of npm's bin", async () => {
    stack.write(
      "Pulumi.yaml",
      `${PROGRAM}plugins:\n  providers:\n    - name: thinkgeo\n      path: ./node_modules/.bin\n`,
    );
    await noChange();
    stack.write("Pulumi.yaml", PROGRAM);
  });

  test("an archive, which needs no node_modules; and packages in Pulumi.yaml", async () => {
    const install = ["plugin", "install", "resource", "thinkgeo", VERSION, "--file"];
    await stack.expect(0, ...install, archive(THIS_SYSTEM));
    rmSync(join(stack.folder, "node_modules"));
    await noChange();
    await stack.expect(0, "package", "add", `thinkgeo@${VERSION}`);
    expect(readFileSync(join(stack.folder, "Pulumi.yaml"), "utf8")).toContain(
      `thinkgeo: thinkgeo@${VERSION}`,
    );
    await noChange();
    await stack.expect(0, "destroy", "--yes", "--skip-preview");
    expect(clients()).toEqual([]);
    symlinkSync(packed.modules, join(stack.folder, "node_modules"), "junction");
  });

  test("package add and get-schema, with the path of npm's bin", async () => {
    stack.write("Pulumi.yaml", PROGRAM);
    await stack.expect(0, "package", "add", BIN);
    expect(readFileSync(join(stack.folder, "Pulumi.yaml"), "utf8")).toContain("packages:");
    expect(JSON.parse(await stack.expect(0, "package", "get-schema", BIN))).toEqual(schema);
  });
});

test("the schema passes Pulumi's own check", async () => {
  await stack.expect(0, "schema", "check", join(REPOSITORY, "provider/hosts/native/schema.json"));
});

describe("the archives", () => {
  test("are one for each system, with a launcher that can be executed", () => {
    const systems = [
      "darwin-amd64",
      "darwin-arm64",
      "linux-amd64",
      "linux-arm64",
      "windows-amd64",
      "windows-arm64",
    ];
    expect(readdirSync(archives).sort()).toEqual([
      "SHA256SUMS",
      ...systems.map((system) => archive(system).slice(archives.length + 1)),
    ]);
    const plain = ["LICENSE", "README.md", "THIRD-PARTY-LICENSES.txt", "main.js"].map(
      (name) => `-rw-r--r-- ${name}`,
    );
    for (const system of systems)
      expect(contentOf(archive(system))).toEqual([
        ...plain,
        `-rwxr-xr-x pulumi-resource-thinkgeo${system.startsWith("windows") ? ".cmd" : ""}`,
      ]);
  });

  test("are the same bytes when they are built again, and have the checksums that SHA256SUMS says", () => {
    const again = join(stack.folder, "again");
    buildArchives(again);
    const sums = readFileSync(join(archives, "SHA256SUMS"), "utf8");
    expect(readFileSync(join(again, "SHA256SUMS"), "utf8")).toBe(sums);
    for (const line of sums.trim().split("\n")) {
      const [sum, name = ""] = line.split("  ");
      expect(
        createHash("sha256")
          .update(readFileSync(join(archives, name)))
          .digest("hex"),
      ).toBe(sum);
    }
  });
});

describe("started by hand, it says one sentence on stderr, nothing on stdout, and ends with 1", () => {
  const started = (file: string, env: NodeJS.ProcessEnv): [number | null, string, string] => {
    const { status, stdout, stderr } = spawnSync(file, { env, encoding: "utf8" });
    return [status, stdout, stderr];
  };
  const bin = (): string => join(packed.modules, ".bin/pulumi-resource-thinkgeo");
  let bundled: string;

  beforeAll(() => {
    const folder = join(stack.folder, "bundled");
    mkdirSync(folder);
    execFileSync("tar", ["-xzf", archive("linux-amd64"), "-C", folder]);
    bundled = join(folder, "pulumi-resource-thinkgeo");
  });

  test("without an engine", () => {
    for (const file of [bin(), bundled])
      expect(started(file, { PATH })).toEqual([
        1,
        "",
        "pulumi-resource-thinkgeo is Pulumi's plugin for ThinkGeo Cloud client keys: the command pulumi starts it, and docs/guides/other-languages.md says how.\n",
      ]);
  });

  test("with a Node.js that is too old", () => {
    const old = join(stack.folder, "old.js");
    writeFileSync(
      old,
      'Object.defineProperty(process, "versions", { value: { ...process.versions, node: "20.1.0" } });',
    );
    for (const file of [bin(), bundled])
      expect(started(file, { PATH, NODE_OPTIONS: `--require ${old}` })).toEqual([
        1,
        "",
        `pulumi-thinkgeo needs Node.js ${OLDEST.node} or newer, and this is 20.1.0. Install a newer one, and put it first on PATH.\n`,
      ]);
  });

  test("without any Node.js; the launcher for Windows, which does not run here, says the same", () => {
    const wanted = `pulumi-resource-thinkgeo needs Node.js ${OLDEST.node} or newer, and there is no node on PATH: install it, and put it on PATH.`;
    expect(started(bundled, { PATH: "/nowhere" })).toEqual([1, "", `${wanted}\n`]);
    const windows = join(REPOSITORY, "scripts/plugin/pulumi-resource-thinkgeo.cmd");
    expect(readFileSync(windows, "utf8")).toContain(`echo ${wanted} 1>&2\r\n`);
  });
});
