import { spawnSync } from "node:child_process";
import { join } from "node:path";
import manifest from "../../package.json";
import { nodeProblem, OLDEST } from "../../provider/versions";

const DIST = join(__dirname, "../../dist");
/** Makes a process believe that it runs on a Node.js of another version. */
const on = (version: string): string =>
  `Object.defineProperty(process, "versions", { value: { ...process.versions, node: "${version}" } });`;

test("package.json says the same", () => {
  expect(manifest.engines.node).toBe(`>=${OLDEST.node}`);
});

test.each(["20.20.2", "22.18.9", "21.99.0", "0.12.0"])(
  "Node.js %s is too old, and what to do is said",
  (version) => {
    expect(nodeProblem(version)).toBe(
      `pulumi-thinkgeo needs Node.js 22.19.0 or newer, and this is ${version}. Install a newer one, and put it first on PATH.`,
    );
  },
);

test.each(["22.19.0", "22.23.1", "23.0.0", "24.0.0", "25.1.0-nightly1"])("Node.js %s will do", (version) => {
  expect(nodeProblem(version)).toBeUndefined();
});

test("the provider says so before it loads anything", () => {
  const script = `${on("20.20.2")} require(${JSON.stringify(join(DIST, "provider/hosts/dynamic.js"))});`;
  const { status, stderr } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
  expect([status, stderr]).toEqual([1, expect.stringContaining("needs Node.js 22.19.0 or newer")]);
});

test("the command says so, and that it could not be told", () => {
  const script = `${on("20.20.2")} require(${JSON.stringify(join(DIST, "cli/bin.js"))});`;
  const { status, stdout, stderr } = spawnSync(process.execPath, ["-e", script], { encoding: "utf8" });
  expect({ status, stdout, stderr }).toEqual({
    status: 2,
    stdout: "",
    stderr: expect.stringMatching(
      /^thinkgeo: pulumi-thinkgeo needs Node\.js 22\.19\.0 .*\nSee docs\/.*\n$/,
    ) as string,
  });
});
