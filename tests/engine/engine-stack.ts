import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "../repository";
import type { EmulatorAccount } from "../../emulator";
import { QUICK_NODE } from "../examples/command";
import { vaultEnvironment } from "./vault";
import { DYNAMIC_PROGRAM, nativeProgram, writePlugin, type Declaration } from "./programs";

/** How one command ended. */
export interface Run {
  readonly code: number;
  readonly out: string;
}

interface ExportedResource {
  readonly urn: string;
  readonly type: string;
  readonly id?: string;
  readonly inputs?: Record<string, unknown>;
  readonly outputs?: Record<string, unknown>;
}

// One command takes two to five seconds, and more on a machine that does other things.
jest.setTimeout(300_000);

/** Which of the package's two hosts runs the provider: the dynamic one a TypeScript program's, the native one a YAML program's. */
export type HostName = "dynamic" | "native";
export const HOSTS: readonly HostName[] = ["dynamic", "native"];
/** For a suite of both hosts that `npm test` runs on one of them; `npm run test:hosts` runs it on both. */
export const hostsFor = (host: HostName): readonly HostName[] =>
  process.env["THINKGEO_TEST_BOTH_HOSTS"] === undefined ? [host] : HOSTS;

const TYPES = { dynamic: "pulumi-nodejs:dynamic/thinkgeo:Client", native: "thinkgeo:index:Client" };

const PROJECT = "engine-test";

/** A project and a stack of its own in a temporary folder, driven by the real command-line interface. */
export class EngineStack {
  readonly folder = mkdtempSync(join(tmpdir(), "thinkgeo-engine-"));
  environment: Record<string, string>;

  constructor(
    account: EmulatorAccount,
    /** Where the program finds its packages; `npm run test:matrix` has others. */
    modules = process.env["THINKGEO_TEST_MODULES"] ?? join(REPOSITORY, "node_modules"),
    readonly host: HostName = "dynamic",
  ) {
    const home = join(this.folder, "home");
    const state = join(this.folder, "state");
    for (const folder of [home, state]) mkdirSync(folder);
    if (host === "native") writePlugin(join(this.folder, "plugin"));
    else {
      symlinkSync(modules, join(this.folder, "node_modules"), "junction");
      this.write("index.js", DYNAMIC_PROGRAM);
      this.write("package.json", JSON.stringify({ name: PROJECT, main: "index.js" }));
      this.write(
        "Pulumi.yaml",
        `name: ${PROJECT}\nruntime:\n  name: nodejs\n  options:\n    typescript: false\n`,
      );
    }
    this.environment = {
      ...account.environment,
      PULUMI_HOME: home,
      PULUMI_BACKEND_URL: `file://${state}`,
      // For a stack that a test makes as a page says: `init` needs none.
      PULUMI_CONFIG_PASSPHRASE: "test",
      PULUMI_SKIP_UPDATE_CHECK: "true",
      // The engine's runs are short: collecting garbage is a tenth of their CPU time.
      GOGC: "off",
      ...QUICK_NODE,
    };
    this.declare();
  }

  write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  /** Says what the program declares from now on. */
  declare(...declarations: readonly Declaration[]): this {
    if (this.host === "native") this.write("Pulumi.yaml", nativeProgram(PROJECT, declarations));
    else this.write("program.json", JSON.stringify(declarations));
    return this;
  }

  async init(): Promise<this> {
    Object.assign(this.environment, await vaultEnvironment());
    await this.expect(0, "stack", "init", "test", "--secrets-provider", "hashivault://test");
    return this;
  }

  async run(...args: readonly string[]): Promise<Run> {
    const { PATH = "", HOME = "" } = process.env;
    const env = { PATH, HOME, ...this.environment };
    return new Promise((done) => {
      const options = { cwd: this.folder, env, maxBuffer: 64 * 1024 * 1024 };
      execFile(
        "pulumi",
        // Before the others: behind "--" they would be values.
        ["--non-interactive", "--color", "never", ...args],
        options,
        (error, stdout, stderr) => {
          const code = error === null ? 0 : typeof error.code === "number" ? error.code : -1;
          done({ code, out: `${stdout}${stderr}` });
        },
      );
    });
  }

  /** Runs a command that must end with this exit code; what it printed. */
  async expect(code: number, ...args: readonly string[]): Promise<string> {
    const run = await this.run(...args);
    if (run.code !== code)
      throw new Error(`pulumi ${args.join(" ")} ended with ${run.code}, not ${code}:\n${run.out}`);
    return run.out;
  }

  async up(...flags: readonly string[]): Promise<string> {
    return this.expect(0, "up", "--skip-preview", ...flags);
  }

  /** `up`, and then the proof that nothing is left to do: preview, refresh and preview again all see no change. */
  async step(...flags: readonly string[]): Promise<string> {
    const out = await this.up(...flags);
    await this.expectSettled();
    return out;
  }

  /** `up`, and then the shorter proof, in one command instead of three. */
  async quickStep(...flags: readonly string[]): Promise<string> {
    const out = await this.up(...flags);
    await this.expectNothingToDo();
    return out;
  }

  /** Account, state and program agree. */
  async expectNothingToDo(): Promise<void> {
    await this.expect(0, "preview", "--refresh", "--expect-no-changes");
  }

  async expectSettled(): Promise<void> {
    await this.expect(0, "preview", "--expect-no-changes");
    await this.expect(0, "refresh", "--skip-preview", "--expect-no-changes");
    await this.expect(0, "preview", "--expect-no-changes");
  }

  async outputs(name: string): Promise<Record<string, unknown>> {
    const all = JSON.parse(await this.expect(0, "stack", "output", "--json", "--show-secrets")) as Record<
      string,
      Record<string, unknown>
    >;
    return all[name] ?? {};
  }

  /** What state holds of our clients, secrets encrypted, by resource name. */
  async state(): Promise<Record<string, ExportedResource>> {
    const exported = JSON.parse(await this.expect(0, "stack", "export")) as {
      deployment: { resources?: ExportedResource[] };
    };
    const ours = (exported.deployment.resources ?? []).filter(({ type }) => type === TYPES[this.host]);
    return Object.fromEntries(ours.map((resource) => [resource.urn.split("::").at(-1) ?? "", resource]));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
