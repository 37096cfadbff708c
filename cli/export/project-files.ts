import { VERSION } from "../../provider/version";
import type { ClientType } from "../../provider/model/wire";
import { INDEX } from "./program";

/** What the files that hold clients are called, by their type, without what their names end with. */
export const CLIENT_FILES: Readonly<Record<ClientType, string>> = {
  JavaScript: "javascript-clients",
  NativeConfidential: "native-confidential-clients",
};

/** Files that make a folder a project. */
export const PROJECT_FILES: readonly string[] = ["package.json", "tsconfig.json", "Pulumi.yaml"];

/** What such a file is to hold, as prettier would write it. */
export interface ProjectWishes {
  readonly name: string;
  /** Whether Pulumi must be told which file is the first. */
  readonly namesMain: boolean;
  /** Whether its files import each other as TypeScript files. */
  readonly namesTypeScript: boolean;
}

/** The files of a project, the one last that makes it one. */
export function projectFiles({
  name,
  namesMain,
  namesTypeScript,
}: ProjectWishes): Readonly<Record<string, string>> {
  return {
    "package.json": json({
      name,
      private: true,
      main: INDEX,
      dependencies: { "@pulumi/pulumi": "^3.216.0", "pulumi-thinkgeo": `^${VERSION}` },
      devDependencies: { "@types/node": "^24.0.0", typescript: "~6.0.3" },
    }),
    "tsconfig.json": json({
      compilerOptions: {
        strict: true,
        target: "ES2023",
        module: "nodenext",
        moduleResolution: "nodenext",
        ...(namesTypeScript ? { rewriteRelativeImportExtensions: true } : {}),
        types: ["node"],
        rootDir: ".",
        skipLibCheck: true,
        noEmit: true,
      },
      files: [INDEX],
    }).replace(/\[\s+("[^"]*")\s+\]/g, "[$1]"),
    "Pulumi.yaml": [
      `name: ${name}`,
      "description: The ThinkGeo client keys of an account",
      "runtime: nodejs",
      ...(namesMain ? [`main: ${INDEX}`] : []),
      "",
    ].join("\n"),
  };
}

const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

const LONGEST_PROJECT = 60;

/* What YAML would read as something else than text. */
const NOT_TEXT = /^(?:true|false|yes|no|on|off|null|y|n)$/;

/** A project's name from its folder's: letters, digits and hyphens, beginning with a letter. */
export function projectName(folder: string): string {
  const words = folder.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const first = words.findIndex((word) => !/^\d/.test(word));
  const plain = first === -1 ? "" : words.slice(first).join("-").slice(0, LONGEST_PROJECT);
  return plain === "" || NOT_TEXT.test(plain) ? "thinkgeo-clients" : plain;
}
