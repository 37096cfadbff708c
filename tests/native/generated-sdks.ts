import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { writePlugin } from "../engine/programs";

type Language = "nodejs" | "python" | "go" | "dotnet" | "java";

/** SDKs as `pulumi package gen-sdk` writes them, in a temporary folder. */
export class GeneratedSdks {
  readonly folder = mkdtempSync(join(tmpdir(), "thinkgeo-sdks-"));
  readonly #environment: NodeJS.ProcessEnv;

  readonly #plugin = join(this.folder, "plugin");

  constructor(hosts: string) {
    writePlugin(this.#plugin);
    const bin = join(this.folder, "bin");
    mkdirSync(bin);
    for (const language of ["nodejs", "python", "go"])
      symlinkSync(join(hosts, "generator"), join(bin, `pulumi-language-${language}`));
    const { PATH = "", HOME } = process.env;
    this.#environment = {
      HOME,
      PATH: [bin, hosts, PATH].join(delimiter),
      PULUMI_HOME: join(this.folder, "home"),
      PULUMI_SKIP_UPDATE_CHECK: "true",
    };
  }

  /** Generates the SDK of a language; its folder. */
  of(language: Language): string {
    const args = [
      join(this.#plugin, "pulumi-resource-thinkgeo"),
      "--local",
      "--language",
      language,
      "--out",
      this.folder,
    ];
    execFileSync("pulumi", ["package", "gen-sdk", ...args], {
      cwd: this.folder,
      env: this.#environment,
      stdio: "pipe",
    });
    return join(this.folder, language);
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
