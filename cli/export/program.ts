import { posix } from "node:path";
import * as z from "zod";
import { readJson } from "../text";
import { UserError } from "../../provider/troubleshooting";
import type { Folder } from "./folder";

/** How a program is run: that decides how new files of it must be written. */
export interface Program {
  /** The path of its entry file in the folder. The file need not exist. */
  readonly entry: string;
  /** The extension of new files. */
  readonly extension: string;
  /** How a file imports another one. */
  readonly syntax: "import" | "require";
  /** The extension that imports have. */
  readonly suffix: string;
  /** Whether the folder has a project already: then only files that the program needs are added. */
  readonly isProject: boolean;
  /** Whether imports have the extension .ts, which needs an option of the compiler. */
  readonly namesTypeScript: boolean;
  /** Whether it is compiled to JavaScript before Pulumi runs it. */
  readonly isCompiled: boolean;
}

/** The entry file of a new program. */
export const INDEX = "index.ts";

/** How the program in a folder is run, or will be if it is new. */
export function findProgram(folder: Folder): Program {
  if (folder.project === undefined) {
    // A new project gets a package.json of its own, whatever there is above it.
    const { type } = packageOf({ ...folder, above: undefined }, "");
    return { ...written({ entry: INDEX, folder, type, compiled: false, ...DEFAULTS }), isProject: false };
  }
  const settings = readProjectSettings(folder.project);
  if (settings.runtime !== "nodejs")
    throw new UserError(
      "export-folder",
      `${folder.path} has a Pulumi project of another kind (runtime: ${settings.runtime || "not found in its Pulumi.yaml"}): ` +
        `export writes programs for nodejs. ${settings.runtime === "yaml" ? "Say --language yaml, or give" : "Give"} another folder with --out.`,
    );
  const found = findEntry(folder, settings);
  if (found === undefined)
    throw new UserError(
      "export-folder",
      `${folder.path} has a Pulumi project whose program was not found: "main" in its Pulumi.yaml or package.json ` +
        "leads to no file of TypeScript or JavaScript. Make that file, or give another folder with --out.",
    );
  const { type } = packageOf(folder, posix.dirname(found.entry));
  return { ...written({ ...found, folder, type, ...settings }), isProject: true };
}

/** Whether Pulumi would run index.ts of a new project by default. */
export function runsIndex(folder: Folder): boolean {
  const sources = new Map(folder.sources).set(INDEX, folder.sources.get(INDEX) ?? "");
  const found = findEntry({ ...folder, sources, above: undefined }, DEFAULTS);
  return found?.entry === INDEX && !found.compiled;
}

const DEFAULTS = { runtime: "nodejs", main: undefined, typescript: true, loader: false };

interface Run extends ProjectSettings {
  readonly entry: string;
  readonly compiled: boolean;
  readonly folder: Folder;
  readonly type: PackageSettings["type"];
}

/** How new files must be written so that Node.js and compilers load them. Found by running each kind of program on the engine. */
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
      // Imports that are compiled to CommonJS need no extension.
      (type !== "module" && compiles ? "none" : mapsJavaScript(run) ? "compiled" : "own");
    const suffix = { none: "", compiled: own.replace("t", "j"), own }[imports];
    return { ...base, syntax: "import", suffix, namesTypeScript: imports === "own" };
  }
  // Node.js removes types from CommonJS files but does not turn `import` into `require`, so new files are JavaScript.
  const extension = own.replace("ts", "js");
  return { ...base, extension, syntax: isModule ? "import" : "require", suffix: extension };
}

