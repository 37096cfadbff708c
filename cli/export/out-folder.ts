import { lstatSync, realpathSync, type Stats } from "node:fs";
import { dirname } from "node:path";
import { errorCode } from "../files";

/** Refuses what is no folder of the user's own, before anything in it is read: reading a pipe waits for ever. */
export function requireOwnFolder(path: string): void {
  const kind = kindOf(path);
  if (kind === "link")
    throw new Error(`${path} is a link, which export does not follow: give the folder itself with --out.`);
  if (isSystems(path) || isSystems(realPath(path)))
    throw new Error(`${path} belongs to the system: give a folder of your own with --out.`);
  if (kind !== "folder" && kind !== "nothing")
    throw new Error(`${path} cannot be read (it is a ${kind}): give a folder with --out.`);
}

/** Refuses to write to anything but a plain file: a link would lead the text elsewhere, and a pipe would swallow it. */
export function requirePlainFile(path: string): void {
  const kind = kindOf(path);
  if (kind !== "file" && kind !== "nothing")
    throw new Error(`${path} is a ${kind}, and export writes into plain files only: nothing was written.`);
}

type Kind = "nothing" | "file" | "folder" | "link" | "named pipe" | "socket" | "device";

function kindOf(path: string): Kind {
  let stats: Stats | undefined;
  try {
    stats = lstatSync(path, { throwIfNoEntry: false });
  } catch (error) {
    const code = errorCode(error);
    const reason = code === "ENOTDIR" ? "a part of its path is no folder" : code;
    throw new Error(`${path} cannot be read (${reason}): give a folder with --out.`, { cause: error });
  }
  if (stats === undefined) return "nothing";
  if (stats.isDirectory()) return "folder";
  if (stats.isSymbolicLink()) return "link";
  if (stats.isFile()) return "file";
  if (stats.isFIFO()) return "named pipe";
  return stats.isSocket() ? "socket" : "device";
}

/** Where a folder really is, or will be: by the nearest one above it that exists. */
function realPath(path: string): string {
  try {
    return realpathSync(path);
  } catch (error) {
    const above = dirname(path);
    if (above === path) throw error;
    return realPath(above);
  }
}

/* What the kernel makes up; /dev/shm is a folder in memory like any other. */
const isSystems = (path: string): boolean => /^\/(?:proc|sys|dev(?!\/shm\/))(?:\/|$)/.test(path);
