import { posix } from "node:path";
import { findEntry } from "./entry";
import type { Folder } from "./folder";
import { packageOf, type PackageSettings } from "./package-settings";
import { readProjectSettings, type ProjectSettings } from "./project-settings";

/** How a program is run, as far as its new files must be written for it. */
export interface Program {
  /** Its first file, by its path in the folder; it need not exist. */
  readonly entry: string;
  /** What the names of new files end with. */
  readonly extension: string;
  /** How a file takes another one in. */
  readonly syntax: "import" | "require";
  /** What stands in an import after a file's name without its extension. */
  readonly suffix: string;
  /** Whether there is a project already, which is then its user's: no file is added that the program does not need. */
  readonly isProject: boolean;
  /** Whether the imports name TypeScript files, which the compiler has to be told. */
  readonly namesTypeScript: boolean;
  /** Whether something else than Pulumi makes JavaScript of it first. */
  readonly isCompiled: boolean;
}

/** The first file of a program that export makes. */
export const INDEX = "index.ts";

/** How the program in a folder is run, or is going to be. */
export function findProgram(folder: Folder): Program {
  if (folder.project === undefined) {
    // A folder without a package.json gets one of its own, whatever there is above it.
    const { type } = packageOf({ ...folder, above: undefined }, "");
    return { ...written({ entry: INDEX, folder, type, compiled: false, ...PLAIN }), isProject: false };
  }
  const settings = readProjectSettings(folder.project);
  if (settings.runtime !== "nodejs")
    throw new Error(
      `${folder.path} has a Pulumi project of another kind (runtime: ${settings.runtime || "not found in its Pulumi.yaml"}): ` +
        "export writes programs for nodejs. Give another folder with --out.",
    );
  const found = findEntry(folder, settings);
  if (found === undefined)
    throw new Error(
      `${folder.path} has a Pulumi project whose program was not found: "main" in its Pulumi.yaml or package.json ` +
        "leads to no file of TypeScript or JavaScript. Make that file, or give another folder with --out.",
    );
  const { type } = packageOf(folder, posix.dirname(found.entry));
  return { ...written({ ...found, folder, type, ...settings }), isProject: true };
}

/** Whether Pulumi would run `index.ts` of a folder that has no project yet, without being told. */
export function runsIndex(folder: Folder): boolean {
  const sources = new Map(folder.sources).set(INDEX, folder.sources.get(INDEX) ?? "");
  const found = findEntry({ ...folder, sources, above: undefined }, PLAIN);
  return found?.entry === INDEX && !found.compiled;
}

const PLAIN = { runtime: "nodejs", main: undefined, typescript: true, loader: false };

interface Run extends ProjectSettings {
  readonly entry: string;
  readonly compiled: boolean;
  readonly folder: Folder;
  readonly type: PackageSettings["type"];
}

/** What Node.js, and whatever compiles for it, load: found by running each kind of program on the engine. */
function written(run: Run): Omit<Program, "isProject"> {
  const { entry, folder, compiled } = run;
  const text = folder.sources.get(entry) ?? "";
  const own = posix.extname(entry);
  const type = own.startsWith(".m") ? "module" : own.startsWith(".c") ? "commonjs" : run.type;
  const base = { entry, extension: own, isCompiled: compiled, namesTypeScript: false } as const;
  const isModule = type === "module" || (type === undefined && MODULE_SYNTAX.test(text));
  const compiles = compiled || (run.typescript && type !== "module");
  if (/^\.[cm]?ts$/.test(own) && (compiles || isModule)) {
    const imports =
      usual(run, text) ??
      // What is compiled to CommonJS may leave the ending out.
      (type !== "module" && compiles ? "none" : mapsJavaScript(run) ? "compiled" : "own");
    const suffix = { none: "", compiled: own.replace("t", "j"), own }[imports];
    return { ...base, syntax: "import", suffix, namesTypeScript: imports === "own" };
  }
  // Node.js takes types out of CommonJS, but makes no "require" of an import: what is new is JavaScript there.
  const extension = own.replace("ts", "js");
  return { ...base, extension, syntax: isModule ? "import" : "require", suffix: extension };
}

/** Without a "type" in package.json, a file with these is an ES module to Node.js. */
const MODULE_SYNTAX = /^(?:import\s*["'{*\w]|export\s)/m;

type Imports = "none" | "compiled" | "own";

/** How the program imports its own files already: it works that way. */
function usual({ entry, folder: { sources } }: Run, text: string): Imports | undefined {
  for (const [, module = ""] of text.matchAll(/["'](\.{1,2}\/[^"'\n]+)["']/g)) {
    const file = posix.join(posix.dirname(entry), module);
    if (sources.has(`${file}.ts`)) return "none";
    if (/\.[cm]?ts$/.test(file) && sources.has(file)) return "own";
    if (!sources.has(file) && sources.has(file.replace(/\.([cm]?)js$/, ".$1ts"))) return "compiled";
  }
  return undefined;
}

/** Whether an import of `x.js` finds `x.ts`: for who compiles, and for ts-node's loader, unless both are told to take `x.ts`. */
const mapsJavaScript = ({ compiled, loader, folder }: Run): boolean =>
  compiled || ((loader || folder.hasTsNode) && !allowsTypeScript(folder));

/** Whether the compiler accepts imports of `x.ts`. */
export const allowsTypeScript = ({ read }: Folder): boolean =>
  /"(?:allowImportingTsExtensions|rewriteRelativeImportExtensions)"\s*:\s*true/.test(
    read("tsconfig.json") ?? "",
  );
