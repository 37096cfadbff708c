import type { ClientType } from "../../provider/model/wire";
import { VERSION } from "../../provider/versions";
import { INDEX, type Program } from "./program";
import { NOT_TEXT } from "./yaml";

/** The names of files with clients, by the type of client, without extension. */
export const CLIENT_FILES: Readonly<Record<ClientType, string>> = {
  JavaScript: "javascript-clients",
  NativeConfidential: "native-confidential-clients",
};

/** The files of a new project beside the program. */
export const PROJECT_FILES: readonly string[] = ["package.json", "tsconfig.json", "Pulumi.yaml"];

/** Their texts, as prettier would format them. Pulumi.yaml is last: it makes a project of the folder. */
export function projectFiles({
  name,
  namesMain,
  namesTypeScript,
}: {
  readonly name: string;
  /** Whether Pulumi would not find the entry file by default. */
  readonly namesMain: boolean;
  readonly namesTypeScript: boolean;
}): Readonly<Record<string, string>> {
  return {
    "package.json": json({
      name,
      private: true,
      main: INDEX,
      dependencies: { "@pulumi/pulumi": "^3.216.0", [PACKAGE]: `^${VERSION}` },
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
      `description: ${DESCRIPTION}`,
      "runtime: nodejs",
      ...(namesMain ? [`main: ${INDEX}`] : []),
      "",
    ].join("\n"),
  };
}

/** This package. */
export const PACKAGE = "pulumi-thinkgeo";

/** The package is not in the npm registry: `npm install` takes the file that `npm pack` makes. */
export const PACKED = "./vendor/FILE";

/** The page that says how. */
export const PAGE = "docs/guides/import.md";

/** What a package.json that was there lacks, and how it is installed. */
export const packagesWanted = (names: readonly string[]): string => {
  const wanted = names.map((name) => (name === PACKAGE ? PACKED : name)).join(" ");
  const packed = names.includes(PACKAGE) ? `, where FILE is the packed package (${PAGE})` : "";
  return `package.json was there and does not name all that is needed: npm install ${wanted}${packed}`;
};

/** What every new project is about. */
export const DESCRIPTION = "The ThinkGeo client keys of an account";

export const json = (value: unknown): string => `${JSON.stringify(value, undefined, 2)}\n`;

const LONGEST_PROJECT = 60;

/** A name for a project from that of its folder: letters, digits and hyphens, with a letter first. */
export function projectName(folder: string): string {
  const words = folder.toLowerCase().match(/[a-z0-9]+/g) ?? [];
  const first = words.findIndex((word) => !/^\d/.test(word));
  const plain = first === -1 ? "" : words.slice(first).join("-").slice(0, LONGEST_PROJECT);
  return plain === "" || NOT_TEXT.test(plain) ? "thinkgeo-clients" : plain;
}

/** The first line of a file with clients. */
export const CLIENTS_HEADERS: Readonly<Record<Program["syntax"], string>> = {
  import: 'import * as thinkgeo from "pulumi-thinkgeo";\n',
  require: 'const thinkgeo = require("pulumi-thinkgeo");\n',
};

const HEADED: Readonly<Record<Program["syntax"], RegExp>> = {
  import: /\bimport\s+\*\s+as\s+thinkgeo\s+from\s+["']pulumi-thinkgeo["']/,
  require: /\bconst\s+thinkgeo\s*=\s*require\(\s*["']pulumi-thinkgeo["']\s*\)/,
};

/** Whether clients can be appended to a file: it imports the package under the same name. */
export const isClientsFile = (text: string, syntax: Program["syntax"]): boolean => HEADED[syntax].test(text);

/** The first lines of a new entry file. */
export const INDEX_HEADER = [
  '// Written by "thinkgeo export": each client is imported by its GUID and stays as it is. Export again into this',
  "// folder to add clients that are new; what is written here already is never changed.",
  "",
].join("\n");
