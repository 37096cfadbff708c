import type { Program } from "./program";

/** What a file of clients begins with. */
export const CLIENTS_HEADERS: Readonly<Record<Program["syntax"], string>> = {
  import: 'import * as thinkgeo from "pulumi-thinkgeo";\n',
  require: 'const thinkgeo = require("pulumi-thinkgeo");\n',
};

const HEADED: Readonly<Record<Program["syntax"], RegExp>> = {
  import: /\bimport\s+\*\s+as\s+thinkgeo\s+from\s+["']pulumi-thinkgeo["']/,
  require: /\bconst\s+thinkgeo\s*=\s*require\(\s*["']pulumi-thinkgeo["']\s*\)/,
};

/** Whether clients may be added at the end of a file: it names the package as they do. */
export const isClientsFile = (text: string, syntax: Program["syntax"]): boolean => HEADED[syntax].test(text);

/** What the program's first file begins with. */
export const INDEX_HEADER = [
  '// Written by "thinkgeo export": each client is taken over by its GUID and stays as it is. Export again into this',
  "// folder to add clients that are new; what is written here already is never changed.",
  "",
].join("\n");
