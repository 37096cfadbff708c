import { readdirSync, readFileSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, relative, sep } from "node:path";
import { errorCode } from "../files";
import { LEDGER, parseLedger, type Ledger } from "./ledger";
import { requireOwnFolder } from "./out-folder";
import { readProgramText } from "./program-text";
import type { Taken } from "./identifiers";

/** What an export finds in the folder that it is to write into. */
export interface Folder {
  /** As an absolute path. */
  readonly path: string;
  /** Every file of the program, by its path in the folder; none where the folder does not exist. */
  readonly sources: ReadonlyMap<string, string>;
  /** Other files at its top. */
  readonly others: ReadonlySet<string>;
  readonly ledger: Ledger;
  /** The text of its Pulumi.yaml, if it is a project already. */
  readonly project: string | undefined;
  /** The text of its package.json, if it has one. */
  readonly manifest: string | undefined;
  /** The nearest package.json above it, and that one's folder as seen from here. */
  readonly above: { readonly folder: string; readonly text: string } | undefined;
  /** Whether the loader of ts-node is installed for it, or about to be: Pulumi then uses that for ES modules. */
  readonly hasTsNode: boolean;
  /** The text of a plain file in it; undefined where there is none. */
  readonly read: (path: string) => string | undefined;
}

/** Where the program speaks of a client. */
export interface Mention {
  readonly file: string;
  /** Whether that is in an `adopt` line. */
  readonly adopted: boolean;
}

const SOURCE = /\.[cm]?[jt]sx?$/;
const NOT_OURS = new Set(["node_modules", "dist", "bin"]);

export function readFolder(path: string): Folder {
  requireOwnFolder(path);
  const sources = new Map<string, string>();
  const others = new Set<string>();
  collect(path, "", sources, others);
  const read = (file: string): string | undefined => readPlain(join(path, file));
  const ledger = read(LEDGER);
  const manifest = read("package.json");
  return {
    path,
    sources,
    others,
    ledger: ledger === undefined ? new Map<string, string>() : parseLedger(ledger),
    project: read("Pulumi.yaml") ?? read("Pulumi.yml"),
    manifest,
    above: manifestAbove(path),
    hasTsNode: manifest?.includes('"ts-node"') === true || resolves(path, "ts-node/esm"),
    read,
  };
}

/** Links are followed to read; what is no file in the end, such as a pipe, is not opened. */
function readPlain(path: string): string | undefined {
  return statSync(path, { throwIfNoEntry: false })?.isFile() === true
    ? readFileSync(path, "utf8")
    : undefined;
}

function manifestAbove(path: string): Folder["above"] {
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
      if (!entry.name.startsWith(".") && !NOT_OURS.has(entry.name)) collect(root, path, sources, others);
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
    throw new Error(`${folder} cannot be read (${code}): give a folder with --out.`, { cause: error });
  }
}

const GUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;
const ADOPT = /adopt['"]?\s*:\s*['"`]$/;

/** What begins a line that says why a client is not in the program. */
export const LEFT_OUT = "// Left out: ";

/** Every client that the program speaks of, wherever its author has moved it, comments included. */
export function mentionsIn({ sources }: Folder): Map<string, Mention> {
  const mentions = new Map<string, Mention>();
  for (const [file, text] of sources) {
    const lines = text.split("\n").map((line) => (line.startsWith(LEFT_OUT) ? "" : line));
    const program = lines.join("\n");
    for (const { 0: guid, index } of program.matchAll(GUID)) {
      const adopted = ADOPT.test(program.slice(Math.max(0, index - 20), index));
      const id = guid.toLowerCase();
      if (adopted || !mentions.has(id)) mentions.set(id, { file, adopted });
    }
  }
  return mentions;
}

/** Clients of which a line says already why they are left out. */
export function notedIn({ sources }: Folder): Set<string> {
  const lines = [...sources.values()].flatMap((text) => text.split("\n"));
  const notes = lines.filter((line) => line.startsWith(LEFT_OUT));
  return new Set(notes.flatMap((line) => (line.match(GUID) ?? []).map((guid) => guid.toLowerCase())));
}

/** Names that new clients must not have: resources' names are the whole program's, constants a file's own. */
export function takenIn({ sources, ledger }: Folder): Taken {
  const texts = [...sources.values()].map(readProgramText);
  return {
    resources: new Set([...ledger.values(), ...texts.flatMap(({ strings }) => [...strings])]),
    variables: new Set(texts.flatMap(({ words }) => [...words])),
  };
}
