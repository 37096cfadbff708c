import { execFileSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { load } from "js-yaml";
import packageJson from "../../package.json";
import { startEmulator, type Emulator, type EmulatorAccount } from "../../emulator";
import { DEFAULT_API_URL, SETTINGS } from "../../provider/configuration";
import { THIS_SYSTEM } from "../native/packed";
import { pathWithout, REPOSITORY, textOf } from "../repository";
import { EngineStack } from "../engine/engine-stack";

const TEMPLATES = ["thinkgeo-typescript", "thinkgeo-yaml"] as const;
const PACKED = `pulumi-thinkgeo-${packageJson.version}.tgz`;

interface Template {
  readonly template: {
    readonly description: string;
    readonly quickstart: string;
    readonly config: Readonly<
      Record<
        string,
        { readonly description: string; readonly default?: string; readonly secret?: boolean } | undefined
      >
    >;
  };
}

const templateIn = (name: string): Template["template"] =>
  (load(textOf(`templates/${name}/Pulumi.yaml`)) as Template).template;

describe.each(TEMPLATES)("templates/%s", (name) => {
  const { description, quickstart, config } = templateIn(name);

  test("asks for the credentials and the URL, each with a description, and for the secret without showing it", () => {
    expect(Object.keys(config)).toEqual(["thinkgeo:clientId", "thinkgeo:clientSecret", "thinkgeo:apiUrl"]);
    for (const key of Object.keys(config)) expect(SETTINGS).toContain(key.replace("thinkgeo:", ""));
    for (const prompt of Object.values(config)) expect(prompt?.description).toMatch(/\w/);
    expect(config["thinkgeo:clientSecret"]?.secret).toBe(true);
    expect(config["thinkgeo:apiUrl"]?.default).toBe(DEFAULT_API_URL);
  });

  test("says what it is, and what to do next", () => {
    expect(description).toContain("ThinkGeo Cloud");
    expect(quickstart).toContain("pulumi up");
  });
});

test("the TypeScript template installs the file that npm pack makes, or, once npm has it, this version", () => {
  const { dependencies, devDependencies } = JSON.parse(
    textOf("templates/thinkgeo-typescript/package.json"),
  ) as Record<"dependencies" | "devDependencies", Record<string, string>>;
  expect([`file:vendor/${PACKED}`, `^${packageJson.version}`]).toContain(dependencies["pulumi-thinkgeo"]);
  expect(dependencies["@pulumi/pulumi"]).toBe(packageJson.peerDependencies["@pulumi/pulumi"]);
  expect(devDependencies["typescript"]).toBe(packageJson.devDependencies.typescript);
});

test("the TypeScript template's program has the right types", () => {
  execFileSync(join(REPOSITORY, "node_modules/.bin/tsc"), ["-p", "templates/thinkgeo-typescript"], {
    cwd: REPOSITORY,
    stdio: "pipe",
  });
});

/**
 * In place of npm, without a registry: it unpacks the file in vendor/ for pulumi-thinkgeo. The packages that this one needs are found
 * in the folder above.
 */
const NPM = `#!/usr/bin/env node
const { execFileSync } = require("node:child_process");
const { mkdirSync, writeFileSync } = require("node:fs");
const file = "vendor/${PACKED}";
mkdirSync("node_modules/pulumi-thinkgeo", { recursive: true });
execFileSync("tar", ["-xzf", file, "--strip-components=1", "-C", "node_modules/pulumi-thinkgeo"]);
writeFileSync("node_modules/called", process.argv.slice(2).join(" "));
`;

describe("pulumi new DIR, without questions", () => {
  let emulator: Emulator;
  let account: EmulatorAccount;
  let stack: EngineStack;
  let project: string;

  beforeEach(async () => {
    emulator = await startEmulator();
    [account] = emulator.accounts;
    stack = new EngineStack(account);
    project = join(stack.folder, "maps");
    // The configuration is given as a user gives it, and this repository's own plugin is not on PATH.
    const settings = Object.entries(stack.environment).filter(([name]) => !name.startsWith("THINKGEO_"));
    stack.environment = {
      ...Object.fromEntries(settings),
      PATH: [tools(stack.folder), pathWithout("pulumi-resource-thinkgeo")].join(delimiter),
    };
  });
  afterEach(async () => {
    stack.remove();
    await emulator.close();
  });

  function tools(folder: string): string {
    const bin = join(folder, "tools");
    mkdirSync(bin);
    writeFileSync(join(bin, "npm"), NPM);
    chmodSync(join(bin, "npm"), 0o755);
    return bin;
  }

  const create = (template: string): Promise<string> =>
    stack.expect(
      0,
      ...["new", template, "--yes", "--dir", project, "--name", "maps", "--stack", "dev"],
      ...["--config", `thinkgeo:apiUrl=${emulator.url}`, "--config", `thinkgeo:clientId=${account.clientId}`],
    );
  const inProject = (...args: readonly string[]): Promise<string> =>
    stack.expect(0, "--cwd", project, ...args);

  /** The key is made, declared as the program says, and deleted again. */
  async function lives(): Promise<void> {
    const before = account.clients().map(({ id }) => id);
    await inProject("config", "set", "--secret", "--", "thinkgeo:clientSecret", account.clientSecret);
    expect(readFileSync(join(project, "Pulumi.dev.yaml"), "utf8")).not.toContain(account.clientSecret);
    await inProject("up", "--yes", "--skip-preview");
    const made = account.clients().filter(({ id }) => !before.includes(id));
    expect(made).toMatchObject([
      { clientType: "JavaScript", allowedOrigins: ["example.com", "*.example.com"] },
    ]);
    expect((await inProject("stack", "output", "apiKey")).trim()).toBe(made[0]?.apiKey);
    await inProject("preview", "--refresh", "--expect-no-changes");
    await inProject("destroy", "--yes", "--skip-preview");
    expect(account.clients().map(({ id }) => id)).toEqual(before);
  }

  test("thinkgeo-typescript, with the packed package in its vendor/", async () => {
    const template = join(stack.folder, "template");
    cpSync(join(REPOSITORY, "templates/thinkgeo-typescript"), template, { recursive: true });
    const pack = ["pack", "--ignore-scripts", "--pack-destination", join(template, "vendor")];
    execFileSync("npm", pack, { cwd: REPOSITORY, stdio: "pipe" });
    const out = await create(template);
    expect(out).toContain(templateIn("thinkgeo-typescript").quickstart.split("\n")[0]);
    expect(readFileSync(join(project, "node_modules/called"), "utf8")).toMatch(/^install\b/);
    expect(existsSync(join(project, "vendor", PACKED))).toBe(true);
    expect(JSON.parse(readFileSync(join(project, "package.json"), "utf8"))).toMatchObject({ name: "maps" });
    await lives();
  });

  test("thinkgeo-yaml, with the plugin from its archive", async () => {
    const archives = join(stack.folder, "archives");
    execFileSync(process.execPath, [join(REPOSITORY, "scripts/build-plugin.mjs"), archives], {
      stdio: "pipe",
    });
    const { version } = packageJson;
    const archive = join(archives, `pulumi-resource-thinkgeo-v${version}-${THIS_SYSTEM}.tar.gz`);
    await stack.expect(0, "plugin", "install", "resource", "thinkgeo", version, "--file", archive);
    const out = await create(join(REPOSITORY, "templates/thinkgeo-yaml"));
    expect(out).toContain(templateIn("thinkgeo-yaml").quickstart.split("\n")[0]);
    await lives();
  });

  // The templates' quickstart says what to do instead.
  test("a secret that is given by --config is stored in plain text, by Pulumi, whatever the template says", async () => {
    const template = join(REPOSITORY, "templates/thinkgeo-typescript");
    const secret = ["--config", "thinkgeo:clientSecret=in-plain-text"];
    // It ends with an error, later: nothing is in vendor/.
    await stack.run(
      "new",
      template,
      "--yes",
      "--dir",
      project,
      "--name",
      "maps",
      "--stack",
      "dev",
      ...secret,
    );
    expect(readFileSync(join(project, "Pulumi.dev.yaml"), "utf8")).toContain(
      "thinkgeo:clientSecret: in-plain-text",
    );
    for (const name of TEMPLATES)
      expect(templateIn(name).quickstart).toContain("pulumi config set --secret thinkgeo:clientSecret");
  });
});
