import { posix } from "node:path";
import * as z from "zod";
import type { Folder } from "./folder";

/** What the nearest package.json says of how a program is run. */
export interface PackageSettings {
  /** Its folder, seen from the exported one; "" is that itself. */
  readonly folder: string;
  readonly type: "module" | "commonjs" | undefined;
  /** The file to run, as it names it. */
  readonly main: string | undefined;
  /** All of it; undefined where there is none. */
  readonly text: string | undefined;
}

const text = z.string().optional().catch(undefined);
const way = z.looseObject({ default: text, require: text, import: text });
const manifest = z.looseObject({
  type: z.enum(["module", "commonjs"]).optional().catch(undefined),
  main: text,
  exports: z
    .union([z.string(), z.looseObject({ ".": z.union([z.string(), way]).optional() })])
    .optional()
    .catch(undefined),
});

/** The package.json that counts for the files of a folder: its own, or the nearest one above. */
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

/** What `exports` names for the package itself, as Pulumi reads it. */
function exported(exports: NonNullable<z.infer<typeof manifest>["exports"]>): string | undefined {
  const own = typeof exports === "string" ? exports : exports["."];
  return typeof own === "object" ? (own.default ?? own.require ?? own.import) : own;
}

function readJson(content: string): unknown {
  try {
    return JSON.parse(content) as unknown;
  } catch {
    return undefined;
  }
}
