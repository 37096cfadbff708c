import * as babel from "prettier/plugins/babel";
import * as estree from "prettier/plugins/estree";
import * as typescript from "prettier/plugins/typescript";
import * as yaml from "prettier/plugins/yaml";
import { format } from "prettier/standalone";

const PARSERS = { ts: "typescript", json: "json", yaml: "yaml" } as const;

/** What prettier would make of a file, by its default settings. The entry that jest can load needs its parts named. */
export function asPrettier(text: string, file = "index.ts"): Promise<string> {
  const kind = file === "package.json" ? "json-stringify" : undefined;
  const ending = file.slice(file.lastIndexOf(".") + 1) as keyof typeof PARSERS;
  return format(text, { parser: kind ?? PARSERS[ending], plugins: [babel, estree, typescript, yaml] });
}