/** Without "type" in package.json, Node.js takes a file with this syntax for an ES module. */
const MODULE_SYNTAX = /^(?:import\s*["'{*\w]|export\s)/m;

type Imports = "none" | "compiled" | "own";

/** How the program imports its own files already: that way works. */
function usual({ entry, folder: { sources } }: Run, text: string): Imports | undefined {
  for (const [, module = ""] of text.matchAll(/["'](\.{1,2}\/[^"'\n]+)["']/g)) {
    const file = posix.join(posix.dirname(entry), module);
    if (sources.has(`${file}.ts`)) return "none";
    if (/\.[cm]?ts$/.test(file) && sources.has(file)) return "own";
    if (!sources.has(file) && sources.has(file.replace(/\.([cm]?)js$/, ".$1ts"))) return "compiled";
  }
  return undefined;
}

/** Whether an import of `x.js` finds `x.ts`, as with a compiler, and with ts-node's loader unless it is told to import `x.ts`. */
const mapsJavaScript = ({ compiled, loader, folder }: Run): boolean =>
  compiled || ((loader || folder.hasTsNode) && !allowsTypeScript(folder));

/** Whether the compiler accepts imports of `x.ts`. */
export const allowsTypeScript = ({ read }: Folder): boolean =>
  /"(?:allowImportingTsExtensions|rewriteRelativeImportExtensions)"\s*:\s*true/.test(
    read("tsconfig.json") ?? "",
  );

/** The entry file of a program, as its author writes it. */
interface Entry {
  /** Its path in the folder. */
  readonly entry: string;
  /** Whether it is compiled to JavaScript before Pulumi runs it. */
  readonly compiled: boolean;
}

/** The entry file, found as Pulumi and its SDK find it. In an empty folder, the one that will be made. */
function findEntry(folder: Folder, settings: ProjectSettings): Entry | undefined {
  const main = posix.normalize(settings.main ?? ".").replace(/^\.?\/|\/$/g, "");
  if (main === ".." || main.startsWith("../")) return undefined;
  const place = main === "." ? "" : main;
  if (SOURCE.test(place)) return sourceOf(folder, place);
  const described = describedEntry(folder, place);
  if (described !== undefined) return described;
  const isModule = packageOf(folder, place).type === "module";
  const names = isModule ? ["index.js", "index.mjs", "index.ts", "index.mts"] : ["index.js", "index.ts"];
  const [found] = names.map((name) => posix.join(place, name)).filter((path) => folder.sources.has(path));
  if (found !== undefined) return sourceOf(folder, found);
  return place === "" ? { entry: settings.typescript ? "index.ts" : "index.js", compiled: false } : undefined;
}

const SOURCE = /\.[cm]?[jt]s$/;

/** The entry file of package.json. If it does not exist, Pulumi looks further. */
function describedEntry(folder: Folder, place: string): Entry | undefined {
  const { folder: home, main } = packageOf(folder, place);
  if (main === undefined) return undefined;
  // A package.json above the folder may name a file in it.
  const path = posix.relative(folder.path, posix.join(folder.path, home, main));
  if (path.startsWith("../")) return undefined;
  const tries = SOURCE.test(path)
    ? [path]
    : [`${path}.js`, posix.join(path, "index.js"), posix.join(path, "index.ts")];
  return tries.map((each) => sourceOf(folder, each)).find((entry) => entry !== undefined);
}

/** A file as its author writes it: itself, or the TypeScript file from which it is compiled. */
function sourceOf({ sources, read }: Folder, path: string): Entry | undefined {
  const typescript = path.replace(/\.([cm]?)js$/, ".$1ts");
  const [, out = ""] = /"outDir"\s*:\s*"(?:\.\/)?([^"]+?)\/?"/.exec(read("tsconfig.json") ?? "") ?? [];
  const isOutput = out !== "" && path.startsWith(`${out}/`);
  const isThere = sources.has(path);
  if (isThere && !isOutput && (path === typescript || !sources.has(typescript)))
    return { entry: path, compiled: false };
  // If index.js does not exist, Pulumi runs index.ts without compiling it to a file.
  if (!isThere && !isOutput && sources.has(typescript)) return { entry: typescript, compiled: false };
  const inside = isOutput ? typescript.slice(out.length + 1) : typescript.replace(/^[^/]+\//, "");
  const [entry] = [typescript, inside, `src/${inside}`, inside.replace(/^src\//, "")].filter(
    (each) => sources.has(each) && !(isOutput && each.startsWith(`${out}/`)),
  );
  return entry === undefined ? undefined : { entry, compiled: true };
}

/** The settings of Pulumi.yaml that say how the program is run. */
interface ProjectSettings {
  readonly runtime: string;
  /** The folder or entry file of the program, if it is not the project's folder. */
  readonly main: string | undefined;
  /** Whether Pulumi compiles TypeScript itself, which it does unless it is told not to. */
  readonly typescript: boolean;
  /** Whether Node.js is started with a loader that finds `x.ts` for an import of `x.js`. */
  readonly loader: boolean;
}

/**
 * Reads the settings by regular expressions, not with a YAML parser: in Pulumi's templates and documentation, these four keys
 * are plain words.
 */
export function readProjectSettings(text: string): ProjectSettings {
  const plain = text.replaceAll("\r", "").replace(/(^|\s)#.*$/gm, "$1");
  const [, section = ""] = /^["']?runtime["']?[ \t]*:([^]*?)(?=^[^\s}]|$(?![^]))/m.exec(plain) ?? [];
  const [, scalar] = /^\s*["']?([\w-]+)["']?\s*$/.exec(section) ?? [];
  const [, named] = /\bname["']?[ \t]*:[ \t]*["']?([\w-]+)/.exec(section) ?? [];
  const [, main] = /^["']?main["']?[ \t]*:[ \t]*(.+)$/m.exec(plain) ?? [];
  const [, nodeArguments = ""] = /\bnodeargs\b([^\n]*)/.exec(section) ?? [];
  return {
    runtime: scalar ?? named ?? "",
    main: main?.trim().replace(/^(["'])(.*)\1$/, "$2"),
    typescript: !/\btypescript["']?[ \t]*:[ \t]*["']?false\b/.test(section),
    loader: /\b(?:tsx|ts-node)\b/.test(nodeArguments),
  };
}

/** The settings of the nearest package.json that say how the program is run. */
interface PackageSettings {
  /** The path from the exported folder to that of package.json; "" if they are the same. */
  readonly folder: string;
  readonly type: "module" | "commonjs" | undefined;
  /** The entry file, as package.json has it. */
  readonly main: string | undefined;
  /** The whole text; undefined if there is no package.json. */
  readonly text: string | undefined;
}

const text = z.string().optional().catch(undefined);
const conditions = z.looseObject({ default: text, require: text, import: text });
const manifest = z.looseObject({
  type: z.enum(["module", "commonjs"]).optional().catch(undefined),
  main: text,
  exports: z
    .union([z.string(), z.looseObject({ ".": z.union([z.string(), conditions]).optional() })])
    .optional()
    .catch(undefined),
});

/** The package.json that applies to a folder: its own, or the nearest one above. */
export function packageOf({ read, above }: Folder, folder: string): PackageSettings {
  for (let at = folder === "." ? "" : folder; ; at = posix.dirname(at).replace(/^\.$/, "")) {
    const found = read(posix.join(at, "package.json"));
    if (found !== undefined) return settingsOf(at, found);
    if (at === "") break;
  }
  return above === undefined
    ? { folder: "", type: undefined, main: undefined, text: undefined }
    : settingsOf(above.folder, above.text);
}

function settingsOf(folder: string, content: string): PackageSettings {
  const parsed = manifest.safeParse(readJson(content));
  if (!parsed.success) return { folder, type: undefined, main: undefined, text: content };
  const { type, main, exports } = parsed.data;
  return { folder, type, main: exports === undefined ? main : exported(exports), text: content };
}

/** The entry file in `exports`, as Pulumi reads it. */
function exported(exports: NonNullable<z.infer<typeof manifest>["exports"]>): string | undefined {
  const own = typeof exports === "string" ? exports : exports["."];
  return typeof own === "object" ? (own.default ?? own.require ?? own.import) : own;
}
