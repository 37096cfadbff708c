import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { VERSION } from "../../provider/versions";
import { committedFiles, REPOSITORY } from "../repository";

jest.setTimeout(300_000);

/* The ways to install the package while the registry does not have it, as README names them: both can be repeated by a pipeline. */

const place = mkdtempSync(join(tmpdir(), "thinkgeo-install-"));
afterAll(() => {
  rmSync(place, { recursive: true, force: true });
});

const inFolder =
  (cwd: string) =>
  (command: string, ...args: readonly string[]): string =>
    execFileSync(command, args, { cwd, encoding: "utf8", stdio: "pipe" });

/** A project of a user's. Pulumi's SDK is left out: other tests have it. */
function project(name: string): string {
  const folder = join(place, name);
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ name, private: true }));
  writeFileSync(join(folder, ".npmrc"), "legacy-peer-deps=true\naudit=false\nfund=false\n");
  return folder;
}

function expectInstalled(folder: string): void {
  const installed = join(folder, "node_modules/pulumi-thinkgeo");
  expect(existsSync(join(installed, "dist/sdk/index.d.ts"))).toBe(true);
  expect(readdirSync(installed)).not.toContain("tests");
  expect(inFolder(folder)("npx", "--no-install", "thinkgeo", "--version")).toContain(VERSION);
}

test("the packed file in the project's own repository: npm ci on another machine", () => {
  const [mine, pipelines] = [project("vendored"), join(place, "pipeline")];
  const vendor = join(mine, "vendor");
  mkdirSync(vendor);
  inFolder(REPOSITORY)("npm", "pack", "--ignore-scripts", "--pack-destination", vendor);
  inFolder(mine)("npm", "install", `./vendor/pulumi-thinkgeo-${VERSION}.tgz`);
  cpSync(mine, pipelines, { recursive: true, filter: (file) => !file.includes("node_modules") });
  inFolder(pipelines)("npm", "ci");
  expectInstalled(pipelines);
});

test("a git repository: npm compiles what git does not hold", () => {
  const repository = join(place, "repository");
  for (const file of committedFiles()) {
    mkdirSync(dirname(join(repository, file)), { recursive: true });
    cpSync(join(REPOSITORY, file), join(repository, file));
  }
  const made = inFolder(repository);
  made("git", "init", "--quiet", "--initial-branch", "main");
  made("git", "add", "--all");
  made("git", "-c", "user.name=test", "-c", "user.email=test@test.invalid", "commit", "--quiet", "-m", "all");
  const mine = project("from-git");
  inFolder(mine)("npm", "install", `git+file://${repository}`);
  expectInstalled(mine);
});
