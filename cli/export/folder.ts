import { lstatSync, readdirSync, readFileSync, realpathSync, type Stats, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, sep } from "node:path";
import * as z from "zod";
import { errorCode } from "../files";
import { IdMap, IdSet } from "../../provider/model/ids";
import { UserError } from "../../provider/troubleshooting";
import { compareText, readJson } from "../text";
import { readProgramText, type Taken } from "./identifiers";

/** What the folder has into which an export writes. */
export interface Folder {
  /** As an absolute path. */
  readonly path: string;
  /** The text of every file of the program, by its path in the folder; none if the folder does not exist. */
  readonly sources: ReadonlyMap<string, string>;
  /** The other files, without those in subfolders. */
  readonly others: ReadonlySet<string>;
  readonly manifest: Manifest;
  /** The text of Pulumi.yaml, if there is one. */
  readonly project: string | undefined;
  /** The nearest package.json in a folder above, and the path from here to that folder. */
  readonly above: { readonly folder: string; readonly text: string } | undefined;
  /** Whether ts-node is installed, or named in package.json: Pulumi then loads ES modules with it. */
  readonly hasTsNode: boolean;
  /** The text of a plain file; undefined if there is none. */
  readonly read: (path: string) => string | undefined;
}

const SOURCE = /\.[cm]?[jt]sx?$/;
/** Folders with files that nobody wrote by hand. */
const GENERATED = new Set(["node_modules", "dist", "bin"]);

export function readFolder(path: string): Folder {
  requireOwnFolder(path);
  const sources = new Map<string, string>();
  const others = new Set<string>();
  collect(path, "", sources, others);
  const read = (file: string): string | undefined => readPlain(join(path, file));
  const manifest = read(MANIFEST);
  return {
    path,
    sources,
    others,
    manifest: manifest === undefined ? new IdMap() : parseManifest(manifest),
    project: read("Pulumi.yaml") ?? read("Pulumi.yml"),
    above: packageAbove(path),
    hasTsNode: read("package.json")?.includes('"ts-node"') === true || resolves(path, "ts-node/esm"),
    read,
  };
}

/** Links are followed. Anything else than a file is not opened: reading a pipe would wait for ever. */
function readPlain(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
    ? readFileSync(path, "utf8")
    : undefined;
}

function packageAbove(path: string): Folder["above"] {
  for (let at = dirname(path); ; at = dirname(at)) {
    const text = readPlain(join(at, "package.json"));
    if (text !== undefined) return { folder: relative(path, at).replaceAll(sep, "/"), text };
    if (at === dirname(at)) return undefined;
  }
}

function resolves(folder: string, module: string): boolean {
  try {
    createRequire(join(folder, "package.json")).resolve(module);
    return true;
  } catch {
    return false;
  }
}

