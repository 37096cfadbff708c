import * as fs from "node:fs";
import * as path from "node:path";
import { FakeClone } from "./fake-clone";

const onlyPackages = ["--no-engine", "--no-build", "end", "0"];

let clone: FakeClone;
beforeEach(() => {
  clone = new FakeClone();
});
afterEach(() => {
  clone.remove();
});

test("installs the locked packages once", async () => {
  expect((await clone.run(onlyPackages)).status).toBe(0);
  expect((await clone.run(onlyPackages)).status).toBe(0);
  expect(clone.calls("npm")).toEqual([expect.stringMatching(/^npm install --no-save --include=dev/)]);
});

test("installs again when the lock names something else", async () => {
  await clone.run(onlyPackages);
  clone.lock({ "node_modules/left": { version: "1.0.1", integrity: "sha512-newer" } });
  await clone.run(onlyPackages);
  expect(clone.calls("npm")).toHaveLength(2);
});

test("does not install again when only the scripts of package.json change", async () => {
  await clone.run(onlyPackages);
  clone.write("package.json", JSON.stringify({ scripts: { new: "x" }, dependencies: { left: "^1.0.0" } }));
  await clone.run(onlyPackages);
  expect(clone.calls("npm")).toHaveLength(1);
});

test("leaves an installation alone that a developer made with npm", async () => {
  await clone.run(onlyPackages);
  fs.rmSync(path.join(clone.root, "node_modules/.setup-stamp"));
  await clone.run(onlyPackages);
  expect(clone.calls("npm")).toHaveLength(1);
});

test("leaves an installation alone that holds an optional package which the lock's registry did not serve", async () => {
  await clone.run(onlyPackages);
  fs.rmSync(path.join(clone.root, "node_modules/.setup-stamp"));
  const packages = {
    "node_modules/left": { version: "1.0.0", integrity: "sha512-left" },
    "node_modules/for-this-machine": { version: "1.0.0", optional: true },
  };
  clone.write("node_modules/.package-lock.json", JSON.stringify({ packages }));
  await clone.run(onlyPackages);
  expect(clone.calls("npm")).toHaveLength(1);
});

test("installs again after an installation that was interrupted", async () => {
  await clone.run(onlyPackages);
  fs.rmSync(path.join(clone.root, "node_modules/.setup-stamp"));
  fs.rmSync(path.join(clone.root, "node_modules/.package-lock.json"));
  await clone.run(onlyPackages);
  expect(clone.calls("npm")).toHaveLength(2);
});

test("installs again when package.json asks for what the lock does not know", async () => {
  await clone.run(onlyPackages);
  clone.write("package.json", JSON.stringify({ dependencies: { left: "^2.0.0" } }));
  await clone.run(onlyPackages);
  expect(clone.calls("npm")).toHaveLength(2);
});

test("two at once install once, and both run their command", async () => {
  const slow = { NPM_MS: "400" };
  const ends = await Promise.all([clone.run(onlyPackages, slow), clone.run(onlyPackages, slow)]);
  expect(ends.map(({ status }) => status)).toEqual([0, 0]);
  expect(clone.calls("npm")).toHaveLength(1);
});

test("takes over the lock of a process that died", async () => {
  const { child, ended } = clone.start(onlyPackages, { NPM_MS: "5000" });
  await clone.until(() => clone.calls("npm").length === 1);
  child.kill("SIGKILL");
  await ended;
  expect(fs.readdirSync(path.join(clone.root, ".thinkgeo/setup"))).toEqual(["packages.lock"]);
  expect((await clone.run(onlyPackages)).status).toBe(0);
  expect(fs.readdirSync(path.join(clone.root, ".thinkgeo/setup"))).toEqual([]);
});

test("an interrupted installation ends npm and frees the lock", async () => {
  const { child, ended } = clone.start(onlyPackages, { NPM_MS: "5000" });
  await clone.until(() => clone.calls("npm").length === 1);
  child.kill("SIGINT");
  expect((await ended).signal).toBe("SIGINT");
  expect(fs.readdirSync(path.join(clone.root, ".thinkgeo/setup"))).toEqual([]);
});

test("says in one sentence that npm failed, below what npm said", async () => {
  const { status, stderr } = await clone.run(onlyPackages, { NPM_FAILS: "1" });
  expect(status).toBe(1);
  expect(stderr).toBe(
    "npm error network is down\n" +
      "The locked packages could not be installed: see what npm says above, and run this again.\n",
  );
});

test("says in one sentence that npm is missing", async () => {
  clone.without("npm");
  const { status, stderr } = await clone.run(onlyPackages);
  expect(status).toBe(1);
  expect(stderr).toBe("npm is not on PATH: install Node.js with npm, and run this again.\n");
});

describe("when the npm package `node` could not run its install script", () => {
  const blocked = { NPM_BLOCKS_SCRIPTS: "1" };

  test("a new enough Node.js of this machine is used", async () => {
    expect((await clone.run(onlyPackages, blocked)).status).toBe(0);
  });

  test("an older one is refused in one sentence", async () => {
    const pretend = path.join(clone.home, "pretend.cjs");
    fs.writeFileSync(pretend, 'Object.defineProperty(process.versions, "node", { value: "20.1.0" });');
    const { status, stderr } = await clone.run(onlyPackages, {
      ...blocked,
      NODE_OPTIONS: `--require=${pretend}`,
    });
    expect(status).toBe(1);
    expect(stderr).toMatch(/^Node\.js 22\.19 or newer is missing \(this is 20\.1\.0\), because .*\.\n$/);
  });
});
