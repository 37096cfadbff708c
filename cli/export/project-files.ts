import { VERSION } from "../../provider/version";
import type { ClientType } from "../../provider/model/args";

/** The files of a program that holds clients, by their type. */
export const CLIENT_FILES: Readonly<Record<ClientType, string>> = {
  JavaScript: "javascript-clients.ts",
  NativeConfidential: "native-confidential-clients.ts",
};

export const INDEX = "index.ts";

/** The files that make a folder a Pulumi project, as prettier would write them. */
export function projectFiles(project: string): Readonly<Record<string, string>> {
  return {
    "Pulumi.yaml": [
      `name: ${project}`,
      "description: The ThinkGeo client keys of an account",
      "runtime: nodejs",
      "",
    ].join("\n"),
    "package.json": json({
      name: project,
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
        types: ["node"],
        rootDir: ".",
        skipLibCheck: true,
        noEmit: true,
      },
      files: [INDEX],
    }).replace(/\[\s+("[^"]*")\s+\]/g, "[$1]"),
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

/** What a file of clients begins with. */
export const CLIENTS_HEADER = 'import * as thinkgeo from "pulumi-thinkgeo";\n';

/** What the program's first file begins with. */
export const INDEX_HEADER = [
  '// Written by "thinkgeo export": each client is taken over by its GUID and stays as it is. Export again into this',
  "// folder to add clients that are new; what is written here already is never changed.",
  "",
].join("\n");
