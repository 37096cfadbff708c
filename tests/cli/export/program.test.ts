import type { Folder } from "../../../cli/export/folder";
import { findProgram, type Program, readProjectSettings } from "../../../cli/export/program";
import { IdMap } from "../../../provider/model/ids";

const DEFAULTS = { runtime: "nodejs", main: undefined, typescript: true, loader: false };

test.each<[string, Partial<typeof DEFAULTS> | { main: string }]>([
  ["name: x\nruntime: nodejs\n", {}],
  ["name: x\r\nruntime: nodejs # ours\r\nmain: src\r\n", { main: "src" }],
  ["runtime:\n  name: nodejs\n  options:\n    typescript: false\nname: x\n", { typescript: false }],
  ["runtime:\n  options: { typescript: false }\n  name: 'nodejs'\n", { typescript: false }],
  ["runtime: { name: nodejs, options: { typescript: 'false' } }\n", { typescript: false }],
  ["runtime:\n  name: nodejs\n# typescript: false\n  options:\n    typescript: true\n", {}],
  ["runtime:\n  name: nodejs\n  options:\n    nodeargs: --import tsx\n", { loader: true }],
  ['runtime: nodejs\nmain: "dist/index.js"\nconfig:\n  typescript: false\n', { main: "dist/index.js" }],
  ["name: runtime\nruntime: python\n", { runtime: "python" }],
  ["name: x\n", { runtime: "" }],
])("Pulumi.yaml %j", (text, settings) => {
  expect(readProjectSettings(text)).toEqual({ ...DEFAULTS, ...settings });
});

/** How a program of these files is written. */
function programOf(files: Readonly<Record<string, string>>, more: Partial<Folder> = {}): Program {
  const sources = new Map(Object.entries(files).filter(([path]) => /\.[cm]?[jt]s$/.test(path)));
  return findProgram({
    path: "/srv/repository/keys",
    sources,
    others: new Set(Object.keys(files)),
    manifest: new IdMap(),
    project: files["Pulumi.yaml"] ?? "runtime: nodejs\n",
    above: undefined,
    hasTsNode: false,
    read: (path) => files[path],
    ...more,
  });
}

const MODULE = JSON.stringify({ type: "module" });

describe("what new imports end with", () => {
  const esm = { "package.json": MODULE, "index.ts": "export {};\n" };

  test.each<[string, Record<string, string>, Partial<Folder>, string]>([
    ["Node.js alone", esm, {}, ".ts"],
    ["ts-node 10", esm, { hasTsNode: true }, ".js"],
    [
      "ts-node 10 that is told to take TypeScript's",
      { ...esm, "tsconfig.json": '{ "compilerOptions": { "rewriteRelativeImportExtensions": true } }' },
      { hasTsNode: true },
      ".ts",
    ],
    [
      "tsx",
      { ...esm, "Pulumi.yaml": "runtime:\n  name: nodejs\n  options:\n    nodeargs: --import tsx\n" },
      {},
      ".js",
    ],
    ["the way of the program: none", { ...esm, "index.ts": 'import "./more";\n', "more.ts": "" }, {}, ""],
    [
      "the way of the program: .js",
      { ...esm, "index.ts": 'import "./more.js";\n', "more.ts": "" },
      {},
      ".js",
    ],
    [
      "the way of the program: .ts",
      { ...esm, "index.ts": 'import "./more.ts";\n', "more.ts": "" },
      { hasTsNode: true },
      ".ts",
    ],
    [
      "a file of JavaScript, which says nothing",
      { ...esm, "index.ts": 'import "./x.js";\n', "x.js": "" },
      {},
      ".ts",
    ],
  ])("with %s", (_, files, more, suffix) => {
    expect(programOf(files, more)).toMatchObject({ entry: "index.ts", syntax: "import", suffix });
  });
});

describe("the first file", () => {
  test.each<[string, Record<string, string>, Partial<Folder>, Partial<Program>]>([
    [
      "of package.json's exports",
      {
        "package.json": '{ "type": "module", "exports": { ".": { "default": "./src/app.js" } } }',
        "src/app.js": "",
      },
      {},
      { entry: "src/app.js", syntax: "import" },
    ],
    [
      "of package.json's main, without its ending",
      { "package.json": '{ "main": "lib" }', "lib/index.js": "" },
      {},
      { entry: "lib/index.js", syntax: "require" },
    ],
    [
      "that is compiled into the folder that tsconfig.json names",
      {
        "package.json": '{ "main": "build/index.js" }',
        "tsconfig.json": '{ "compilerOptions": { "outDir": "./build" } }',
        "build/index.js": "",
        "src/index.ts": "",
      },
      {},
      { entry: "src/index.ts", isCompiled: true, suffix: "" },
    ],
    [
      "that is compiled beside its source",
      { "package.json": MODULE, "index.js": "", "index.ts": "" },
      {},
      { entry: "index.ts", isCompiled: true, suffix: ".js" },
    ],
    [
      "that package.json names, and that is not there: npm's own default",
      { "package.json": '{ "main": "index.js" }', "index.ts": "" },
      {},
      { entry: "index.ts", isCompiled: false },
    ],
    [
      "of a package.json above, for the folder",
      { "index.ts": "" },
      { above: { folder: "..", text: '{ "type": "module", "main": "keys/index.ts" }' } },
      { entry: "index.ts", suffix: ".ts" },
    ],
    [
      "of a package.json above, for something else",
      { "index.ts": "" },
      { above: { folder: "..", text: '{ "main": "server.js" }' } },
      { entry: "index.ts", suffix: "" },
    ],
    ["that is to be made", {}, {}, { entry: "index.ts", isProject: true }],
    [
      "that is to be made where nothing compiles",
      { "Pulumi.yaml": "runtime:\n  name: nodejs\n  options:\n    typescript: false\n" },
      {},
      { entry: "index.js", syntax: "require" },
    ],
    [
      "in a package.json that is none",
      { "package.json": "{", "index.ts": "" },
      {},
      { entry: "index.ts", suffix: "" },
    ],
  ])("%s", (_, files, more, program) => {
    expect(programOf(files, more)).toMatchObject(program);
  });
});
