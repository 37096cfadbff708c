import { posix } from "node:path";
import type { ClientType } from "../../provider/model/wire";
import { CLIENTS_HEADERS, INDEX_HEADER, isClientsFile } from "./file-headers";
import type { Folder } from "./folder";
import { LEFT_OUT, notedIn, takenIn } from "./folder";
import { nameAll } from "./identifiers";
import { LEDGER, printLedger } from "./ledger";
import { packageOf } from "./package-settings";
import { printBlock, printComment, printString } from "./print";
import { allowsTypeScript, runsIndex, type Program } from "./program";
import { CLIENT_FILES, projectFiles } from "./project-files";
import type { Exported } from "./sort-out";
import type { LeftOut, Written } from "./summary";
import { sentence } from "../text";

/** What is to become of one file. */
export interface Change {
  readonly path: string;
  /** `replace`: our own ledger only. */
  readonly action: "create" | "append" | "replace";
  readonly text: string;
}

export interface Plan {
  /** In the order in which an export that is cut off leaves least to do. */
  readonly changes: readonly Change[];
  readonly written: readonly Written[];
  readonly notes: readonly string[];
}

/** What a program gets, and where, so that nothing it has is changed; `name` is for a project that is made. */
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
    const block = printBlock({ naming, declaration, comments, exported: EXPORTED[program.syntax] });
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
      ...ledgerChange(folder, written),
    ],
    written,
    notes: written.length === 0 ? [] : notesFor(folder, program),
  };
}

const EXPORTED = { import: "export const ", require: "exports." } as const;

/** The file for clients of one type: its usual one beside the first, or the next that the program has not taken for something else. */
function fileFor(type: ClientType, { sources }: Folder, { entry, extension, syntax }: Program): string {
  const usual = posix.join(posix.dirname(entry), CLIENT_FILES[type]);
  for (let turn = 1; ; turn++) {
    const path = `${usual}${turn === 1 ? "" : `-${turn}`}${extension}`;
    const text = sources.get(path);
    if (text === undefined || isClientsFile(text, syntax)) return path;
  }
}

function changeOf({ sources }: Folder, path: string, header: string, body: string): Change {
  const there = sources.get(path);
  if (there === undefined) return { path, action: "create", text: `${header}\n${body}\n` };
  const gap = there === "" ? "" : there.endsWith("\n") ? "\n" : "\n\n";
  const text = `${gap}${body}\n`;
  return { path, action: "append", text: there.includes("\r\n") ? text.replaceAll("\n", "\r\n") : text };
}

/** The first file of the program takes in the files of clients, and says which clients are left out. */
function entryChange(
  folder: Folder,
  { entry, extension, suffix, syntax }: Program,
  files: readonly string[],
  leftOut: readonly LeftOut[],
): Change[] {
  const there = folder.sources.get(entry);
  const modules = files.map((file) => `./${posix.basename(file, extension)}`);
  const missing = modules.filter((module) => !importsOf(there).includes(module));
  const imports = missing.map((module) => {
    const name = printString(module + suffix);
    return syntax === "import" ? `import ${name};` : `require(${name});`;
  });
  const noted = notedIn(folder);
  const remarks = leftOut.filter(({ id }) => !noted.has(id.toLowerCase())).map(leftOutLine);
  const body = [imports.join("\n"), remarks.join("\n")].filter((part) => part !== "").join("\n\n");
  if (there !== undefined) return body === "" ? [] : [changeOf(folder, entry, "", body)];
  const program = imports.length === 0 && syntax === "import" ? ["export {};", body] : [body];
  return [changeOf(folder, entry, INDEX_HEADER, program.filter((part) => part !== "").join("\n\n"))];
}

const importsOf = (text = ""): string[] =>
  [...text.matchAll(/["'](\.\/[^"'\n]+?)(?:\.[cm]?[jt]s)?["']/g)].map(([, module = ""]) => module);

const leftOutLine = ({ id, name, reason }: LeftOut): string =>
  LEFT_OUT +
  printComment(`${JSON.stringify(name.slice(0, 80))} (${id}): ${sentence(reason)}`).slice("// ".length);

/** What makes a project of the folder; a project that is there already has all that it needs. */
function projectChanges(folder: Folder, program: Program, name: string): Change[] {
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
    ...(missing === ""
      ? []
      : [`package.json was there and does not name all that is needed: npm install ${missing}`]),
    ...(namesTypeScript && folder.read("tsconfig.json") !== undefined && !allowsTypeScript(folder)
      ? ["Node.js runs the program as it is; for tsc, set rewriteRelativeImportExtensions in tsconfig.json."]
      : []),
  ];
}

/** The packages that a program needs and its package.json, which is not export's, does not name. */
function missingPackages(folder: Folder, { entry, isProject }: Program): string {
  const { text } = packageOf(folder, posix.dirname(entry));
  if (text === undefined) return "";
  // Who has a program in TypeScript has its compiler somewhere.
  const wanted = ["pulumi-thinkgeo", "@pulumi/pulumi", ...(isProject ? [] : ["typescript", "@types/node"])];
  return wanted.filter((name) => !text.includes(`"${name}"`)).join(" ");
}

function ledgerChange({ ledger, others }: Folder, written: readonly Written[]): Change[] {
  if (written.length === 0) return [];
  const text = printLedger(
    new Map([...ledger, ...written.map(({ id, resource }) => [id.toLowerCase(), resource] as const)]),
  );
  return [{ path: LEDGER, action: others.has(LEDGER) ? "replace" : "create", text }];
}
