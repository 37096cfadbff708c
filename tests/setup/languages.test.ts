import * as fs from "node:fs";
import * as path from "node:path";
import { FakeClone } from "./fake-clone";

describe("what the tests of generated SDKs use", () => {
  let clone: FakeClone;
  const show = (variable: string): ReturnType<FakeClone["start"]>["ended"] =>
    clone.start(["--no-engine", "--no-build", "--languages", "show", variable]).ended;

  beforeEach(() => {
    clone = new FakeClone();
  });
  afterEach(() => {
    clone.remove();
  });

  test("is made once, where this machine has the tools for it, and named to the command", async () => {
    const noting = (name: string): string =>
      `require("fs").appendFileSync(${JSON.stringify(path.join(clone.home, "calls.log"))}, "${name} " + process.argv.slice(2).join(" ") + "\\n");`;
    clone.tool("go", noting("go"));
    clone.tool("mvn", noting("mvn"));
    const { status, stdout, stderr } = await show("THINKGEO_TEST_HOSTS");
    expect(status).toBe(0);
    expect(fs.statSync(stdout.trim()).isDirectory()).toBe(true);
    expect(stderr).toContain("Tests that need python3 are left out.\n");
    expect(stderr).toContain("Tests that need mvn and javac are left out.\n");
    expect(await show("THINKGEO_TEST_JARS")).toMatchObject({ stdout: "\n" });
    expect(clone.calls("go")).toHaveLength(2);
    expect(clone.calls("mvn")).toEqual([]);
    expect(clone.cached()).toEqual([path.basename(stdout.trim())]);
  });

  test("leaves nothing behind where it fails, and says what failed", async () => {
    clone.tool("go", 'console.error("no such module"); process.exit(1);');
    const { status, stderr } = await show("THINKGEO_TEST_HOSTS");
    expect(status).toBe(1);
    expect(stderr).toContain(
      "no such module\nBuilding the hosts that generate SDKs, once: that failed, see what go says above.\n",
    );
    expect(clone.cached()).toEqual([]);
  });
});
