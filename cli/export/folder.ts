import { errorCode } from "./error-code";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { LEDGER, parseLedger, type Ledger } from "./ledger";
import { readProgramText } from "./program-text";
import type { Taken } from "./identifiers";

/** What an export finds in the folder that it is to write into. */
export interface Folder {
  /** Every file of the program, by its path in the folder; none where the folder does not exist. */
  readonly sources: ReadonlyMap<string, string>;
  /** Other files at its top. */
  readonly others: ReadonlySet<string>;
  readonly ledger: Ledger;
  /** The text of its package.json, if it has one. */
  readonly manifest: string | undefined;
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
  const sources = new Map<string, string>();
  const others = new Set<string>();
  collect(path, "", sources, others);
  const textOf = (name: string): string | undefined =>
    others.has(name) ? readFileSync(join(path, name), "utf8") : undefined;
  const ledger = textOf(LEDGER);
  return {
    sources,
    others,
    ledger: ledger === undefined ? new Map<string, string>() : parseLedger(ledger),
    manifest: textOf("package.json"),
  };
}

function collect(root: string, inside: string, sources: Map<string, string>, others: Set<string>): void {
  for (const entry of list(join(root, inside))) {
    const path = inside === "" ? entry.name : `${inside}/${entry.name}`;
    if (entry.isDirectory()) {
      if (!entry.name.startsWith(".") && !NOT_OURS.has(entry.name)) collect(root, path, sources, others);
    } else if (SOURCE.test(entry.name)) sources.set(path, readFileSync(join(root, path), "utf8"));
    else if (inside === "") others.add(path);
  }
}

function list(folder: string): { name: string; isDirectory: () => boolean }[] {
  try {
    return readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch (error) {
    const code = errorCode(error);
    if (code === "ENOENT") return [];
    const reason = code === "ENOTDIR" ? "it is a file" : code;
    throw new Error(`${folder} cannot be read (${reason}): give a folder with --out.`, { cause: error });
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
