import { INVISIBLE } from "./print";

/** What the YAML that export writes consists of. */
type Yaml = boolean | string | YamlMap | readonly (string | YamlMap)[];
interface YamlMap {
  readonly [key: string]: Yaml;
}

/** The lines of a map in block style, as prettier formats it. */
export const printYaml = (map: YamlMap, indent = ""): string[] =>
  Object.entries(map).flatMap(([key, value]) => printItem(`${indent}${printText(key)}:`, value, indent));

function printItem(head: string, value: Yaml, indent: string): string[] {
  if (isList(value))
    return value.length === 0
      ? [`${head} []`]
      : [head, ...value.flatMap((item) => printElement(item, `${indent}  `))];
  return typeof value === "object"
    ? [head, ...printYaml(value, `${indent}  `)]
    : [`${head} ${printScalar(value)}`];
}

function printElement(value: string | YamlMap, indent: string): string[] {
  if (typeof value === "string") return [`${indent}- ${printText(value)}`];
  const [first = "", ...rest] = printYaml(value, `${indent}  `);
  return [`${indent}- ${first.trimStart()}`, ...rest];
}

const isList = (value: Yaml): value is readonly (string | YamlMap)[] => Array.isArray(value);

const printScalar = (value: boolean | string): string =>
  typeof value === "boolean" ? String(value) : printText(value);

/** Words with single signs between them: no other value begins with a letter, but for the words below. */
const PLAIN = /^[A-Za-z_][\w-]*(?:[ ./:][\w-]+)*$/;
/** Words that YAML, in one version or another, does not read as text. */
export const NOT_TEXT = /^(?:true|false|yes|no|on|off|null|y|n)$/i;

/** A text that every reader takes for the same text: plain where that is certain, or else quoted as in JSON. */
function printText(text: string): string {
  if (PLAIN.test(text) && !NOT_TEXT.test(text)) return text;
  return JSON.stringify(text).replace(INVISIBLE, escapeOf);
}

function escapeOf(sign: string): string {
  const code = (sign.codePointAt(0) ?? 0).toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, "0")}` : `\\u${code.padStart(4, "0")}`;
}
