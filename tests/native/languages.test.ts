import { execFile, execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { delimiter, join } from "node:path";
import { promisify } from "node:util";
import { startEmulator, type Emulator } from "../../emulator";
import { EngineStack } from "../engine/engine-stack";
import { writePlugin } from "../engine/programs";
import { REPOSITORY, textOf } from "../repository";
import { GeneratedSdks } from "./generated-sdks";

const page = textOf("docs/guides/other-languages.md");
/** The first program of the page in a language. */
const programIn = (language: string): string =>
  new RegExp(`^## [^]*?\n\`\`\`${language}\n([^]*?)^\`\`\`$`, "m").exec(
    page.slice(page.indexOf("## YAML")),
  )?.[1] ?? "";
const LANGUAGES = join(REPOSITORY, "scripts/languages");
const {
  PATH = "",
  HOME = "",
  THINKGEO_TEST_HOSTS: hosts,
  THINKGEO_TEST_PYTHON: python,
  THINKGEO_TEST_JARS: jars,
} = process.env;

interface StackOutput {
  readonly value: unknown;
  readonly secret: boolean;
}

/** A folder with the plugin, for PATH. */
function pluginOf({ folder }: EngineStack): string {
  writePlugin(join(folder, "plugin"));
  return join(folder, "plugin");
}

/** What set-up could not make is not tested; it has said so. */
const having = (...parts: readonly (string | undefined)[]): jest.It =>
  hosts === undefined || parts.includes(undefined) ? test.skip : test;

describe("programs of docs/guides/other-languages.md", () => {
  let emulator: Emulator;
  let account: Emulator["accounts"][0];
  let sdks: GeneratedSdks;
  let stack: EngineStack;

  beforeAll(() => {
    if (hosts !== undefined) sdks = new GeneratedSdks(hosts);
  });
  afterAll(() => {
    if (hosts !== undefined) sdks.remove();
  });
  beforeEach(async () => {
    emulator = await startEmulator();
    [account] = emulator.accounts;
    stack = new EngineStack(account);
    stack.environment["PATH"] = [pluginOf(stack), ...(hosts === undefined ? [] : [hosts]), PATH].join(
      delimiter,
    );
  });
  afterEach(async () => {
    stack.remove();
    await emulator.close();
  });

  /** Both clients of the programs, as they are in the account, under whatever name the first was given. */
  const inAccount = (): object[] =>
    account
      .clients()
      .filter(({ name }) => /^web-|^Tile renderer$/.test(name))
      .sort((a, b) => a.name.localeCompare(b.name));
  const expectClients = (): void => {
    expect(inAccount()).toMatchObject([
      { clientType: "NativeConfidential", allowedIpAddresses: ["203.0.113.0/24", "198.51.100.7"] },
      { clientType: "JavaScript", allowedOrigins: ["acme.com", "*.acme.com"] },
    ]);
  };
  const expectOutputs = (outputs: Readonly<Record<string, StackOutput>>): void => {
    expect(outputs).toEqual({
      apiKey: { value: expect.any(String) as string, secret: false },
      clientId: { value: account.client("Tile renderer")?.apiKey, secret: false },
      clientSecret: { value: expect.stringMatching(/~$/) as string, secret: true },
    });
  };

  /** With the command pulumi and a language host. */
  const lives = async (): Promise<void> => {
    await stack.init();
    await stack.quickStep();
    expectClients();
    await stack.expect(0, "destroy", "--yes", "--skip-preview");
    expect(inAccount()).toEqual([]);
  };
  /** With the Automation API, where there is no host: `scripts/languages` has what is run. */
  const livesInline = async (
    command: string,
    args: readonly string[],
    cwd: string,
    environment: NodeJS.ProcessEnv = {},
  ): Promise<void> => {
    const run = promisify(execFile);
    const options = { cwd, env: { HOME, ...stack.environment, ...environment } };
    const { stdout } = await run(command, [...args, "up"], options);
    expectClients();
    expectOutputs(JSON.parse(stdout) as Record<string, StackOutput>);
    await run(command, [...args, "destroy"], options);
    expect(inAccount()).toEqual([]);
  };

  test("YAML", async () => {
    stack.write("Pulumi.yaml", programIn("yaml"));
    await lives();
  });

  having()(
    "TypeScript: the SDK compiles with this repository's compiler, and so does the program",
    async () => {
      const sdk = sdks.of("nodejs");
      symlinkSync(join(REPOSITORY, "node_modules"), join(sdk, "node_modules"), "junction");
      // The SDK brings a TypeScript 4 of its own; 6 calls its moduleResolution old.
      const flags = ["--types", "node", "--ignoreDeprecations", "6.0"];
      execFileSync(join(REPOSITORY, "node_modules/.bin/tsc"), ["-p", ".", ...flags], {
        cwd: sdk,
        stdio: "pipe",
      });
      cpSync(join(sdk, "package.json"), join(sdk, "bin/package.json"));
      const modules = join(sdks.folder, "node_modules");
      mkdirSync(modules);
      symlinkSync(sdk, join(modules, "pulumi-thinkgeo-native"));
      for (const name of ["@pulumi", "@types", "typescript"])
        symlinkSync(join(REPOSITORY, "node_modules", name), join(modules, name), "junction");
      stack.remove();
      stack = new EngineStack(account, modules);
      stack.environment["PATH"] = [pluginOf(stack), PATH].join(delimiter);
      stack.write("Pulumi.yaml", "name: maps\nruntime: nodejs\n");
      stack.write("package.json", JSON.stringify({ name: "maps", main: "index.ts" }));
      const compilerOptions = { strict: true, target: "ES2023", module: "nodenext", types: ["node"] };
      stack.write("tsconfig.json", JSON.stringify({ compilerOptions }));
      stack.write("index.ts", programIn("ts"));
      await lives();
    },
  );

  having(python)("Python, by the Automation API", async () => {
    const sdk = sdks.of("python");
    stack.write("__main__.py", programIn("python"));
    const interpreter = join(
      python ?? "",
      process.platform === "win32" ? "Scripts/python.exe" : "bin/python",
    );
    // Without a registry: the packages that it needs are in the venv.
    const pip = [
      "-m",
      "pip",
      "install",
      "--no-index",
      "--no-deps",
      "--no-build-isolation",
      "--target",
      "packages",
    ];
    execFileSync(interpreter, [...pip, sdk], { cwd: stack.folder, stdio: "pipe" });
    await livesInline(interpreter, [join(LANGUAGES, "automation.py")], stack.folder, {
      PYTHONPATH: join(stack.folder, "packages"),
    });
  });

  having()("Go, by the Automation API", async () => {
    const sdk = sdks.of("go");
    const requirements = readFileSync(join(LANGUAGES, "go.mod"), "utf8").replace(/^[^]*?(?=^require)/m, "");
    const modules = { "pulumi-thinkgeo": sdk, "pulumi-thinkgeo-languages": LANGUAGES };
    const replaced = Object.entries(modules).map(
      ([name, folder]) => `require ${name} v0.0.0\nreplace ${name} => ${folder}\n`,
    );
    stack.write("go.mod", `module keys\n\ngo 1.25.11\n\n${replaced.join("")}\n${requirements}`);
    cpSync(join(LANGUAGES, "go.sum"), join(stack.folder, "go.sum"));
    const program = programIn("go")
      .replace("pulumi.Run(program)", "automation.Run(program)")
      .replace("import (\n", 'import (\n\t"pulumi-thinkgeo-languages/automation"\n');
    stack.write("main.go", program);
    execFileSync("go", ["build", "-mod=mod", "-buildvcs=false", "-o", "keys", "."], {
      cwd: stack.folder,
      stdio: "pipe",
    });
    await livesInline(join(stack.folder, "keys"), [], stack.folder);
  });

  having(jars)("Java: the SDK and the program compile, and the program runs", async () => {
    const sources = join(sdks.of("java"), "src/main/java");
    const files = readdirSync(sources, { recursive: true, encoding: "utf8" }).filter((name) =>
      name.endsWith(".java"),
    );
    writeFileSync(join(sources, "App.java"), programIn("java"));
    const classpath = readdirSync(jars ?? "").map((name) => join(jars ?? "", name));
    const classes = join(stack.folder, "classes");
    execFileSync(
      "javac",
      ["-nowarn", "-d", classes, "-cp", classpath.join(delimiter), "App.java", ...files],
      { cwd: sources, stdio: "pipe" },
    );
    cpSync(join(sources, "../resources"), classes, { recursive: true });
    stack.write("manifest", `Main-Class: App\nClass-Path: ${classpath.join("\n  ")}\n`);
    execFileSync("jar", ["cfm", "app.jar", "manifest", "-C", "classes", "."], {
      cwd: stack.folder,
      stdio: "pipe",
    });
    stack.write("Pulumi.yaml", "name: maps\nruntime:\n  name: java\n  options:\n    binary: app.jar\n");
    await lives();
  });

  having()(
    "C#: the SDK is generated, with the names that the program uses; there is nothing to compile it with",
    () => {
      const sdk = sdks.of("dotnet");
      const client = readFileSync(join(sdk, "Client.cs"), "utf8");
      expect(client).toContain("namespace Pulumi.ThinkGeo\n");
      const named = [...programIn("csharp").matchAll(/^ {8}(\w+) = |\] = \w+\.(\w+)/gm)].map(
        ([, input, output]) => input ?? output,
      );
      expect(named).toHaveLength(9);
      for (const name of named)
        expect(client).toMatch(new RegExp(`^ +public [^(]* ${name ?? ""}(?: \\{ get;|$)`, "m"));
    },
  );
});
