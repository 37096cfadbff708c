import { posix } from "node:path";
import type { Folder } from "./folder";
import { packageOf } from "./package-settings";
import type { ProjectSettings } from "./project-settings";

/** The first file of a program, as its author writes it. */
export interface Entry {
  /** By its path in the folder. */
  readonly entry: string;
  /** Whether Pulumi is given what something else compiles of it. */
  readonly compiled: boolean;
}

/** The file with which Pulumi begins, found as Pulumi and its SDK find it; one to be made, where there is none yet. */
export function findEntry(folder: Folder, settings: ProjectSettings): Entry | undefined {
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

/** What package.json names; Pulumi looks further if that is not there. */
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

/** A file as its author writes it: itself, or the TypeScript of which it is compiled. */
function sourceOf({ sources, read }: Folder, path: string): Entry | undefined {
  const typescript = path.replace(/\.([cm]?)js$/, ".$1ts");
  const [, out = ""] = /"outDir"\s*:\s*"(?:\.\/)?([^"]+?)\/?"/.exec(read("tsconfig.json") ?? "") ?? [];
  const isOutput = out !== "" && path.startsWith(`${out}/`);
  const isThere = sources.has(path);
  if (isThere && !isOutput && (path === typescript || !sources.has(typescript)))
    return { entry: path, compiled: false };
  // "index.js" that is not there: Pulumi goes on to index.ts, as it is.
  if (!isThere && !isOutput && sources.has(typescript)) return { entry: typescript, compiled: false };
  const inside = isOutput ? typescript.slice(out.length + 1) : typescript.replace(/^[^/]+\//, "");
  const [entry] = [typescript, inside, `src/${inside}`, inside.replace(/^src\//, "")].filter(
    (each) => sources.has(each) && !(isOutput && each.startsWith(`${out}/`)),
  );
  return entry === undefined ? undefined : { entry, compiled: true };
}
