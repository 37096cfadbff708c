import * as fs from "node:fs";
import * as path from "node:path";
import { FakeClone, fakeGo } from "./fake-clone";

const withEngine = ["--no-build", "pulumi", "version"];
const engineName = /^engine-3\.\d+\.\d+-[0-9a-f]{12}$/;

let clone: FakeClone;
beforeEach(() => {
  clone = new FakeClone();
  clone.tool("go", fakeGo);
});
afterEach(() => {
  clone.remove();
});

const builds = () => clone.calls("go").filter((call) => call.startsWith("go build"));

/** The language hosts that the tests use. */
const HOSTS = ["pulumi-language-nodejs", "pulumi-language-yaml"];

describe("a pulumi on PATH", () => {
  const pulumi = (version: string) => {
    clone.tool("pulumi", `console.log("${version}");`);
  };

  test.each(["v3.216.0", "v3.259.0", "3.301.2", "v3.260.0-alpha.1+dirty"])(
    "%s is used as it is",
    async (version) => {
      pulumi(version);
      for (const host of HOSTS) clone.tool(host, "");
      expect(await clone.run(withEngine)).toMatchObject({ status: 0, stdout: `${version}\n`, stderr: "" });
      expect(clone.cached()).toEqual([]);
    },
  );

  test("is used when its language host stands beside what a link leads to", async () => {
    const elsewhere = path.join(clone.home, "opt/pulumi");
    clone.tool("pulumi", 'console.log("v3.259.0");', elsewhere);
    for (const host of HOSTS) clone.tool(host, "", elsewhere);
    fs.symlinkSync(path.join(elsewhere, "pulumi"), path.join(clone.bin, "pulumi"));
    expect(await clone.run(withEngine)).toMatchObject({ status: 0, stdout: "v3.259.0\n" });
  });

  test.each(["v3.215.9", "v3.100.0", "v2.400.0", "v4.0.0", "what?"])("%s is not used", async (version) => {
    pulumi(version);
    for (const host of HOSTS) clone.tool(host, "");
    const { status, stdout, stderr } = await clone.run(withEngine);
    expect({ status, stdout }).toEqual({ status: 0, stdout: "built\n" });
    const found = path.join(clone.bin, "pulumi");
    expect(stderr).toContain(`is not used: ${found} says ${version}, and 3.216 or newer is needed.\n`);
  });

  test.each(HOSTS)("is not used without %s", async (missing) => {
    pulumi("v3.259.0");
    for (const host of HOSTS) if (host !== missing) clone.tool(host, "");
    const { stdout, stderr } = await clone.run(withEngine);
    expect(stdout).toBe("built\n");
    expect(stderr).toContain(`${missing} is neither beside`);
  });
});

describe("no pulumi on PATH", () => {
  test("Pulumi's own installer is used where it works", async () => {
    expect(await clone.run(withEngine, { INSTALLER_WORKS: "1" })).toMatchObject({
      status: 0,
      stdout: expect.stringMatching(/^installed 3\.\d+\.\d+\n$/) as string,
    });
    expect(clone.calls("go")).toEqual([]);
    expect(clone.cached()).toEqual([expect.stringMatching(engineName)]);
  });

  test("else it is built once, whole, into the cache that clones share", async () => {
    expect(await clone.run(withEngine)).toMatchObject({ status: 0, stdout: "built\n", stderr: "" });
    expect(await clone.run(withEngine)).toMatchObject({ status: 0, stdout: "built\n", stderr: "" });
    expect(builds()).toHaveLength(1);
    const [engine = "", ...others] = clone.cached();
    expect(others).toEqual([]);
    expect(engine).toMatch(engineName);
    expect(fs.readdirSync(path.join(clone.cache, "pulumi-thinkgeo", engine)).sort()).toEqual([
      "pulumi",
      "pulumi-language-nodejs",
      "pulumi-resource-pulumi-nodejs",
    ]);
  });

  test("is not looked for with --no-engine", async () => {
    expect((await clone.run(["--no-engine", "--no-build", "end", "0"])).status).toBe(0);
    expect(clone.cached()).toEqual([]);
  });

  test("two at once build once", async () => {
    const slow = { GO_MS: "400" };
    const ends = await Promise.all([clone.run(withEngine, slow), clone.run(withEngine, slow)]);
    expect(ends.map(({ stdout }) => stdout)).toEqual(["built\n", "built\n"]);
    expect(builds()).toHaveLength(1);
  });

  test("a missing Go is said in one sentence", async () => {
    clone.without("go");
    const { status, stdout, stderr } = await clone.run(withEngine);
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toBe(
      "Pulumi is missing and can neither be downloaded nor built here: put Pulumi 3.216 or newer on PATH, " +
        "or install Go 1.25 or newer to build it.\n",
    );
    expect(clone.cached()).toEqual([]);
  });

  test("a failed build leaves nothing half-made, and is tried again", async () => {
    const { status, stderr } = await clone.run(withEngine, { GO_FAILS: "1" });
    expect(status).toBe(1);
    expect(stderr).toMatch(/two\.go:1: syntax error\nThe Pulumi engine could not be built\. .*\n$/);
    expect(clone.cached()).toEqual([]);
    expect((await clone.run(withEngine)).stdout).toBe("built\n");
  });

  test.each(["SIGINT", "SIGTERM"] as const)(
    "%s during the build leaves nothing half-made",
    async (signal) => {
      const { child, ended } = clone.start(withEngine, { GO_MS: "5000" });
      await clone.until(() => builds().length === 1);
      child.kill(signal);
      expect((await ended).signal).toBe(signal);
      expect(clone.cached()).toEqual([]);
    },
  );

  test("after a kill during the build the next run builds again", async () => {
    const { child, ended } = clone.start(withEngine, { GO_MS: "3000" });
    await clone.until(() => builds().length === 1);
    child.kill("SIGKILL");
    await ended;
    expect(clone.cached().filter((name) => engineName.test(name))).toEqual([]);
    expect((await clone.run(withEngine)).stdout).toBe("built\n");
    expect(clone.cached()).toEqual([expect.stringMatching(engineName)]);
  });
});
