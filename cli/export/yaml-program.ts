import { VERSION } from "../../provider/versions";
import { UserError } from "../../provider/troubleshooting";
import type { Declaration } from "./declaration";
import { type Folder, notedIn } from "./folder";
import { nameAll } from "./identifiers";
import { type FileChange, leftOutText, manifestChange, type Plan } from "./plan";
import { printComment } from "./print";
import { readProjectSettings } from "./program";
import { DESCRIPTION, json, PACKAGE, packagesWanted } from "./project-files";
import type { LeftOut, Written } from "./report";
import type { Exported } from "./select";
import { printYaml } from "./yaml";

/** The file that has project and program. */
const PROGRAM = "Pulumi.yaml";

/** The files of a new project. */
export const YAML_FILES: readonly string[] = ["package.json", PROGRAM];

/** A folder as export reads it, with the YAML program as its only source. */
export function readYamlProgram(folder: Folder): Folder {
  const { path, project, others, read } = folder;
  if (project === undefined) return { ...folder, sources: new Map() };
  const { runtime, main } = readProjectSettings(project);
  if (runtime !== "yaml")
    throw new UserError(
      "export-folder",
      `${path} has a Pulumi project of another kind (runtime: ${runtime || "not found in its Pulumi.yaml"}): ` +
        "--language yaml writes programs for yaml. Give another folder with --out.",
    );
  const text = read(PROGRAM);
  const isElsewhere = main !== undefined || ["Main.yaml", "Main.json"].some((file) => others.has(file));
  const [, rest = ""] = HEAD.exec(text ?? "") ?? [];
  if (text === undefined || isElsewhere || !/^(?:#.*)?$/.test(rest.trim()))
    throw new UserError(
      "export-folder",
      `${path} has a YAML program whose resources are not lines of their own under "resources:" in its Pulumi.yaml, ` +
        "where export adds clients. Give another folder with --out.",
    );
  return { ...folder, sources: new Map([[PROGRAM, text]]) };
}

const HEAD = /^["']?resources["']?[ \t]*:(.*)$/m;

/** Whether the program has a resource of this name. */
export const namesInYaml = (text: string, resource: string): boolean =>
  keysIn(text).some(({ indent, key }) => key === resource && indent === indentIn(text));

/** All keys of a program, of resources, variables and properties alike. */
const keysIn = (text = ""): { readonly indent: string; readonly key: string }[] =>
  text.split("\n").flatMap((line) => {
    const [head, indent = "", double, single, plain = ""] = KEY.exec(line) ?? [];
    return head === undefined ? [] : [{ indent, key: double ?? single ?? plain.trimEnd() }];
  });

const KEY = /^( *)(?:"([^"]*)"|'([^']*)'|([^\s"'#:][^:]*)):(?:\s|$)/;

/** Where the new clients are written in a YAML program; `name` is for a new project. */
export function planYaml(
  folder: Folder,
  name: string,
  exported: readonly Exported[],
  leftOut: readonly LeftOut[],
): Plan {
  const there = folder.sources.get(PROGRAM);
  const taken = new Set([...folder.manifest.values(), ...keysIn(there).map(({ key }) => key), "pulumi"]);
  const names = nameAll(
    exported.map(({ declaration: { adopt: id, name } }) => ({ id, name })),
    { resources: taken, variables: new Set() },
  );
  const indent = indentIn(there);
  const clients: string[] = [];
  const written: Written[] = [];
  for (const [index, { declaration, comments }] of exported.entries()) {
    const { resource } = names[index] ?? { resource: "" };
    const { adopt: id, name, type } = declaration;
    clients.push(
      ...comments.map((text) => indent + printComment(text, "#")),
      ...printYaml({ [resource]: resourceOf(declaration) }, indent),
    );
    written.push({ id, name, type, resource, variable: resource, file: PROGRAM, notes: [...comments] });
  }
  const noted = notedIn(folder);
  const remarks = leftOut
    .filter(({ id }) => !noted.has(id))
    .map((client) => printComment(leftOutText(client), "#"));
  return {
    changes: [
      ...packageChange(folder, name),
      ...programChange(there, name, clients, remarks),
      ...manifestChange(folder, written),
    ],
    written,
    notes: written.length === 0 ? [] : notesFor(folder),
  };
}

function notesFor({ sources, read }: Folder): string[] {
  const there = sources.get(PROGRAM);
  if (there !== undefined) return PLUGIN.test(there) ? [] : [PLUGIN_WANTED];
  const isWanting = read("package.json")?.includes(`"${PACKAGE}"`) === false;
  return isWanting ? [packagesWanted([PACKAGE])] : [];
}

/** A plugin that is named, or a resource of it that is there. */
const PLUGIN = /\bname["']?[ \t]*:[ \t]*["']?thinkgeo\b|\btype["']?[ \t]*:[ \t]*["']?thinkgeo:/;
const PLUGIN_WANTED =
  "The program needs the resource plugin thinkgeo: docs/guides/other-languages.md says how it is installed.";

const resourceOf = ({ adopt, ...properties }: Declaration) => ({
  type: "thinkgeo:Client",
  properties: Object.fromEntries(
    Object.entries<boolean | string | readonly string[]>(properties).map(([key, value]) => [
      key,
      literal(value),
    ]),
  ),
  options: { import: adopt },
});

const literal = (value: boolean | string | readonly string[]): boolean | string | readonly string[] =>
  typeof value === "boolean" ? value : typeof value === "string" ? asLiteral(value) : value.map(asLiteral);

/** A text in which Pulumi's YAML sees no `${…}`. */
const asLiteral = (text: string): string => text.replaceAll("$", "$$$$");

/** What the program's package.json is for: it brings the plugin. */
function packageChange({ sources, others }: Folder, name: string): FileChange[] {
  if (sources.has(PROGRAM) || others.has("package.json")) return [];
  const text = json({ name, private: true, dependencies: { [PACKAGE]: `^${VERSION}` } });
  return [{ path: "package.json", action: "create", text }];
}

function programChange(
  there: string | undefined,
  name: string,
  clients: readonly string[],
  remarks: readonly string[],
): FileChange[] {
  if (there === undefined) {
    const lines = [
      ...headOf(name),
      ...(clients.length === 0 ? [] : ["resources:", ...clients]),
      ...remarks,
      "",
    ];
    return [{ path: PROGRAM, action: "create", text: lines.join("\n") }];
  }
  if (clients.length + remarks.length === 0) return [];
  const end = there.includes("\r\n") ? "\r\n" : "\n";
  const lines = (there.endsWith("\n") ? there : there + end).split(/(?<=\n)/);
  const place = endOfResources(lines);
  const added = place === undefined && clients.length > 0 ? ["resources:", ...clients] : clients;
  const withEnd = (line: string): string => line + end;
  const all = lines.toSpliced(place ?? lines.length, 0, ...added.map(withEnd));
  return [{ path: PROGRAM, action: "replace", text: [...all, ...remarks.map(withEnd)].join("") }];
}

const headOf = (name: string): string[] => [
  '# Written by "thinkgeo export": each client is imported by its GUID and stays as it is. Export again into this folder',
  "# to add clients that are new; what is written here already is never changed.",
  ...printYaml({
    name,
    description: DESCRIPTION,
    runtime: "yaml",
    plugins: { providers: [{ name: "thinkgeo", path: "./node_modules/.bin" }] },
  }),
];

/** The index of the line behind the last one of the resources; undefined if there are none. */
function endOfResources(lines: readonly string[]): number | undefined {
  const head = lines.findIndex((line) => HEAD.test(line));
  if (head === -1) return undefined;
  const next = lines.findIndex((line, index) => index > head && /^[^\s#]/.test(line));
  const section = lines.slice(0, next === -1 ? lines.length : next);
  return section.findLastIndex((line, index) => index === head || /^\s+\S/.test(line)) + 1;
}

/** The indentation of the resources that are there. */
function indentIn(text = ""): string {
  const resources = HEAD.test(text) ? text.slice(text.search(HEAD)) : "";
  return /^( +)[^\s#]/m.exec(resources)?.[1] ?? "  ";
}
