import { execFileSync, spawnSync } from "node:child_process";
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { REPOSITORY } from "./repository";

const folder = mkdtempSync(join(tmpdir(), "thinkgeo-types-"));
const unpacked = join(folder, "node_modules/pulumi-thinkgeo");
let tarball: string;

/** What a tool of this repository prints. */
const run = (tool: string, ...args: string[]): string =>
  spawnSync(join(REPOSITORY, "node_modules/.bin", tool), args, { cwd: folder, encoding: "utf8" }).stdout;

/** The package as npm packs it, in a project that has everything else from here. */
beforeAll(() => {
  const pack = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
  const [packed] = JSON.parse(execFileSync("npm", pack, { cwd: REPOSITORY, encoding: "utf8" })) as [
    { filename: string },
  ];
  tarball = join(folder, packed.filename);
  const modules = join(folder, "node_modules");
  mkdirSync(unpacked, { recursive: true });
  execFileSync("tar", ["-xzf", tarball, "--strip-components=1", "-C", unpacked]);
  for (const name of readdirSync(join(REPOSITORY, "node_modules")))
    if (name !== "pulumi-thinkgeo")
      symlinkSync(join(REPOSITORY, "node_modules", name), join(modules, name), "junction");
}, 60_000);
afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

test("attw and publint find nothing wrong with any entry", () => {
  expect(run("attw", tarball, "--no-color", "--format", "ascii")).toContain("No problems found");
  expect(run("publint", "run", tarball, "--strict")).toContain("All good!");
}, 60_000);

// How each entry is found, with "bundler" too, attw has judged; this is what is found there.
test.each([
  ["node10", { module: "commonjs", moduleResolution: "node10", ignoreDeprecations: "6.0" }],
  ["nodenext", { module: "nodenext", moduleResolution: "nodenext" }],
])(
  "every entry has its types with moduleResolution %s, without a look into what is not published",
  (_, how) => {
    const compilerOptions = { ...how, strict: true, target: "ES2023", types: ["node"], noEmit: true };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["index.ts"] }));
    writeFileSync(
      join(folder, "index.ts"),
      `import { PolicyPack } from "@pulumi/policy";
    import * as thinkgeo from "pulumi-thinkgeo";
    import { startEmulator, type Emulator } from "pulumi-thinkgeo/emulator";
    import { clientPolicies } from "pulumi-thinkgeo/policy";
    import { provider } from "pulumi-thinkgeo/runtime";
    export const pack = new PolicyPack("acme", { policies: clientPolicies });
    export const emulator: Promise<Emulator> = startEmulator();
    export const made: Promise<{ id: string }> = provider.create({});
    export const web = new thinkgeo.Client("web", { type: "JavaScript" });
    // @ts-expect-error an origin on a client that has none: without types, everything would compile
    export const server = new thinkgeo.Client("a", { type: "NativeConfidential", allowedOrigins: ["acme.com"] });`,
    );
    const errors = run("tsc", "-p", ".")
      .split("\n")
      .filter((line) => line !== "");
    // Pulumi's own types have two.
    expect(errors.filter((line) => !line.includes("node_modules/@pulumi/policy/"))).toEqual([]);
  },
  60_000,
);

const compiled = (): string[] =>
  readdirSync(join(unpacked, "dist"), { recursive: true, encoding: "utf8" }).sort();

test("what is published declares nothing for internal use", () => {
  const declarations = compiled().filter((file) => file.endsWith(".d.ts"));
  expect(declarations).toContain("sdk/resource-classes.d.ts");
  const internal = declarations.filter((file) =>
    readFileSync(join(unpacked, "dist", file), "utf8").includes("@internal"),
  );
  expect(internal).toEqual([]);
});

test("the emulator's page is in the package, whole", () => {
  const files = readdirSync(join(REPOSITORY, "emulator/console")).filter((name) => !name.endsWith(".json"));
  const packed = join(unpacked, "dist/emulator/console");
  expect(files).toContain("clients.html");
  expect(readdirSync(packed).sort()).toEqual(files.sort());
  const script = `require("pulumi-thinkgeo/emulator").startEmulator().then(async (emulator) => {
    const paths = ["/clients.html", ...${JSON.stringify(files)}.filter((name) => name !== "clients.html").map((name) => "/emulator/console/" + name)];
    const answers = await Promise.all(paths.map((path) => fetch(emulator.url + path)));
    console.log(answers.map(({ status }) => status).join());
    await emulator.close();
  })`;
  const said = execFileSync(process.execPath, ["-e", script], { cwd: folder, encoding: "utf8" });
  expect(said.trim()).toBe(files.map(() => "200").join());
});

test("the package holds what a user needs, no tests of ours, and no copy of its dependencies", () => {
  expect(readdirSync(unpacked).sort()).toEqual([
    "CHANGELOG.md",
    "LICENSE",
    "README.md",
    "dist",
    "docs",
    "package.json",
  ]);
  expect(readdirSync(join(unpacked, "dist"))).toEqual(
    expect.arrayContaining(["emulator", "provider", "sdk"]),
  );
  const { dependencies } = JSON.parse(readFileSync(join(unpacked, "package.json"), "utf8")) as {
    dependencies: Record<string, string>;
  };
  for (const name of ["undici", "zod"]) expect(dependencies[name]).toMatch(/^\^\d/);
  expect(compiled().filter((name) => /(?:^|\/)(?:zod|undici)\b/.test(name))).toEqual([]);
});
