import { closeSync, constants, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join, posix } from "node:path";
import { IdMap } from "../../provider/model/ids";
import type { ClientType } from "../../provider/model/wire";
import { errorCode } from "../files";
import { sentence } from "../../provider/text";
import { quoted } from "../text";
import { UserError } from "../../provider/troubleshooting";
import { type Folder, LEFT_OUT, MANIFEST, notedIn, printManifest, requirePlainFile, takenIn } from "./folder";
import { nameAll } from "./identifiers";
import { printBlock, printComment, printString } from "./print";
import { allowsTypeScript, packageOf, type Program, runsIndex } from "./program";
import {
  CLIENT_FILES,
  CLIENTS_HEADERS,
  INDEX_HEADER,
  isClientsFile,
  PACKAGE,
  packagesWanted,
  projectFiles,
} from "./project-files";
import type { LeftOut, Written } from "./report";
import type { Exported } from "./select";

/** What to do with one file. */
export interface FileChange {
  readonly path: string;
  /** `replace`: export's own manifest, and a YAML program to which lines are added. */
  readonly action: "create" | "append" | "replace";
  readonly text: string;
}

export interface Plan {
  /** In an order in which an interrupted export leaves the least to be done by the next one. */
  readonly changes: readonly FileChange[];
  readonly written: readonly Written[];
  readonly notes: readonly string[];
}

/** Where the new clients are written, so that nothing in the program is changed; `name` is for a new project. */
export function plan(
  folder: Folder,
  program: Program,
  name: string,
  exported: readonly Exported[],
  leftOut: readonly LeftOut[],
): Plan {
  const names = nameAll(
    exported.map(({ declaration: { adopt: id, name } }) => ({ id, name })),
    takenIn(folder),
  );
  const written: Written[] = [];
  const blocks = new Map<string, string[]>();
  for (const [index, { declaration, comments }] of exported.entries()) {
    const naming = names[index];
    if (naming === undefined) continue;
    const { adopt: id, name, type } = declaration;
    const file = fileFor(type, folder, program);
    const block = printBlock({ naming, declaration, comments, exported: DECLARED[program.syntax] });
    blocks.set(file, [...(blocks.get(file) ?? []), block]);
    written.push({ id, name, type, ...naming, file, notes: [...comments] });
  }
  const files = [...blocks.keys()].sort();
  const clients = [...blocks].map(([path, list]) =>
    changeOf(folder, path, CLIENTS_HEADERS[program.syntax], list.join("\n\n")),
  );
  return {
    changes: [
      ...entryChange(folder, program, files, leftOut),
      ...clients,
      ...projectChanges(folder, program, name),
      ...manifestChange(folder, written),
    ],
    written,
    notes: written.length === 0 ? [] : notesFor(folder, program),
  };
}

const DECLARED = { import: "export const ", require: "exports." } as const;

/** The file for clients of one type, beside the entry file. A number is added while the program has another file of that name. */
function fileFor(type: ClientType, { sources }: Folder, { entry, extension, syntax }: Program): string {
  const usual = posix.join(posix.dirname(entry), CLIENT_FILES[type]);
  for (let turn = 1; ; turn++) {
    const path = `${usual}${turn === 1 ? "" : `-${turn}`}${extension}`;
    const text = sources.get(path);
    if (text === undefined || isClientsFile(text, syntax)) return path;
  }
}

function changeOf({ sources }: Folder, path: string, header: string, body: string): FileChange {
  const there = sources.get(path);
  if (there === undefined) return { path, action: "create", text: `${header}\n${body}\n` };
  const gap = there === "" ? "" : there.endsWith("\n") ? "\n" : "\n\n";
  const text = `${gap}${body}\n`;
  return { path, action: "append", text: there.includes("\r\n") ? text.replaceAll("\n", "\r\n") : text };
}

