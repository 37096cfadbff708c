/** A Pulumi project before an export, and what it is to be given. */
export interface KindOfProgram {
  readonly files: Readonly<Record<string, string>>;
  /** The first file, and the line that is added to it. */
  readonly entry: string;
  readonly line: string;
  /** The file for clients of type NativeConfidential. */
  readonly clients: string;
  /** What the project compiles with before Pulumi runs it. */
  readonly compiles?: true;
}

const project = (typescript: boolean, more = ""): string =>
  `name: kinds\nruntime:\n  name: nodejs\n  options:\n    typescript: ${String(typescript)}\n${more}`;
const manifest = (settings: Readonly<Record<string, string>>): string =>
  JSON.stringify({ name: "kinds", private: true, ...settings });
const TSCONFIG = JSON.stringify({
  compilerOptions: {
    strict: true,
    target: "es2022",
    module: "nodenext",
    moduleResolution: "nodenext",
    types: ["node"],
    skipLibCheck: true,
    outDir: "bin",
  },
  files: ["index.ts"],
});
const IMPORTING = 'import * as pulumi from "@pulumi/pulumi";\nexport const stack = pulumi.getStack();\n';
const REQUIRING = 'const pulumi = require("@pulumi/pulumi");\nexports.stack = pulumi.getStack();\n';
const clients = "native-confidential-clients";
const imported = (ending = ""): string => `import "./${clients}${ending}";`;
const required = (ending: string): string => `require("./${clients}${ending}");`;

/** Every way in which a program is run that export tells from another. */
export const KINDS: Readonly<Record<string, KindOfProgram>> = {
  "nothing: TypeScript, CommonJS": {
    files: {},
    entry: "index.ts",
    line: imported(),
    clients: `${clients}.ts`,
  },
  "a package.json of ES modules: TypeScript": {
    files: { "package.json": manifest({ type: "module" }) },
    entry: "index.ts",
    line: imported(".ts"),
    clients: `${clients}.ts`,
  },
  "a package of another program, which goes on as it is": {
    files: {
      "package.json": manifest({ main: "index.js" }),
      "index.js": "throw new Error('not to be run');\n",
    },
    entry: "index.ts",
    line: imported(),
    clients: `${clients}.ts`,
  },
  "TypeScript, CommonJS, as pulumi new makes it": {
    files: {
      "Pulumi.yaml": "name: kinds\nruntime: nodejs\n",
      "package.json": manifest({ main: "index.ts" }),
      "tsconfig.json": TSCONFIG,
      "index.ts": IMPORTING,
    },
    entry: "index.ts",
    line: imported(),
    clients: `${clients}.ts`,
  },
  "TypeScript, CommonJS, in a folder of its own": {
    files: {
      "Pulumi.yaml": project(true, "main: src/\n"),
      "package.json": manifest({}),
      "src/index.ts": IMPORTING,
    },
    entry: "src/index.ts",
    line: imported(),
    clients: `src/${clients}.ts`,
  },
  "TypeScript, ES modules": {
    files: {
      "Pulumi.yaml": project(true),
      "package.json": manifest({ type: "module", main: "index.ts" }),
      "index.ts": IMPORTING,
    },
    entry: "index.ts",
    line: imported(".ts"),
    clients: `${clients}.ts`,
  },
  "TypeScript, ES modules, run by Node.js alone": {
    files: {
      "Pulumi.yaml": project(false),
      "package.json": manifest({ type: "module" }),
      "index.ts": IMPORTING,
    },
    entry: "index.ts",
    line: imported(".ts"),
    clients: `${clients}.ts`,
  },
  "TypeScript, ES modules by their ending": {
    files: {
      "Pulumi.yaml": project(false, "main: program.mts\n"),
      "package.json": manifest({}),
      "program.mts": IMPORTING,
    },
    entry: "program.mts",
    line: imported(".mts"),
    clients: `${clients}.mts`,
  },
  "TypeScript without a type, run by Node.js alone": {
    files: {
      "Pulumi.yaml": project(false),
      "package.json": manifest({ main: "index.ts" }),
      "index.ts": IMPORTING,
    },
    entry: "index.ts",
    line: imported(".ts"),
    clients: `${clients}.ts`,
  },
  "TypeScript with require, run by Node.js alone": {
    files: {
      "Pulumi.yaml": project(false),
      "package.json": manifest({ type: "commonjs", main: "index.ts" }),
      "index.ts": REQUIRING,
    },
    entry: "index.ts",
    line: required(".js"),
    clients: `${clients}.js`,
  },
  "TypeScript, CommonJS, compiled before": {
    files: {
      "Pulumi.yaml": project(false),
      "package.json": manifest({ main: "bin/index.js" }),
      "tsconfig.json": TSCONFIG,
      "index.ts": IMPORTING,
    },
    entry: "index.ts",
    line: imported(),
    clients: `${clients}.ts`,
    compiles: true,
  },
  "TypeScript, ES modules, compiled before": {
    files: {
      "Pulumi.yaml": project(false),
      "package.json": manifest({ type: "module", main: "bin/index.js" }),
      "tsconfig.json": TSCONFIG,
      "index.ts": IMPORTING,
    },
    entry: "index.ts",
    line: imported(".js"),
    clients: `${clients}.ts`,
    compiles: true,
  },
  "JavaScript, CommonJS": {
    files: {
      "Pulumi.yaml": "name: kinds\nruntime: nodejs\n",
      "package.json": manifest({ main: "index.js" }),
      "index.js": REQUIRING,
    },
    entry: "index.js",
    line: required(".js"),
    clients: `${clients}.js`,
  },
  "JavaScript, ES modules": {
    files: {
      "Pulumi.yaml": "name: kinds\nruntime: nodejs\n",
      "package.json": manifest({ type: "module", main: "index.js" }),
      "index.js": IMPORTING,
    },
    entry: "index.js",
    line: imported(".js"),
    clients: `${clients}.js`,
  },
  "JavaScript without a type, of ES modules": {
    files: { "Pulumi.yaml": project(false), "package.json": manifest({}), "index.js": IMPORTING },
    entry: "index.js",
    line: imported(".js"),
    clients: `${clients}.js`,
  },
  "JavaScript, CommonJS by its ending": {
    files: {
      "Pulumi.yaml": project(false, "main: ./program.cjs # the first\n"),
      "package.json": manifest({}),
      "program.cjs": REQUIRING,
    },
    entry: "program.cjs",
    line: required(".cjs"),
    clients: `${clients}.cjs`,
  },
};
