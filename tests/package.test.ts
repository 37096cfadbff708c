import { build } from "esbuild";
import manifest from "../package.json";
import lock from "../package-lock.json";
import { VERSION } from "../provider/versions";
import { committedFiles, REPOSITORY, textOf } from "./repository";

test("package-lock.json and what servers are told have package.json's version", () => {
  expect([lock.version, lock.packages[""].version, VERSION]).toEqual(Array(3).fill(manifest.version));
});

/** A file, a plugin or a range that stands for this version: in documents, examples, templates and tests. */
const NAMED =
  /(?:pulumi-thinkgeo-|resource thinkgeo |resource-thinkgeo-v|[^-]thinkgeo@|"pulumi-thinkgeo": "\^|\*\*Status:\*\* version )(\d+\.\d+\.\d+)/g;

test("every page, example and template that names this version names the right one", () => {
  const files = committedFiles().filter(
    (file) => /\.(?:md|json|ts|ya?ml)$/.test(file) && !/^CHANGELOG\.md$|fixtures\//.test(file),
  );
  const named = files.flatMap((file) =>
    [...textOf(file).matchAll(NAMED)].map(([text, version]) => ({ file, text, version })),
  );
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter(({ version }) => version !== manifest.version)).toEqual([]);
});

/** What a bundler keeps of a program. */
async function bundled(program: string): Promise<string> {
  const { outputFiles } = await build({
    stdin: { contents: program, resolveDir: REPOSITORY },
    bundle: true,
    platform: "node",
    packages: "bundle",
    external: ["@pulumi/*"],
    write: false,
    logLevel: "error",
  });
  return outputFiles.map(({ text }) => text).join("");
}

test("a bundler leaves out what is not used, and keeps what works by being loaded", async () => {
  const unused = ["pulumi-thinkgeo", "pulumi-thinkgeo/policy", "pulumi-thinkgeo/emulator"];
  expect(await bundled(unused.map((name) => `import ${JSON.stringify(name)};`).join("\n"))).not.toContain(
    "thinkgeo",
  );
  // It refuses an older Node.js, and guards its standard error.
  const runtime = await bundled('import "pulumi-thinkgeo/runtime";');
  expect(runtime).toContain("needs Node.js");
});
