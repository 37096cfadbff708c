import * as path from "node:path";
import { FakeClone } from "./fake-clone";

const bare = ["--no-engine", "--no-build"];

let clone: FakeClone;
beforeAll(() => {
  clone = new FakeClone();
});
afterAll(() => {
  clone.remove();
});

test.each([0, 1, 7, 255])("passes exit status %d on", async (status) => {
  expect((await clone.run([...bare, "end", `${status}`])).status).toBe(status);
});

test("ends by the signal that ended the command", async () => {
  clone.tool("dies", 'process.kill(process.pid, "SIGKILL"); setInterval(() => {}, 1000);');
  expect((await clone.run([...bare, "dies"])).signal).toBe("SIGKILL");
});

test("passes SIGTERM on, and waits for what the command makes of it", async () => {
  clone.tool(
    "patient",
    'process.on("SIGTERM", () => setTimeout(() => { console.log("cleaned up"); process.exit(5); }, 100));' +
      'console.log("ready"); setInterval(() => {}, 1000);',
  );
  const { child, ended } = clone.start([...bare, "patient"]);
  await new Promise((resolve) => child.stdout?.once("data", resolve));
  child.kill("SIGTERM");
  expect(await ended).toMatchObject({ status: 5, stdout: "ready\ncleaned up\n" });
});

test("passes arguments on untouched, options among them", async () => {
  clone.tool("arguments", "console.log(JSON.stringify(process.argv.slice(2)));");
  const { stdout } = await clone.run([...bare, "arguments", "--no-build", "a b", "", "$HOME"]);
  expect(JSON.parse(stdout)).toEqual(["--no-build", "a b", "", "$HOME"]);
});

test("puts this repository's tools first on PATH and the dynamic launcher last", async () => {
  const { stdout } = await clone.run([...bare, "show", "PATH"]);
  const modules = path.join(clone.root, "node_modules");
  expect(stdout.trim().split(path.delimiter)).toEqual([
    path.join(modules, ".bin"),
    clone.bin,
    path.join(modules, "@pulumi/pulumi"),
  ]);
});

test("has Pulumi skip its update check", async () => {
  expect((await clone.run([...bare, "show", "PULUMI_SKIP_UPDATE_CHECK"])).stdout).toBe("true\n");
});

test.each([
  [["--no-engine", "--no-build", "nowhere"], "The command `nowhere` was not found on PATH.\n"],
  [["--no-motor", "end", "0"], "with-setup does not know the option --no-motor.\n"],
  [["--no-engine"], "with-setup wants a command to run.\n"],
])("%j is refused in one sentence", async (args, sentence) => {
  expect(await clone.run(args)).toMatchObject({ status: 1, stderr: sentence });
});
