import { rmSync } from "node:fs";
import { startEmulator, type Emulator, type EmulatorAccount } from "../../emulator";
import { EngineStack } from "../engine/engine-stack";
import { projectModules } from "./project-modules";

const web = { name: "web", args: { name: "Web", type: "JavaScript", allowedOrigins: ["acme.com"] } };

/** What the jobs of a pipeline work on: an account, and a stack that declares one key, in a project that has the package. */
export class PipelineScene {
  private constructor(
    readonly emulator: Emulator,
    readonly stack: EngineStack,
    readonly modules: string,
  ) {}

  static async start(): Promise<PipelineScene> {
    const emulator = await startEmulator();
    const modules = projectModules();
    const stack = await new EngineStack(emulator.accounts[0], modules).init();
    return new PipelineScene(emulator, stack.declare(web), modules);
  }

  get account(): EmulatorAccount {
    return this.emulator.accounts[0];
  }

  /** The variables of whatever a job runs. */
  environment(more: Readonly<Record<string, string>> = {}): Record<string, string> {
    const { PATH = "", HOME = "" } = process.env;
    return { PATH, HOME, ...this.stack.environment, ...more };
  }

  async close(): Promise<void> {
    this.stack.remove();
    rmSync(this.modules, { recursive: true, force: true });
    await this.emulator.close();
  }
}
