import type { ClientType } from "../../provider/model/args";
import type { Folder } from "./folder";
import { LEFT_OUT, notedIn, takenIn } from "./folder";
import { nameAll } from "./identifiers";
import { LEDGER, printLedger } from "./ledger";
import { printBlock, printComment, printString } from "./print";
import { CLIENTS_HEADER, CLIENT_FILES, INDEX, INDEX_HEADER, projectFiles } from "./project-files";
import { sentence } from "./sentence";
import type { Exported } from "./sort-out";
import type { LeftOut, Written } from "./summary";

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

/** What a program gets, and where, so that nothing it has is changed. */
export function plan(
  folder: Folder,
  project: string,
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
    const file = fileFor(type, folder);
    const block = printBlock({ naming, declaration, comments });
    blocks.set(file, [...(blocks.get(file) ?? []), block]);
    written.push({ id, name, type, ...naming, file, notes: [...comments] });
  }
  const files = [...blocks.keys()].sort();
  const clients = [...blocks].map(([path, list]) =>
    changeOf(folder, path, CLIENTS_HEADER, list.join("\n\n")),
  );
  const index = planIndex(folder, files, leftOut);
  const rest = Object.entries(projectFiles(project)).filter(([path]) => !folder.others.has(path));
  const notes = [...index.notes, ...missingPackage(folder)];
  return {
    changes: [
      ...index.changes,
      ...clients,
      ...rest.map(([path, text]) => ({ path, action: "create" as const, text })),
      ...ledgerChange(folder, written),
    ],
    written,
    notes,
  };
}

/** The file for clients of one type: its usual one, or the next that a program of another make has not taken. */
function fileFor(type: ClientType, { sources }: Folder): string {
  const usual = CLIENT_FILES[type];
  for (let turn = 1; ; turn++) {
    const path = turn === 1 ? usual : usual.replace(/\.ts$/, `-${turn}.ts`);
    const text = sources.get(path);
    if (text === undefined || /\bimport\s+\*\s+as\s+thinkgeo\s+from\s+["']pulumi-thinkgeo["']/.test(text))
      return path;
  }
}

function changeOf({ sources }: Folder, path: string, header: string, body: string): Change {
  const there = sources.get(path);
  if (there === undefined) return { path, action: "create", text: `${header}\n${body}\n` };
  const gap = there === "" ? "" : there.endsWith("\n") ? "\n" : "\n\n";
  const text = `${gap}${body}\n`;
  return { path, action: "append", text: there.includes("\r\n") ? text.replaceAll("\n", "\r\n") : text };
}

/** The first file of the program imports the files of clients, and says which clients are left out. */
function planIndex(
  folder: Folder,
  files: readonly string[],
  leftOut: readonly LeftOut[],
): { changes: Change[]; notes: string[] } {
  const there = folder.sources.get(INDEX);
  const suffix = (folder.manifest ?? "").match(/"type"\s*:\s*"module"/) === null ? "" : ".js";
  const modules = files.map((file) => `./${file.replace(/\.ts$/, "")}`);
  const missing = modules.filter((module) => !importsOf(there).includes(module));
  if (there === undefined && folder.others.has("Pulumi.yaml")) {
    const notes = missing.map(
      (module) => `Import "${module}" from your program: the folder has a Pulumi.yaml and no index.ts.`,
    );
    return { changes: [], notes };
  }
  const imports = missing.map((module) => `import ${printString(module + suffix)};`);
  const noted = notedIn(folder);
  const remarks = leftOut.filter(({ id }) => !noted.has(id.toLowerCase())).map(leftOutLine);
  const body = [imports.join("\n"), remarks.join("\n")].filter((part) => part !== "").join("\n\n");
  if (there !== undefined)
    return { changes: body === "" ? [] : [changeOf(folder, INDEX, "", body)], notes: [] };
  const program =
    imports.length === 0 ? ["export {};", body].filter((part) => part !== "").join("\n\n") : body;
  return { changes: [changeOf(folder, INDEX, INDEX_HEADER, program)], notes: [] };
}

const importsOf = (text = ""): string[] =>
  [...text.matchAll(/["'](\.\/[^"'\n]+?)(?:\.[jt]s)?["']/g)].map(([, module = ""]) => module);

const leftOutLine = ({ id, name, reason }: LeftOut): string =>
  LEFT_OUT +
  printComment(`${JSON.stringify(name.slice(0, 80))} (${id}): ${sentence(reason)}`).slice("// ".length);

function missingPackage({ manifest }: Folder): string[] {
  return manifest === undefined || manifest.includes('"pulumi-thinkgeo"')
    ? []
    : [
        "package.json was there and does not name pulumi-thinkgeo: npm install pulumi-thinkgeo @pulumi/pulumi",
      ];
}

function ledgerChange({ ledger, others }: Folder, written: readonly Written[]): Change[] {
  if (written.length === 0) return [];
  const text = printLedger(
    new Map([...ledger, ...written.map(({ id, resource }) => [id.toLowerCase(), resource] as const)]),
  );
  return [{ path: LEDGER, action: others.has(LEDGER) ? "replace" : "create", text }];
}