function collect(root: string, inside: string, sources: Map<string, string>, others: Set<string>): void {
  for (const entry of list(join(root, inside))) {
    const path = inside === "" ? entry.name : `${inside}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!entry.name.startsWith(".") && !GENERATED.has(entry.name)) collect(root, path, sources, others);
    } else if (SOURCE.test(entry.name)) {
      const text = readPlain(join(root, path));
      if (text !== undefined) sources.set(path, text);
    } else if (inside === "") others.add(path);
  }
}

function list(folder: string): { name: string; isDirectory: () => boolean }[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT") return [];
    throw new UserError("export-folder", `${folder} cannot be read (${code}): give a folder with --out.`, {
      cause: error,
    });
  }
}

const GUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;
const ADOPT = /(?:adopt['"]?\s*:\s*['"`]|import['"]?\s*:\s*['"]?)$/;

/** The beginning, behind the signs of a comment, of one that says why a client is not in the program. */
export const LEFT_OUT = "Left out: ";

const isLeftOut = (line: string): boolean =>
  line.startsWith(`// ${LEFT_OUT}`) || line.startsWith(`# ${LEFT_OUT}`);

/** A client's GUID in the program. */
interface Mention {
  readonly file: string;
  /** Whether it is the value of `adopt`, or of the option `import`. */
  readonly adopted: boolean;
}

/** The GUIDs that the program has anywhere, also in comments. */
export type Mentions = IdMap<Mention>;

export function mentionsIn({ sources }: Folder): Mentions {
  const mentions = new IdMap<Mention>();
  for (const [file, text] of sources) {
    const lines = text.split("\n").map((line) => (isLeftOut(line) ? "" : line));
    const program = lines.join("\n");
    for (const { 0: guid, index } of program.matchAll(GUID)) {
      const adopted = ADOPT.test(program.slice(Math.max(0, index - 20), index));
      if (adopted || !mentions.has(guid)) mentions.set(guid, { file, adopted });
    }
  }
  return mentions;
}

/** The GUIDs of clients for which the program has a comment that says why they are left out. */
export function notedIn({ sources }: Folder): IdSet {
  const lines = [...sources.values()].flatMap((text) => text.split("\n"));
  const notes = lines.filter(isLeftOut);
  return new IdSet(notes.flatMap((line) => line.match(GUID) ?? []));
}

/** The names of resources and variables that the program has already. */
export function takenIn({ sources, manifest }: Folder): Taken {
  const texts = [...sources.values()].map(readProgramText);
  return {
    resources: new Set([...manifest.values(), ...texts.flatMap(({ strings }) => [...strings])]),
    variables: new Set(texts.flatMap(({ words }) => [...words])),
  };
}

/** A file beside the program with the clients that export has written, so that they are known after `adopt` is removed. */
export const MANIFEST = "thinkgeo-export.json";

/** Names of resources by the GUID of their client. */
type Manifest = IdMap<string>;

const manifestFile = z.looseObject({ version: z.literal(1), clients: z.record(z.string(), z.string()) });

function parseManifest(text: string): Manifest {
  const parsed = manifestFile.safeParse(readJson(text));
  if (!parsed.success)
    throw new UserError(
      "export-folder",
      `${MANIFEST} is not what export wrote: put it back from version control, or delete it if every resource in the program still has its adopt line.`,
    );
  return new IdMap(Object.entries(parsed.data.clients));
}

export function printManifest(manifest: Manifest): string {
  const entries = [...manifest].map(([id, resource]) => [id.toLowerCase(), resource] as const);
  const clients = Object.fromEntries(entries.sort(([left], [right]) => compareText(left, right)));
  return `${JSON.stringify({ version: 1, clients }, undefined, 2)}\n`;
}

/** Throws unless the path is a folder of the user's own, or nothing yet. */
function requireOwnFolder(path: string): void {
  const kind = kindOf(path);
  if (kind === "link")
    throw new UserError(
      "export-folder",
      `${path} is a link, which export does not follow: give the folder itself with --out.`,
    );
  if (isSystems(path) || isSystems(realPath(path)))
    throw new UserError(
      "export-folder",
      `${path} belongs to the system: give a folder of your own with --out.`,
    );
  if (kind !== "folder" && kind !== "nothing")
    throw new UserError(
      "export-folder",
      `${path} cannot be read (it is a ${kind}): give a folder with --out.`,
    );
}

/** Throws unless the path is a plain file, or nothing yet: a link would lead out of the folder, and writing into a pipe waits. */
export function requirePlainFile(path: string): void {
  const kind = kindOf(path);
  if (kind !== "file" && kind !== "nothing")
    throw new UserError(
      "export-folder",
      `${path} is a ${kind}, and export writes into plain files only: nothing was written.`,
    );
}

type EntryKind = "nothing" | "file" | "folder" | "link" | "named pipe" | "socket" | "device";

function kindOf(path: string): EntryKind {
  let stats: Stats | undefined;
  try {
    stats = lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    const code = errorCode(error);
    const reason = code === "ENOTDIR" ? "a part of its path is no folder" : code;
    throw new UserError("export-folder", `${path} cannot be read (${reason}): give a folder with --out.`, {
      cause: error,
    });
  }
  if (stats === undefined) return "nothing";
  if (stats.isDirectory()) return "folder";
  if (stats.isSymbolicLink()) return "link";
  if (stats.isFile()) return "file";
  if (stats.isFIFO()) return "named pipe";
  return stats.isSocket() ? "socket" : "device";
}

/** The path without links. A folder that does not exist yet is not resolved, but the nearest one above it is. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    const above = dirname(path);
    if (above === path) throw error;
    return realPath(above);
  }
}

/** The folders of the kernel's own file systems. /dev/shm is an ordinary folder in memory. */
const isSystems = (path: string): boolean => /^\/(?:proc|sys|dev(?!\/shm\/))(?:\/|$)/.test(path);
