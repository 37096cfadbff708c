import * as fs from "node:fs";
import * as path from "node:path";
import { FakeClone } from "./fake-clone";

const withBuild = ["--no-engine", "end", "0"];

let clone: FakeClone;
beforeEach(() => {
  clone = new FakeClone();
});
afterEach(() => {
  clone.remove();
});

const compiled = () => fs.readFileSync(path.join(clone.root, "dist/shell.js"), "utf8");

test("compiles dist/ once", async () => {
  await clone.run(withBuild);
  await clone.run(withBuild);
  expect(clone.calls("tsc")).toHaveLength(1);
  expect(compiled()).toBe("export const text = 1;\n");
});

test("compiles again when a source changes, appears or goes", async () => {
  await clone.run(withBuild);
  clone.write("provider/shell.ts", "export const text = 2;\n");
  await clone.run(withBuild);
  expect(compiled()).toBe("export const text = 2;\n");
  clone.write("sdk/new.ts", "");
  await clone.run(withBuild);
  fs.rmSync(path.join(clone.root, "sdk/new.ts"));
  await clone.run(withBuild);
  expect(clone.calls("tsc")).toHaveLength(4);
});

test("compiles again when dist/ was removed", async () => {
  await clone.run(withBuild);
  fs.rmSync(path.join(clone.root, "dist"), { recursive: true });
  await clone.run(withBuild);
  expect(clone.calls("tsc")).toHaveLength(2);
});

test("links the commands of the package once they are compiled, and can be executed", async () => {
  const manifest = JSON.parse(fs.readFileSync(path.join(clone.root, "package.json"), "utf8")) as object;
  clone.write("package.json", JSON.stringify({ ...manifest, bin: { shell: "./dist/shell.js" } }));
  await clone.run(withBuild);
  await clone.run(withBuild);
  expect(clone.calls("npm").filter((call) => call.startsWith("npm rebuild"))).toHaveLength(1);
  const linked = path.join(clone.root, "node_modules/.bin/shell");
  expect(fs.statSync(linked).mode & 0o111).toBe(0o111);
});

test("a failed compilation leaves the old dist/, says so and runs nothing", async () => {
  await clone.run(withBuild);
  clone.write("provider/shell.ts", "export const text = 3;\n");
  const { status, stdout, stderr } = await clone.run(["--no-engine", "show", "PATH"], { TSC_FAILS: "1" });
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toBe(
    "provider/shell.ts(1,1): error TS1005\n" +
      "dist/ could not be compiled: correct what the TypeScript compiler says above.\n",
  );
  expect(compiled()).toBe("export const text = 1;\n");
});

test("--rebuild compiles also what is current, and needs no command", async () => {
  await clone.run(withBuild);
  expect((await clone.run(["--no-engine", "--rebuild"])).status).toBe(0);
  expect(clone.calls("tsc")).toHaveLength(2);
});

test("is left out with --no-build", async () => {
  await clone.run(["--no-engine", "--no-build", "end", "0"]);
  expect(clone.calls("tsc")).toEqual([]);
});
