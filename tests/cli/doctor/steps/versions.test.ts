import { chmodSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { isAtLeast, OLDEST } from "../../../../provider/versions";
import { fakePulumi } from "../../fake-pulumi";
import { withDoctor, wordsOf } from "../run-doctor";
import manifest from "../../../../package.json";

describe("versions", () => {
  test("the oldest that are supported are package.json's", () => {
    expect(manifest.peerDependencies["@pulumi/pulumi"]).toBe(`^${OLDEST.pulumi}`);
  });

  test.each([
    ["3.216.0", true],
    ["3.215.9", false],
    ["4.0.0", true],
    ["3.270.0-alpha.1", true],
    ["2.999.0", false],
  ])("%s is new enough: %s", (version, enough) => {
    expect(isAtLeast(version, "3.216.0")).toBe(enough);
  });

  test("no Pulumi, and an old one", () =>
    withDoctor(async ({ folder, report }) => {
      fakePulumi(folder, 'console.log("v3.100.0");');
      expect(wordsOf(await report(), "versions")).toContain("Pulumi 3.100.0 is older than 3.216.0");
      rmSync(join(folder, "bin", "pulumi"));
      expect(wordsOf(await report(), "versions")).toContain("fail: Pulumi cannot be run: it is not on PATH.");
    }));

  test("the SDK and the package of the program in --cwd, or above it", () =>
    withDoctor(async ({ folder, report }) => {
      const install = (name: string, version: string): void => {
        mkdirSync(join(folder, "node_modules", name), { recursive: true });
        writeFileSync(join(folder, "node_modules", name, "package.json"), JSON.stringify({ version }));
      };
      install("@pulumi/pulumi", "3.100.0");
      install("pulumi-thinkgeo", "9.9.9");
      const inner = join(folder, "program");
      mkdirSync(inner);
      chmodSync(inner, 0o755);
      const words = wordsOf(await report(["--cwd", inner]), "versions");
      expect(words).toContain("fail: @pulumi/pulumi 3.100.0 is older");
      expect(words).toContain("warn: The program uses pulumi-thinkgeo 9.9.9");
    }));
});