/** The entry file imports the files of clients, and has a comment for each client that is left out. */
function entryChange(
  folder: Folder,
  { entry, extension, suffix, syntax }: Program,
  files: readonly string[],
  leftOut: readonly LeftOut[],
): FileChange[] {
  const there = folder.sources.get(entry);
  const modules = files.map((file) => `./${posix.basename(file, extension)}`);
  const missing = modules.filter((module) => !importsOf(there).includes(module));
  const imports = missing.map((module) => {
    const name = printString(module + suffix);
    return syntax === "import" ? `import ${name};` : `require(${name});`;
  });
  const noted = notedIn(folder);
  const remarks = leftOut
    .filter(({ id }) => !noted.has(id))
    .map((client) => printComment(leftOutText(client)));
  const body = [imports.join("\n"), remarks.join("\n")].filter((part) => part !== "").join("\n\n");
  if (there !== undefined) return body === "" ? [] : [changeOf(folder, entry, "", body)];
  const program = imports.length === 0 && syntax === "import" ? ["export {};", body] : [body];
  return [changeOf(folder, entry, INDEX_HEADER, program.filter((part) => part !== "").join("\n\n"))];
}

const importsOf = (text = ""): string[] =>
  [...text.matchAll(/["'](\.\/[^"'\n]+?)(?:\.[cm]?[jt]s)?["']/g)].map(([, module = ""]) => module);

/** Why a client is not in the program, without the signs of a comment. */
export const leftOutText = ({ id, name, reason }: LeftOut): string =>
  `${LEFT_OUT}${quoted(name, 80)} (${id}): ${sentence(reason)}`;

/** The project files of a new project. An existing project gets none. */
function projectChanges(folder: Folder, program: Program, name: string): FileChange[] {
  if (program.isProject) return [];
  const { namesTypeScript } = program;
  const files = projectFiles({ name, namesMain: !runsIndex(folder), namesTypeScript });
  return Object.entries(files)
    .filter(([path]) => !folder.others.has(path))
    .map(([path, text]) => ({ path, action: "create", text }));
}

function notesFor(folder: Folder, program: Program): string[] {
  const { entry, isCompiled, namesTypeScript } = program;
  const missing = missingPackages(folder, program);
  return [
    ...(isCompiled
      ? [`Compile before "pulumi up": Pulumi runs what is made of ${entry}, not that file.`]
      : []),
    ...(missing.length === 0 ? [] : [packagesWanted(missing)]),
    ...(namesTypeScript && folder.read("tsconfig.json") !== undefined && !allowsTypeScript(folder)
      ? ["Node.js runs the program as it is; for tsc, set rewriteRelativeImportExtensions in tsconfig.json."]
      : []),
  ];
}

/** The packages that the program needs and that its own package.json does not name. */
function missingPackages(folder: Folder, { entry, isProject }: Program): string[] {
  const { text } = packageOf(folder, posix.dirname(entry));
  if (text === undefined) return [];
  // An existing program in TypeScript has a compiler already.
  const wanted = [PACKAGE, "@pulumi/pulumi", ...(isProject ? [] : ["typescript", "@types/node"])];
  return wanted.filter((name) => !text.includes(`"${name}"`));
}

export function manifestChange({ manifest, others }: Folder, written: readonly Written[]): FileChange[] {
  if (written.length === 0) return [];
  const text = printManifest(
    new IdMap([...manifest, ...written.map(({ id, resource }) => [id, resource] as const)]),
  );
  return [{ path: MANIFEST, action: others.has(MANIFEST) ? "replace" : "create", text }];
}

/** Writes the changes. A file that was created since the folder was read is not overwritten. */
export function writeFiles(folder: string, changes: readonly FileChange[]): void {
  for (const { path } of changes) requirePlainFile(join(folder, path));
  try {
    mkdirSync(folder, { recursive: true });
    for (const { path, action, text } of changes) {
      const file = join(folder, path);
      if (action === "append") append(file, text);
      else if (action === "create") writeFileSync(file, text, { flag: "wx" });
      else {
        rmSync(`${file}.new`, { force: true });
        writeFileSync(`${file}.new`, text, { flag: "wx" });
        renameSync(`${file}.new`, file);
      }
    }
  } catch (error) {
    throw new UserError(
      "export-folder",
      `${folder} cannot be written (${errorCode(error)}): run the command again when it can, it goes on where it stopped.`,
      { cause: error },
    );
  }
}

/** Appends to an existing file, and never through a link that was created since the folder was read. */
function append(file: string, text: string): void {
  const opened = openSync(file, constants.O_WRONLY | constants.O_APPEND | constants.O_NOFOLLOW);
  try {
    writeFileSync(opened, text);
  } finally {
    closeSync(opened);
  }
}
