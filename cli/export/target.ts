import { basename } from "node:path";
import { type Folder, type Mentions, mentionsIn, readFolder } from "./folder";
import { plan, type Plan } from "./plan";
import { findProgram } from "./program";
import { PROJECT_FILES, projectName } from "./project-files";
import type { LeftOut } from "./report";
import type { Exported } from "./select";
import { namesInYaml, planYaml, readYamlProgram, YAML_FILES } from "./yaml-program";

export const LANGUAGES = ["typescript", "yaml"] as const;
type Language = (typeof LANGUAGES)[number];

/** A folder that clients are written into. */
export interface Target {
  readonly folder: Folder;
  readonly mentions: Mentions;
  /** The files of a new project that are kept where they are there. */
  readonly projectFiles: readonly string[];
  readonly plan: (exported: readonly Exported[], leftOut: readonly LeftOut[]) => Plan;
  /** The file of the program that names the resource. */
  readonly fileOf: (resource: string) => string | undefined;
}

/** What is wrong with the folder is said here, before any request is sent. */
export function readTarget(path: string, language: Language): Target {
  const name = projectName(basename(path));
  const read = readFolder(path);
  if (language === "yaml") {
    const folder = readYamlProgram(read);
    return targetOf(folder, YAML_FILES, namesInYaml, (...clients) => planYaml(folder, name, ...clients));
  }
  const program = findProgram(read);
  const names = (text: string, resource: string): boolean => text.includes(`"${resource}"`);
  return targetOf(read, PROJECT_FILES, names, (...clients) => plan(read, program, name, ...clients));
}

const targetOf = (
  folder: Folder,
  projectFiles: readonly string[],
  names: (text: string, resource: string) => boolean,
  planned: Target["plan"],
): Target => ({
  folder,
  mentions: mentionsIn(folder),
  projectFiles,
  plan: planned,
  fileOf: (resource) => [...folder.sources].find(([, text]) => names(text, resource))?.[0],
});
